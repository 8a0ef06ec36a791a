package fakephone

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Request is one request that the server under test made to the REST API.
type Request struct {
	Method string
	Path   string
	Form   url.Values // of the body, or the query of a GET
	Status int        // as answered; 0 when the connection was dropped
}

// trouble is what happens to the next requests that would create something.
type trouble struct {
	left       int
	status     int // 0: the connection is dropped
	code       int
	retryAfter int  // seconds
	accepted   bool // the request takes effect before the answer is lost
	hangs      bool // the answer is held back until the client has gone
}

// api stands in for api.twilio.com.
type api struct {
	*httptest.Server
	p          *Phone
	validator  *validator
	ctx        context.Context
	cancel     context.CancelFunc
	delivering sync.WaitGroup // of status callbacks

	// guarded by p.mu
	requests   []Request
	texts      []*Text
	placed     []url.Values
	recordings []*CallRecording
	trouble    trouble
	delay      time.Duration
	refused    map[string]int    // texts to a number are refused with a code
	bounced    map[string]int    // texts to a number are accepted and come back undelivered with a code
	pictures   map[string][]byte // files of texts to the line, by path
	silent     bool              // status callbacks of texts don't come

	atOnce  int // requests answered at a time, 0: any number; the others meet 429
	busy    int
	tooMany int           // how many met it
	every   time.Duration // between two texts that leave the line; 0: none
	leaves  time.Time     // the last one
	// silentCalls: status callbacks of placed calls don't come
	silentCalls bool
}

func newAPI(p *Phone) *api {
	a := &api{p: p, validator: newValidator(p.t), refused: map[string]int{}, bounced: map[string]int{}}
	a.ctx, a.cancel = context.WithCancel(context.WithoutCancel(p.t.Context()))
	a.Server = httptest.NewServer(a)
	return a
}

func (a *api) close() {
	a.cancel()
	a.CloseClientConnections()
	a.Close()
	a.delivering.Wait()
}

// Fail makes the next n requests that create something fail with an HTTP status and one of Twilio's error codes;
// status 0 drops the connection.
func (p *Phone) Fail(n, status, code int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.api.trouble = trouble{left: n, status: status, code: code}
}

// Throttle makes the next n requests that create something meet 429 with a Retry-After of whole seconds.
func (p *Phone) Throttle(n, retryAfter int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.api.trouble = trouble{left: n, status: http.StatusTooManyRequests, code: 20429, retryAfter: retryAfter}
}

// Throttles has the carrier answer so many requests at a time, and have texts leave the line at so many a second. The
// requests that are too many meet 429 without a Retry-After, as with Twilio (error 20429); texts that are too many are
// accepted and wait in the line's queue (https://www.twilio.com/docs/errors/21611).
func (p *Phone) Throttles(atOnce int, perSecond float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.api.atOnce, p.api.every = atOnce, time.Duration(float64(time.Second)/perSecond)
}

// Throttled is how many requests were too many at a time.
func (p *Phone) Throttled() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.api.tooMany
}

// LoseAnswers makes the next n requests that create something succeed, and drops the connection before the answer.
func (p *Phone) LoseAnswers(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.api.trouble = trouble{left: n, accepted: true}
}

// HangAfterAccepting makes the next n requests that create something succeed, and never answers them.
func (p *Phone) HangAfterAccepting(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.api.trouble = trouble{left: n, accepted: true, hangs: true}
}

// WithholdReports keeps the status callbacks of texts from being delivered.
func (p *Phone) WithholdReports() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.api.silent = true
}

// Delay holds every answer back.
func (p *Phone) Delay(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.api.delay = d
}

// Refuse makes the API refuse texts to a number with an error code: 21614 a landline, 21610 said STOP.
func (p *Phone) Refuse(number string, code int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.api.refused[number] = code
}

// Bounce makes texts to a number come back undelivered with an error code.
func (p *Phone) Bounce(number string, code int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.api.bounced[number] = code
}

// Requests are those made to the REST API so far.
func (p *Phone) Requests() []Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Request(nil), p.api.requests...)
}

// WithholdCallReports keeps the status callbacks of placed calls from being delivered.
func (p *Phone) WithholdCallReports() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.api.silentCalls = true
}

// PlacedCalls are the parameters of the calls that the server placed.
func (p *Phone) PlacedCalls() []url.Values {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]url.Values(nil), p.api.placed...)
}

var (
	resource = regexp.MustCompile(`^/2010-04-01/Accounts/([^/]+?)(?:/(Messages|Calls)(?:/([^/]+?))?)?\.json$`)
	e164     = regexp.MustCompile(`^\+[1-9]\d{6,14}$`)
)

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if a.p.speaksTelnyx() && strings.HasPrefix(r.URL.Path, telnyxMedia) {
		a.serveTelnyxMedia(w, r)
		return
	}
	if a.p.speaksTelnyx() {
		a.serveTelnyx(w, r)
		return
	}
	if strings.Contains(r.URL.Path, "/Media/") {
		a.serveMedia(w, r)
		return
	}
	body := a.validator.check(r)
	form := body
	if r.Method == http.MethodGet {
		form = r.URL.Query()
	}
	a.p.mu.Lock()
	delay := a.delay
	a.busy++
	tooMany := a.atOnce > 0 && a.busy > a.atOnce
	if tooMany {
		a.tooMany++
		delay = 0
	}
	a.p.mu.Unlock()
	defer func() {
		a.p.mu.Lock()
		a.busy--
		a.p.mu.Unlock()
	}()
	if delay > 0 {
		t := time.NewTimer(delay)
		select {
		case <-t.C:
		case <-r.Context().Done():
			t.Stop()
		}
	}
	status, header, answer := refusal(http.StatusTooManyRequests, 20429, "Too Many Requests")
	if !tooMany {
		status, header, answer = a.answer(r, form)
	}
	a.p.mu.Lock()
	a.requests = append(a.requests, Request{r.Method, r.URL.Path, form, status})
	a.p.changed.Broadcast()
	a.p.mu.Unlock()
	if status == 0 {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", "application/json")
	for k, v := range header {
		w.Header()[k] = v
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer) // the client went away
}

type object = map[string]any

func refusal(status, code int, why string) (int, http.Header, object) {
	return status, nil, object{
		"code": code, "message": why, "status": status, "more_info": "https://www.twilio.com/docs/errors/" + strconv.Itoa(code),
	}
}

func (a *api) answer(r *http.Request, form url.Values) (int, http.Header, object) {
	user, pass, _ := r.BasicAuth()
	if user != a.p.o.AccountSID || pass != a.p.o.AuthToken {
		return refusal(http.StatusUnauthorized, 20003, "Authenticate")
	}
	if status, answer, ok := a.recording(r, form); ok {
		return status, nil, answer
	}
	m := resource.FindStringSubmatch(r.URL.Path)
	if m == nil || m[1] != a.p.o.AccountSID {
		return refusal(http.StatusNotFound, 20404, "The requested resource "+r.URL.Path+" was not found")
	}
	kind, id := m[2], m[3]
	switch {
	case kind == "":
		return http.StatusOK, nil, object{"sid": m[1], "status": "active"}
	case r.Method == http.MethodGet && kind == "Messages" && id == "":
		return http.StatusOK, nil, a.list(form)
	case r.Method == http.MethodGet && kind == "Messages":
		return a.fetch(id)
	case r.Method == http.MethodGet && id == "":
		return http.StatusOK, nil, a.listCalls(form)
	case r.Method == http.MethodGet:
		return http.StatusOK, nil, a.call(id)
	case r.Method != http.MethodPost:
		return refusal(http.StatusMethodNotAllowed, 20004, "Method not allowed")
	case id != "": // a call in progress is redirected or ended
		if s := form.Get("Status"); s == "completed" || s == "canceled" {
			a.end(id)
		}
		return http.StatusOK, nil, a.call(id)
	}
	t, troubled := a.strike()
	if troubled && !t.accepted {
		if t.status == 0 {
			return 0, nil, nil
		}
		status, _, answer := refusal(t.status, t.code, "trouble, as ordered")
		header := http.Header{}
		if t.retryAfter > 0 {
			header.Set("Retry-After", strconv.Itoa(t.retryAfter))
		}
		return status, header, answer
	}
	var (
		status int
		answer object
	)
	if kind == "Messages" {
		status, _, answer = a.send(form)
	} else {
		status, _, answer = a.place(form)
	}
	if troubled && status < 300 {
		if t.hangs {
			select {
			case <-r.Context().Done():
			case <-a.ctx.Done():
			}
		}
		return 0, nil, nil
	}
	return status, nil, answer
}

// strike takes one of the troubles ordered.
func (a *api) strike() (trouble, bool) {
	a.p.mu.Lock()
	defer a.p.mu.Unlock()
	if a.trouble.left == 0 {
		return trouble{}, false
	}
	a.trouble.left--
	return a.trouble, true
}

func (a *api) place(form url.Values) (int, http.Header, object) {
	if !e164.MatchString(form.Get("To")) {
		return refusal(http.StatusBadRequest, 21211, "The 'To' number is not a valid phone number.")
	}
	if form.Get("Url") == "" && form.Get("Twiml") == "" {
		return refusal(http.StatusBadRequest, 21205, "Url parameter is required.")
	}
	c := a.p.newPlaced(form)
	a.p.mu.Lock()
	a.placed = append(a.placed, form)
	a.p.changed.Broadcast()
	a.p.mu.Unlock()
	a.delivering.Go(c.ring)
	return http.StatusCreated, nil, object{
		"sid": c.SID, "status": "queued", "direction": "outbound-api", "to": form.Get("To"), "from": form.Get("From"),
		"date_created": c.created,
	}
}

// call is a call as the API shows it: one of those that ring the line or were placed, or one nobody knows, which is over.
func (a *api) call(id string) object {
	a.p.mu.Lock()
	defer a.p.mu.Unlock()
	for _, c := range a.p.calls {
		if c.SID == id {
			return c.show()
		}
	}
	return object{"sid": id, "status": "completed", "direction": "inbound"}
}

// show is a call as the API shows it. It is called with the lock.
func (c *Call) show() object {
	status, from, to, direction := "in-progress", c.From, c.p.o.Line, "inbound"
	if c.placed != nil {
		status, from, to, direction = c.status, c.placed.Get("From"), c.placed.Get("To"), "outbound-api"
	}
	switch {
	case c.over && c.placed == nil:
		status = "completed"
	case status == "answered": // an event; the status is another word
		status = "in-progress"
	}
	return object{"sid": c.SID, "status": status, "from": from, "to": to, "direction": direction, "date_created": c.created}
}

// listCalls shows the calls placed between two numbers, newest first, on one page.
func (a *api) listCalls(query url.Values) object {
	a.p.mu.Lock()
	defer a.p.mu.Unlock()
	found := []object{}
	for _, c := range slices.Backward(a.p.calls) {
		if c.placed != nil && c.placed.Get("To") == query.Get("To") && c.placed.Get("From") == query.Get("From") {
			found = append(found, c.show())
		}
	}
	return object{"calls": found, "page": 0, "page_size": len(found), "next_page_uri": nil}
}

// end hangs a call up from our side.
func (a *api) end(id string) {
	a.p.mu.Lock()
	defer a.p.mu.Unlock()
	a.p.ended[id] = true
	for _, c := range a.p.calls {
		if c.SID == id && c.placed != nil {
			c.hangUpOnce.Do(func() { close(c.hungUpByUs) })
		}
	}
}

func (a *api) now() string { return a.p.o.Clock.Now().UTC().Format(time.RFC1123Z) }
