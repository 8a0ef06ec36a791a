// Package fakegoogle is a Google for tests: sign-in and Calendar, as Google's documentation says that they behave, with
// failures that a test chooses and the owner's hand in it. The tests of package google hold it against the official client
// and the description of the API.
package fakegoogle

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/clock"
)

// Options are what a Google is made of.
type Options struct {
	// ClientID and ClientSecret are those of the OAuth client that it knows; empty ones are not looked at.
	ClientID, ClientSecret string
	Clock                  clock.Clock // the machine's when nil
}

// Google is a whole Google: any number of accounts, with their calendars. It is an http.Handler that serves the API and the
// sign-in below one address, and is safe for concurrent use.
type Google struct {
	o   Options
	mux *http.ServeMux

	mu       sync.Mutex
	accounts []*account // in the order in which they were made
	shelf    map[string]*book
	signIn   signIn
	changes  int64 // the number of the last change, which etags and sync tokens count
	pages    map[string]*snapshot
	pageSize int
	channels map[string]*channel
	faults   faults
	made     int // ids given so far
	answered int // requests to the API that were

	stop    chan struct{} // closed by Close
	notices sync.WaitGroup
}

// account is somebody's.
type account struct {
	email string
	books []*listed
}

// listed is a calendar in somebody's list.
type listed struct {
	*book
	role string // "owner", "writer", "reader", "freeBusyReader"
}

// book is a calendar.
type book struct {
	id, summary string
	zone        *time.Location
	docs        map[string]*doc
	expired     int64 // sync tokens up to this change are no longer good
}

// New makes a Google without accounts.
func New(o Options) *Google {
	if o.Clock == nil {
		o.Clock = clock.Real()
	}
	g := &Google{
		o: o, shelf: map[string]*book{}, pages: map[string]*snapshot{}, channels: map[string]*channel{},
		signIn: newSignIn(), stop: make(chan struct{}),
		changes: 1, // so that no sync token is of before the first change
	}
	g.faults.mended = make(chan struct{})
	g.mux = http.NewServeMux()
	g.mux.HandleFunc("GET /o/oauth2/v2/auth", g.serveAuth)
	g.mux.HandleFunc("POST /token", g.serveToken)
	g.mux.HandleFunc("POST /revoke", g.serveRevoke)
	for pattern, h := range map[string]handler{
		"GET /calendar/v3/users/me/calendarList":                         g.listCalendars,
		"GET /calendar/v3/users/me/calendarList/{calendar}":              g.getCalendar,
		"GET /calendar/v3/calendars/{calendar}/events":                   g.listEvents,
		"POST /calendar/v3/calendars/{calendar}/events":                  g.insertEvent,
		"GET /calendar/v3/calendars/{calendar}/events/{event}":           g.getEvent,
		"PUT /calendar/v3/calendars/{calendar}/events/{event}":           g.updateEvent,
		"PATCH /calendar/v3/calendars/{calendar}/events/{event}":         g.patchEvent,
		"DELETE /calendar/v3/calendars/{calendar}/events/{event}":        g.deleteEvent,
		"GET /calendar/v3/calendars/{calendar}/events/{event}/instances": g.listInstances,
		"POST /calendar/v3/calendars/{calendar}/events/watch":            g.watchEvents,
		"POST /calendar/v3/channels/stop":                                g.stopChannel,
		"POST /calendar/v3/freeBusy":                                     g.queryBusy,
	} {
		g.mux.HandleFunc(pattern, g.serve(h))
	}
	return g
}

// Start serves it at an address of this machine, which it gives, until the test ends.
func (g *Google) Start(t testing.TB) string {
	s := httptest.NewServer(g)
	t.Cleanup(func() { g.Close(); s.Close() })
	return s.URL
}

// Close ends what hangs and all notices.
func (g *Google) Close() {
	g.mu.Lock()
	select {
	case <-g.stop:
	default:
		close(g.stop)
	}
	g.mu.Unlock()
	g.notices.Wait()
}

// Answered counts the requests to the API that were answered, refusals by what they asked included.
func (g *Google) Answered() (n int) {
	g.locked(func() { n = g.answered })
	return n
}

// ServeHTTP answers a request.
func (g *Google) ServeHTTP(w http.ResponseWriter, r *http.Request) { g.mux.ServeHTTP(w, r) }

// AddAccount makes an account with its primary calendar, whose id is the address.
func (g *Google) AddAccount(email string, zone *time.Location) {
	g.mu.Lock()
	defer g.mu.Unlock()
	a := &account{email: email}
	g.accounts = append(g.accounts, a)
	b := &book{id: email, summary: email, zone: zone, docs: map[string]*doc{}}
	g.shelf[email] = b
	a.books = append(a.books, &listed{b, "owner"})
}

// AddCalendar gives an account one more calendar, and its id.
func (g *Google) AddCalendar(email, summary string, zone *time.Location) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.made++
	b := &book{id: fmt.Sprintf("c%d@group.calendar.google.com", g.made), summary: summary, zone: zone, docs: map[string]*doc{}}
	g.shelf[b.id] = b
	a := g.account(email)
	a.books = append(a.books, &listed{b, "owner"})
	return b.id
}

// Share puts a calendar into the list of another account, with a role: "writer", "reader" or "freeBusyReader".
func (g *Google) Share(calendarID, email, role string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	a := g.account(email)
	a.books = append(a.books, &listed{g.shelf[calendarID], role})
}

// account finds an account. The lock is held.
func (g *Google) account(email string) *account {
	for _, a := range g.accounts {
		if a.email == email {
			return a
		}
	}
	return nil
}

// find gives a calendar of an account; "primary" is its first. The lock is held.
func (a *account) find(id string) (*listed, bool) {
	for i, b := range a.books {
		if b.id == id || id == "primary" && i == 0 {
			return b, true
		}
	}
	return nil, false
}

// handler answers a request of an account, with the lock held: with a body, or with a *refusal.
type handler func(r *http.Request, who *session) (any, *refusal)

// serve makes an HTTP handler of one of the API's.
func (g *Google) serve(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		fate := g.fate(r)
		if fate.before(w, r) {
			return
		}
		g.mu.Lock()
		g.answered++
		var body any
		who, no := g.authorize(r)
		if no == nil {
			body, no = h(r, who)
		}
		g.mu.Unlock()
		if fate.lost {
			panic(http.ErrAbortHandler) // done, but nobody is told
		}
		w.Header().Set("Content-Type", "application/json; charset=UTF-8")
		switch {
		case no != nil:
			no.write(w)
		case body == nil:
			w.WriteHeader(http.StatusNoContent)
		default:
			writeJSON(w, body)
		}
	}
}

// refusal is an answer that says no, as
// https://developers.google.com/workspace/calendar/api/guides/errors lists them.
type refusal struct {
	code           int
	domain, reason string
	message        string
	retryAfter     string
	authenticate   string
}

func refuse(code int, domain, reason, message string) *refusal {
	return &refusal{code: code, domain: domain, reason: reason, message: message}
}

func notFound() *refusal { return refuse(http.StatusNotFound, "global", "notFound", "Not Found") }

func invalid(message string) *refusal {
	return refuse(http.StatusBadRequest, "global", "invalid", message)
}

func (no *refusal) write(w http.ResponseWriter) {
	if no.retryAfter != "" {
		w.Header().Set("Retry-After", no.retryAfter)
	}
	if no.authenticate != "" {
		w.Header().Set("WWW-Authenticate", no.authenticate)
	}
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(no.code)
	writeJSON(w, map[string]any{"error": map[string]any{
		"code": no.code, "message": no.message,
		"errors": []any{map[string]any{"domain": no.domain, "reason": no.reason, "message": no.message}},
	}})
}

// writeJSON writes an answer. Who has gone is not told.
func writeJSON(w http.ResponseWriter, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		panic("fakegoogle: " + err.Error()) // every answer is made here
	}
	_, _ = w.Write(b)
}

// newID gives an id that was not given before, of letters that ids may have. The lock is held.
func (g *Google) newID() string {
	g.made++
	return strings.ToLower(fmt.Sprintf("fake%08d", g.made))
}
