package httpgateway

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

	"fixly/business"
	"fixly/messaging"
)

const (
	maxAnswer = 1 << 20
	// reportedAfter is how long a report about a text whose answer was lost may take, before it is looked at again.
	reportedAfter = time.Minute
)

// Carrier sends texts through one gateway. It is safe for concurrent use.
type Carrier struct {
	g    *business.Gateway
	http *http.Client
}

var _ messaging.Carrier = (*Carrier)(nil)

// NewClient makes an HTTP client for gateways, with sensible timeouts. It follows no redirection: a text, or its secret,
// goes to the address that the owner wrote.
func NewClient() *http.Client {
	return &http.Client{
		Timeout: 10 * time.Second,
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: 3 * time.Second}).DialContext,
			TLSHandshakeTimeout: 3 * time.Second,
			IdleConnTimeout:     90 * time.Second,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// NewCarrier gives the carrier of a gateway.
func NewCarrier(g *business.Gateway, hc *http.Client) *Carrier { return &Carrier{g, hc} }

// Send asks the gateway to send a text.
func (c *Carrier) Send(ctx context.Context, m messaging.Message) (carrierID string, err error) {
	req, err := c.request(ctx, m)
	if err != nil {
		return "", &messaging.SendError{Class: string(messaging.Other), Err: err, Tell: "The gateway's address or fields are not right; check them in the settings."}
	}
	resp, err := c.http.Do(req)
	if err != nil {
		var dial *net.OpError
		return "", unreachable(0, errors.As(err, &dial) && dial.Op == "dial", err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return "", unreachable(resp.StatusCode, false, err)
	}
	if refusal := c.refusal(resp, answer); refusal != nil {
		return "", refusal
	}
	if c.g.ID == "" {
		return carrierIDOf(m.BusinessID, c.g, m.ID), nil
	}
	var said any
	if err := json.Unmarshal(answer, &said); err != nil {
		return "", unreachable(resp.StatusCode, false, fmt.Errorf("the answer is not JSON: %w", err))
	}
	id := one(at(said, c.g.ID))
	if id == "" {
		return "", unreachable(resp.StatusCode, false, fmt.Errorf("the answer has no %s", c.g.ID))
	}
	return carrierIDOf(m.BusinessID, c.g, id), nil
}

// carrierIDOf makes of what a gateway calls a text a name that no other's has: many count from one.
func carrierIDOf(businessID string, g *business.Gateway, id string) string {
	return messaging.Clean(businessID + "/" + g.Name + "/" + id)
}

// Find says what can be said without asking: where repeats are ignored, the text may be sent again; else nobody knows.
func (c *Carrier) Find(ctx context.Context, _ messaging.Message, _ time.Time) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, unreachable(0, true, err)
	}
	if c.g.Repeats == business.RepeatsIgnored {
		return nil, nil
	}
	return nil, messaging.ErrCannotFind
}

// request is what asks for a text to be sent.
func (c *Carrier) request(ctx context.Context, m messaging.Message) (*http.Request, error) {
	fill := strings.NewReplacer("{to}", m.To, "{from}", m.From, "{body}", m.Body, "{id}", m.ID, "{secret}", c.g.Secret).Replace
	method, address, kind := http.MethodPost, c.g.URL, ""
	var body io.Reader
	switch {
	case c.g.Method == http.MethodGet:
		method = http.MethodGet
		u, err := url.Parse(c.g.URL)
		if err != nil {
			return nil, err
		}
		q := u.Query()
		for _, f := range c.g.Fields {
			q.Add(f.Name, fill(f.Value))
		}
		u.RawQuery = q.Encode()
		address = u.String()
	case c.g.Format == business.GatewayForm:
		v := url.Values{}
		for _, f := range c.g.Fields {
			v.Add(f.Name, fill(f.Value))
		}
		body, kind = strings.NewReader(v.Encode()), "application/x-www-form-urlencoded"
	default:
		tree := map[string]any{}
		for _, f := range c.g.Fields {
			if err := put(tree, f.Name, fill(f.Value)); err != nil {
				return nil, err
			}
		}
		b, err := json.Marshal(tree)
		if err != nil {
			return nil, err
		}
		body, kind = bytes.NewReader(b), "application/json"
	}
	req, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", "fixly")
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for _, h := range c.g.Headers {
		// Of the text, headers hold nothing: its words could break out of them.
		req.Header.Set(h.Name, strings.ReplaceAll(h.Value, "{secret}", c.g.Secret))
	}
	return req, nil
}

// refusal reads an answer that refuses a text, nil when it took it. The words that the owner listed come first: some
// gateways refuse with a status that says the opposite.
func (c *Carrier) refusal(resp *http.Response, answer []byte) error {
	e := &messaging.SendError{Code: strconv.Itoa(resp.StatusCode), Err: fmt.Errorf("the gateway %s answers %d: %.200q", c.g.Name, resp.StatusCode, answer)}
	if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s > 0 {
		e.RetryAfter = time.Duration(s) * time.Second
	}
	for _, r := range c.g.Refusals {
		if bytes.Contains(answer, []byte(r.Answer)) {
			e.Class, e.Retry, e.Tell = r.Means, r.Means == string(messaging.Throttled), messaging.Reason(r.Means).Explain()
			return e
		}
	}
	switch s := resp.StatusCode; {
	case s < 300:
		return nil
	case s >= 500:
		return unreachable(s, false, e.Err)
	case s == http.StatusTooManyRequests:
		e.Class, e.Retry = string(messaging.Throttled), true
	case s == http.StatusUnauthorized || s == http.StatusForbidden:
		// The owner puts that right, and then the texts should go.
		e.Class, e.Retry, e.Tell = string(messaging.Auth), true, "The gateway does not accept its secret; check it in the settings."
	default:
		e.Class, e.Tell = string(messaging.Invalid), "The gateway refused the number or the text."
	}
	return e
}

// unreachable is a request without a good answer; status is 0 without any.
func unreachable(status int, neverLeft bool, err error) *messaging.SendError {
	e := &messaging.SendError{Class: string(messaging.Unreachable), Retry: true, Unknown: !neverLeft, Tell: "The gateway could not be reached.", Err: err}
	if status != 0 {
		e.Code = strconv.Itoa(status)
	}
	if e.Unknown {
		e.RetryAfter = reportedAfter
	}
	return e
}
