package twilioapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// maxRedirects is how often Twilio may send us on for a file: it keeps them elsewhere, at an address that is good for a while.
const maxRedirects = 3

// ErrNotTwilios says that the address of a file is none of Twilio's.
var ErrNotTwilios = errors.New("twilioapi: the file is not at Twilio's API")

// ErrFileTooLarge says that a file is larger than wanted.
var ErrFileTooLarge = errors.New("twilioapi: the file is too large")

// Media fetches a file that came with a text, at most so many bytes of it. Its address came with a webhook: the credentials go
// to the API alone, and no further than there.
// https://www.twilio.com/docs/messaging/api/media-resource
func (a Account) Media(ctx context.Context, address string, most int64) ([]byte, error) {
	if !strings.HasPrefix(address, a.c.base+"/") {
		return nil, ErrNotTwilios
	}
	for range maxRedirects + 1 {
		resp, err := a.get(ctx, address)
		if err != nil {
			return nil, &Error{Class: Unreachable, Err: err}
		}
		next, err := resp.Location()
		if resp.StatusCode/100 == 3 && err == nil {
			_ = resp.Body.Close()
			if next.Scheme != "https" && !strings.HasPrefix(next.String(), a.c.base+"/") {
				return nil, ErrNotTwilios
			}
			address = next.String()
			continue
		}
		return read(resp, most)
	}
	return nil, &Error{Class: Unreachable, Err: fmt.Errorf("sent on more than %d times", maxRedirects)}
}

func (a Account) get(ctx context.Context, address string) (*http.Response, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", "fixly")
	if strings.HasPrefix(u.String(), a.c.base+"/") {
		req.SetBasicAuth(a.sid, a.token)
	}
	return a.c.http.Do(req)
}

func read(resp *http.Response, most int64) ([]byte, error) {
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	switch {
	case err != nil:
		return nil, &Error{Class: Unreachable, Status: resp.StatusCode, Err: err}
	case resp.StatusCode != http.StatusOK:
		return nil, refusal(http.MethodGet, resp, body)
	case int64(len(body)) > most:
		return nil, ErrFileTooLarge
	}
	return body, nil
}
