package twilioapi

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// maxRecording bounds a recording in bytes: two hours of MP3 at Twilio's 32 kbit/s have less.
const maxRecording = 32 << 20

// Recording is the sound of a recording, as MP3. The caller closes it.
//
// https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media-file
func (a Account) Recording(ctx context.Context, sid string) (io.ReadCloser, error) {
	path := "/2010-04-01/Accounts/" + url.PathEscape(a.sid) + "/Recordings/" + url.PathEscape(sid) + ".mp3"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.c.base+path, nil)
	if err != nil {
		return nil, fmt.Errorf("twilioapi: GET %s: %w", path, err)
	}
	req.SetBasicAuth(a.sid, a.token)
	resp, err := a.c.http.Do(req)
	if err != nil {
		return nil, &Error{Class: Unreachable, Err: err}
	}
	if resp.StatusCode != http.StatusOK {
		defer func() { _ = resp.Body.Close() }()
		b, _ := io.ReadAll(io.LimitReader(resp.Body, maxAnswer)) // what it says besides is of no use
		return nil, refusal(http.MethodGet, resp, b)
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(resp.Body, maxRecording), resp.Body}, nil
}
