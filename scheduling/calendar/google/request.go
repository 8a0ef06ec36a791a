package google

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"fixly/scheduling/calendar"
)

const (
	dialTimeout = 5 * time.Second
	// requestTimeout bounds a request of a caller who is in no hurry.
	requestTimeout = 30 * time.Second
	// maxAnswer bounds an answer: a page of 2,500 events, with notes of 8 kB each, is below it.
	maxAnswer = 32 << 20
)

// request is one request to the API.
type request struct {
	doing  string // for errors: "google: insert an event"
	method string
	path   string // below /calendar/v3, escaped
	query  url.Values
	etag   string // for If-Match; empty: none
	body   any    // nil: none
	out    any    // where the answer goes; nil: nowhere
}

// do sends a request, and once more with a new access token if the one at hand is refused. Nothing else is tried twice:
// who asks is durable and knows how to wait.
func (c *Calendars) do(ctx context.Context, r request) error {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	token, err := c.access.get(ctx, r.doing, "", c.save)
	if err != nil {
		return err
	}
	err = c.once(ctx, r, token)
	if calendar.KindOf(err) != calendar.Unauthorized {
		return err
	}
	if token, err = c.access.get(ctx, r.doing, token, c.save); err != nil {
		return err
	}
	return c.once(ctx, r, token)
}

func (c *Calendars) once(ctx context.Context, r request, token string) error {
	var body io.Reader
	if r.body != nil {
		b, err := json.Marshal(r.body)
		if err != nil {
			return &calendar.Error{Kind: calendar.Invalid, Doing: r.doing, Err: err}
		}
		body = bytes.NewReader(b)
	}
	address := c.p.api + r.path
	if len(r.query) > 0 {
		address += "?" + r.query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, r.method, address, body)
	if err != nil {
		return &calendar.Error{Kind: calendar.Invalid, Doing: r.doing, Err: err}
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "fixly")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.etag != "" {
		req.Header.Set("If-Match", r.etag)
	}
	resp, err := c.p.http.Do(req)
	if err != nil {
		return unreached(ctx, r.doing, err)
	}
	defer drop(resp)
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return c.p.refused(r.doing, resp)
	}
	if r.out == nil {
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return unreached(ctx, r.doing, err)
	}
	if len(b) > maxAnswer {
		return &calendar.Error{Kind: calendar.Invalid, Doing: r.doing, Err: fmt.Errorf("the answer is longer than %d MB", maxAnswer>>20)}
	}
	if err := json.Unmarshal(b, r.out); err != nil {
		return garbled(r.doing)
	}
	return nil
}

// garbled is the error of an answer that is none of Google's. What it says is left out: it may be anything.
func garbled(doing string) error {
	return &calendar.Error{Kind: calendar.Unavailable, Doing: doing, Err: errors.New("the answer is not Google's")}
}

// unreached is the error of a request without a whole answer.
func unreached(ctx context.Context, doing string, err error) error {
	// The error of an HTTP client tells the address, and with it the account's; what went wrong is behind that.
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if ctx.Err() != nil && !errors.Is(err, ctx.Err()) {
		err = ctx.Err()
	}
	return &calendar.Error{Kind: calendar.Unavailable, Doing: doing, Err: err}
}

// drop ends an answer. A little of what is left of it is read, so that the connection can be used again.
func drop(resp *http.Response) {
	_, _ = io.CopyN(io.Discard, resp.Body, 4<<10) // nothing depends on it
	_ = resp.Body.Close()
}
