package telnyxapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// maxRedirects is how often we are sent on for a file.
const maxRedirects = 3

// ErrNoAddress says that a file is at no address that Telnyx would give.
var ErrNoAddress = errors.New("telnyxapi: the file is at no address of Telnyx's")

// ErrFileTooLarge says that a file is larger than wanted.
var ErrFileTooLarge = errors.New("telnyxapi: the file is too large")

// Media fetches a file that came with a text, at most so many bytes of it. Its address came with a signed webhook, holds its
// own permission and ends; the API key goes to the API alone. The error is ErrNoAddress, ErrFileTooLarge or an *Error.
//
// https://developers.telnyx.com/docs/messaging/messages/send-receive-mms
func (a Account) Media(ctx context.Context, address string, most int64) ([]byte, error) {
	for range maxRedirects + 1 {
		u, err := url.Parse(address)
		atAPI := strings.HasPrefix(address, a.c.base+"/")
		if err != nil || u.Host == "" || u.Scheme != "https" && !atAPI {
			return nil, ErrNoAddress
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
		if err != nil {
			return nil, ErrNoAddress
		}
		req.Header.Set("User-Agent", "fixly")
		if atAPI {
			req.Header.Set("Authorization", "Bearer "+a.key)
		}
		resp, err := a.c.http.Do(req)
		if err != nil {
			return nil, &Error{Err: err}
		}
		next, err := resp.Location()
		if resp.StatusCode/100 == 3 && err == nil {
			_ = resp.Body.Close()
			address = next.String()
			continue
		}
		return read(resp, most)
	}
	return nil, &Error{Err: fmt.Errorf("sent on more than %d times", maxRedirects)}
}

func read(resp *http.Response, most int64) ([]byte, error) {
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	switch {
	case err != nil:
		return nil, &Error{Status: resp.StatusCode, Err: err}
	case resp.StatusCode != http.StatusOK:
		return nil, refusal(false, resp, body)
	case int64(len(body)) > most:
		return nil, ErrFileTooLarge
	}
	return body, nil
}
