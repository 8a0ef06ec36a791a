package twilioapi

import (
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

// DefaultURL is Twilio's REST API.
const DefaultURL = "https://api.twilio.com"

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

// NewClient makes a client for the API at base, Twilio's own when empty. A nil HTTP client means one with
// sensible timeouts.
func NewClient(base string, hc *http.Client) (*Client, error) {
	if base == "" {
		base = DefaultURL
	}
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("twilioapi: API URL %q is not an address like %s", base, DefaultURL)
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

// Unpaused is the client without pauses between its tries, for a stand-in for Twilio that time does not mend.
func (c *Client) Unpaused() *Client { return &Client{base: c.base, http: c.http} }

// Account is the API as one account sees it.
type Account struct {
	c          *Client
	sid, token string
}

// Account gives access under an account's credentials.
func (c *Client) Account(sid, token string) Account { return Account{c, sid, token} }

// Check asks Twilio whether it accepts the credentials.
func (a Account) Check(ctx context.Context) (status string, err error) {
	var out struct {
		Status string `json:"status"`
	}
	err = a.do(ctx, http.MethodGet, "/2010-04-01/Accounts/"+url.PathEscape(a.sid)+".json", nil, &out)
	return out.Status, err
}

func (a Account) path(resource string) string {
	return "/2010-04-01/Accounts/" + url.PathEscape(a.sid) + "/" + resource + ".json"
}

// do sends a request and decodes the answer into out. A GET is tried again after a failure on the way; a POST
// only when it never left, because Twilio has no idempotency keys for texts and calls.
func (a Account) do(ctx context.Context, method, path string, form url.Values, out any) error {
	for try := 1; ; try++ {
		err := a.once(ctx, method, path, form, out)
		if err == nil {
			return nil
		}
		var dial *net.OpError
		neverLeft := errors.As(err, &dial) && dial.Op == "dial"
		safe := neverLeft || method == http.MethodGet && IsClass(err, Unreachable)
		if !safe || try == tries {
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

func (a Account) once(ctx context.Context, method, path string, form url.Values, out any) error {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, a.c.base+path, body)
	if err != nil {
		return fmt.Errorf("twilioapi: %s %s: %w", method, path, err)
	}
	req.SetBasicAuth(a.sid, a.token)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "fixly")
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := a.c.http.Do(req)
	if err != nil {
		var dial *net.OpError
		neverLeft := errors.As(err, &dial) && dial.Op == "dial"
		return &Error{Class: Unreachable, MaybeAccepted: method != http.MethodGet && !neverLeft, Err: err}
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return &Error{Class: Unreachable, Status: resp.StatusCode, MaybeAccepted: method != http.MethodGet, Err: err}
	}
	if resp.StatusCode >= 300 {
		return refusal(method, resp, b)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(b, out); err != nil {
		return &Error{
			Class: Unreachable, Status: resp.StatusCode, MaybeAccepted: method != http.MethodGet,
			Err: fmt.Errorf("the answer is not Twilio's JSON: %w", err),
		}
	}
	return nil
}

func refusal(method string, resp *http.Response, body []byte) *Error {
	var t struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	}
	_ = json.Unmarshal(body, &t) // a proxy's error page has neither
	e := &Error{Status: resp.StatusCode, Code: t.Code, Message: t.Message, Class: classify(resp.StatusCode, t.Code)}
	e.MaybeAccepted = method != http.MethodGet && e.Class == Unreachable
	if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s > 0 {
		e.RetryAfter = time.Duration(s) * time.Second
	} else if at, err := http.ParseTime(resp.Header.Get("Retry-After")); err == nil {
		if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil && at.After(date) {
			e.RetryAfter = at.Sub(date)
		}
	}
	return e
}
