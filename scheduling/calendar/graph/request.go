package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"fixly/scheduling/calendar"
)

const (
	dialTimeout = 5 * time.Second
	// requestTimeout bounds a request of a caller who is in no hurry.
	requestTimeout = 30 * time.Second
	// maxAnswer bounds an answer: a page of events with long notes is below it.
	maxAnswer = 32 << 20
	// mostAtOnce is how many requests Graph takes of one app to one mailbox at the same time
	// (https://learn.microsoft.com/en-us/graph/throttling-limits#outlook-service-limits).
	mostAtOnce = 4
	// version is where the API's paths begin.
	version = "/v1.0"
)

// request is one request to the API.
type request struct {
	doing  string // for errors: "microsoft: insert an event"
	method string
	path   string // below /v1.0, escaped
	query  url.Values
	link   string // in place of path and query: what local gave
	page   int    // how many rows to a page; zero: as Graph likes
	etag   string // for If-Match; empty: none
	body   any    // nil: none
	out    any    // where the answer goes; nil: nowhere
}

// do sends a request, and once more with a new access token if the one at hand is refused. Nothing else is tried twice:
// who asks is durable and knows how to wait.
func (c *Calendars) do(ctx context.Context, r request) error {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	token, err := c.access.get(ctx, r.doing, "")
	if err != nil {
		return err
	}
	err = c.once(ctx, r, token)
	if calendar.KindOf(err) != calendar.Unauthorized {
		return err
	}
	if token, err = c.access.get(ctx, r.doing, token); err != nil {
		return err
	}
	return c.once(ctx, r, token)
}

func (c *Calendars) once(ctx context.Context, r request, token string) error {
	select {
	case c.turns <- struct{}{}:
		defer func() { <-c.turns }()
	case <-ctx.Done():
		return unreached(ctx, r.doing, ctx.Err())
	}
	req, err := c.p.build(ctx, r, token)
	if err != nil {
		return &calendar.Error{Kind: calendar.Invalid, Doing: r.doing, Err: err}
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

func (p *Provider) build(ctx context.Context, r request, token string) (*http.Request, error) {
	var body io.Reader
	if r.body != nil {
		b, err := json.Marshal(r.body)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(b)
	}
	address := p.api + version + r.path
	if len(r.query) > 0 {
		address += "?" + r.query.Encode()
	}
	if r.link != "" {
		address = p.api + r.link
	}
	req, err := http.NewRequestWithContext(ctx, r.method, address, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "fixly")
	// Times in UTC, texts as texts, and ids that stay what they are when an event is moved between folders.
	req.Header.Add("Prefer", `outlook.timezone="UTC"`)
	req.Header.Add("Prefer", `outlook.body-content-type="text"`)
	req.Header.Add("Prefer", `IdType="ImmutableId"`)
	if r.page > 0 {
		req.Header.Add("Prefer", "odata.maxpagesize="+strconv.Itoa(r.page))
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.etag != "" {
		req.Header.Set("If-Match", r.etag)
	}
	return req, nil
}

// local makes of an address that Graph gave what is below our own address of Graph; empty where it leads elsewhere. So
// no cursor, whoever wrote it, takes a token to another host.
func (p *Provider) local(link string) string {
	u, err := url.Parse(link)
	base, baseErr := url.Parse(p.api)
	if err != nil || baseErr != nil || u.Scheme != base.Scheme || u.Host != base.Host || u.User != nil {
		return ""
	}
	uri := u.RequestURI()
	if len(uri) < len(base.EscapedPath()) {
		return ""
	}
	return within(uri[len(base.EscapedPath()):])
}

// within gives a path with a query, if it is one of the API's.
func within(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.IsAbs() || u.Host != "" || len(u.Path) <= len(version) || u.Path[:len(version)+1] != version+"/" {
		return ""
	}
	return uri
}

// garbled is the error of an answer that is none of Graph's. What it says is left out: it may be anything.
func garbled(doing string) error {
	return &calendar.Error{Kind: calendar.Unavailable, Doing: doing, Err: errors.New("the answer is not Graph's")}
}

// unreached is the error of a request without a whole answer.
func unreached(ctx context.Context, doing string, err error) error {
	// The error of an HTTP client tells the address, and with it ids; what went wrong is behind that.
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
