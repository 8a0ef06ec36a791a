package telnyxapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// DefaultURL is Telnyx's REST API.
const DefaultURL = "https://api.telnyx.com"

const (
	requestTimeout = 10 * time.Second
	dialTimeout    = 3 * time.Second
	maxAnswer      = 1 << 20
	tries          = 3
)

// Client speaks with the REST API, for any number of accounts. It is safe for concurrent use.
type Client struct {
	base string
	http *http.Client
	// pause before the second and later tries of a request that is safe to repeat
	pause time.Duration
}

// NewClient makes a client for the API at base, Telnyx's own when empty. A nil HTTP client means one with sensible
// timeouts.
func NewClient(base string, hc *http.Client) (*Client, error) {
	if base == "" {
		base = DefaultURL
	}
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("telnyxapi: API URL %q is not an address like %s", base, DefaultURL)
	}
	if hc == nil {
		hc = &http.Client{
			Timeout: requestTimeout,
			Transport: &http.Transport{
				Proxy:               http.ProxyFromEnvironment,
				DialContext:         (&net.Dialer{Timeout: dialTimeout}).DialContext,
				TLSHandshakeTimeout: dialTimeout,
				MaxIdleConnsPerHost: 32,
				IdleConnTimeout:     90 * time.Second,
				ForceAttemptHTTP2:   true,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	}
	return &Client{base: strings.TrimRight(base, "/"), http: hc, pause: 200 * time.Millisecond}, nil
}

// Account is the API as one account sees it.
type Account struct {
	c   *Client
	key string
}

// Account gives access with an API key.
func (c *Client) Account(key string) Account { return Account{c, key} }

// do sends a request, with body as its JSON unless that is nil, and decodes the answer into out. A GET is tried again after
// a failure on the way; a POST only when it never left: neither texts nor calls have idempotency keys.
func (a Account) do(ctx context.Context, method, path string, body, out any) error {
	for try := 1; ; try++ {
		err := a.once(ctx, method, path, body, out)
		var e *Error
		if !errors.As(err, &e) || !e.Unreachable() {
			return err
		}
		if safe := method == http.MethodGet || neverLeft(err); !safe || try == tries {
			return err
		}
		t := time.NewTimer(a.c.pause * time.Duration(try))
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return err
		}
	}
}

// neverLeft says of an error that no connection was made.
func neverLeft(err error) bool {
	var dial *net.OpError
	return errors.As(err, &dial) && dial.Op == "dial"
}

func (a Account) once(ctx context.Context, method, path string, body, out any) error {
	var r io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("telnyxapi: %s %s: %w", method, path, err)
		}
		r = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, a.c.base+path, r)
	if err != nil {
		return fmt.Errorf("telnyxapi: %s %s: %w", method, path, err)
	}
	req.Header.Set("Authorization", "Bearer "+a.key)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "fixly")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	changes := method != http.MethodGet
	resp, err := a.c.http.Do(req)
	if err != nil {
		return &Error{MaybeAccepted: changes && !neverLeft(err), Err: err}
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return &Error{Status: resp.StatusCode, MaybeAccepted: changes, Err: err}
	}
	if resp.StatusCode >= 300 {
		return refusal(changes, resp, b)
	}
	if err := json.Unmarshal(b, out); err != nil {
		return &Error{Status: resp.StatusCode, MaybeAccepted: changes, Err: fmt.Errorf("the answer is not Telnyx's JSON: %w", err)}
	}
	return nil
}

// refusal reads an answer that refuses.
// https://developers.telnyx.com/development/api-fundamentals/api-errors
func refusal(changes bool, resp *http.Response, body []byte) *Error {
	var t struct {
		Errors []Problem `json:"errors"`
	}
	_ = json.Unmarshal(body, &t) // a proxy's error page has none
	e := &Error{Status: resp.StatusCode}
	if len(t.Errors) > 0 {
		e.Code, e.Title, e.Detail = t.Errors[0].Code, t.Errors[0].Title, t.Errors[0].Detail
	}
	e.MaybeAccepted = changes && e.Unreachable()
	if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s > 0 {
		e.RetryAfter = time.Duration(s) * time.Second
	}
	return e
}

// Problem is one error as Telnyx writes it, in answers and in webhooks.
type Problem struct {
	Code   string `json:"code"`
	Title  string `json:"title"`
	Detail string `json:"detail"`
}
