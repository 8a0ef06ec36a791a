package month

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// carrier is Twilio's REST API as the month needs it: it takes texts, sends them at the rate of the line they leave by, and
// reports what became of them; it places calls; and it is away at times.
type carrier struct {
	m     *month
	away  []span // when it does not answer
	free  map[string]time.Time
	texts []*text
	calls []*placed
}

// span is a stretch of time.
type span struct{ from, to time.Time }

// text is one that the carrier took.
type text struct {
	sid, from, to, body string
	callback            string
	at                  time.Time // taken
	sent                time.Time // left for the phone
}

// What a request meets while the carrier is away: it is turned away, or there is no answer to it.
var (
	errRefused  = &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("month: connection refused")}
	errNoAnswer = errors.New("month: the carrier does not answer")
)

// RoundTrip takes a request to the API. While the API is away some are carried out, and only the answer is lost.
func (c *carrier) RoundTrip(r *http.Request) (*http.Response, error) {
	now := c.m.clock.Now()
	if !slices.ContainsFunc(c.away, func(s span) bool { return !now.Before(s.from) && now.Before(s.to) }) {
		return c.carryOut(r)
	}
	switch {
	case c.m.r.IntN(2) == 0:
		return nil, errRefused
	case r.Method == http.MethodPost && c.m.chance(answersLost):
		answer, err := c.carryOut(r)
		if err != nil {
			return nil, err
		}
		_ = answer.Body.Close() // it is in memory
	}
	return nil, errNoAnswer
}

func (c *carrier) carryOut(r *http.Request) (*http.Response, error) {
	body := ""
	if r.Body != nil {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		body = string(b)
	}
	form, err := url.ParseQuery(body)
	if err != nil {
		return nil, err
	}
	resource := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	switch posts := r.Method == http.MethodPost; {
	case resource == "Messages.json" && posts:
		return c.take(r, form)
	case resource == "Messages.json":
		return c.list(r)
	case resource == "Calls.json" && posts:
		return c.place(r, form)
	case resource == "Calls.json":
		return c.listCalls(r)
	case strings.HasPrefix(resource, "CA"):
		return c.about(r, strings.TrimSuffix(resource, ".json"), form)
	}
	return reply(r, http.StatusNotFound, map[string]any{"code": 20404, "message": "not found", "status": http.StatusNotFound})
}

// take takes a text: it waits until those before it have left by the same line.
func (c *carrier) take(r *http.Request, form url.Values) (*http.Response, error) {
	now := c.m.clock.Now()
	t := &text{
		sid: fmt.Sprintf("SMf%031x", len(c.texts)+1), from: form.Get("From"), to: form.Get("To"), body: form.Get("Body"),
		callback: form.Get("StatusCallback"), at: now,
	}
	t.sent = now
	if free := c.free[t.from]; free.After(now) {
		t.sent = free
	}
	c.free[t.from] = t.sent.Add(time.Duration(float64(time.Second) / c.m.assumed(textsPerSecond)))
	c.texts = append(c.texts, t)
	c.m.at(t.sent.Add(time.Second), func() error { return c.deliver(t) })
	return reply(r, http.StatusCreated, c.shown(t))
}

// deliver hands a text to the phone and reports so.
func (c *carrier) deliver(t *text) error {
	if t.callback != "" {
		_, err := c.m.webhook(t.callback, url.Values{
			"AccountSid": {c.m.line.AccountSID}, "MessageSid": {t.sid}, "SmsSid": {t.sid}, "From": {t.from}, "To": {t.to}, "MessageStatus": {"delivered"},
		})
		if err != nil {
			return err
		}
	}
	return c.m.received(t)
}

func (c *carrier) list(r *http.Request) (*http.Response, error) {
	q := r.URL.Query()
	var found []map[string]any
	for _, t := range slices.Backward(c.texts) {
		if t.from == q.Get("From") && t.to == q.Get("To") {
			found = append(found, c.shown(t))
		}
	}
	return reply(r, http.StatusOK, map[string]any{"messages": found, "next_page_uri": ""})
}

func (c *carrier) shown(t *text) map[string]any {
	return map[string]any{
		"sid": t.sid, "from": t.from, "to": t.to, "body": t.body, "status": "queued", "direction": "outbound-api", "error_code": nil,
		"date_created": c.m.stamp(t.at), "date_sent": nil,
	}
}

func reply(r *http.Request, status int, body any) (*http.Response, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: status, Status: http.StatusText(status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(string(b))), ContentLength: int64(len(b)),
	}, nil
}
