// Package fakegraph is a Microsoft Graph for tests: sign-in and calendars, as Microsoft's documentation says that they
// behave, with failures that a test chooses and the owner's hand in it. The tests of package graph hold what it takes and
// gives against Graph's published metadata.
package fakegraph

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

// Options are what a Graph is made of.
type Options struct {
	// ClientID and ClientSecret are those of the app that it knows; empty ones are not looked at.
	ClientID, ClientSecret string
	Clock                  clock.Clock // the machine's when nil
}

// Graph is a whole Graph with its sign-in: any number of accounts, with their calendars. It is an http.Handler, and safe
// for concurrent use.
type Graph struct {
	o   Options
	mux *http.ServeMux

	mu            sync.Mutex
	accounts      []*account // in the order in which they were made
	signIn        signIn
	made          int   // ids given so far
	changes       int64 // the number of the last change, which etags and delta tokens count
	age           int   // of delta tokens: those of an earlier one have expired
	rounds        map[string]*round
	most          int // rows to a page at most; zero: as asked for
	subscriptions map[string]*subscription
	faults        faults

	stop    chan struct{} // closed by Close
	notices sync.WaitGroup
}

// account is somebody's mailbox.
type account struct {
	email string
	zone  string // as Windows calls it
	books []*book
}

// book is a calendar.
type book struct {
	id, name     string
	readOnly     bool
	items        map[string]*item
	transactions map[string]string // ids of events by transaction id; for good, whatever becomes of the event
	owner        *account
	place        *time.Location
}

// New makes a Graph without accounts.
func New(o Options) *Graph {
	if o.Clock == nil {
		o.Clock = clock.Real()
	}
	g := &Graph{
		o: o, mux: http.NewServeMux(), signIn: newSignIn(), rounds: map[string]*round{}, subscriptions: map[string]*subscription{},
		stop: make(chan struct{}),
	}
	g.faults.mended = make(chan struct{})
	g.mux.HandleFunc("GET /common/oauth2/v2.0/authorize", g.serveAuthorize)
	g.mux.HandleFunc("POST /common/oauth2/v2.0/token", g.serveToken)
	for pattern, h := range map[string]handler{
		"GET /v1.0/me":                                         g.me,
		"GET /v1.0/me/mailboxSettings/timeZone":                g.zone,
		"GET /v1.0/me/calendars":                               g.listCalendars,
		"GET /v1.0/me/calendars/{calendar}/calendarView":       g.view,
		"GET /v1.0/me/calendars/{calendar}/calendarView/delta": g.delta,
		"GET /v1.0/me/calendars/{calendar}/events":             g.listEvents,
		"POST /v1.0/me/calendars/{calendar}/events":            g.createEvent,
		"GET /v1.0/me/calendars/{calendar}/events/{event}":     g.getEvent,
		"PATCH /v1.0/me/calendars/{calendar}/events/{event}":   g.patchEvent,
		"DELETE /v1.0/me/calendars/{calendar}/events/{event}":  g.deleteEvent,
		"POST /v1.0/subscriptions":                             g.subscribe,
		"DELETE /v1.0/subscriptions/{subscription}":            g.unsubscribe,
		"POST /v1.0/subscriptions/{subscription}/reauthorize":  g.reauthorize,
	} {
		g.mux.HandleFunc(pattern, g.serve(h))
	}
	return g
}

// Start serves it at an address of this machine, which it gives, until the test ends.
func (g *Graph) Start(t testing.TB) string {
	s := httptest.NewServer(g)
	t.Cleanup(func() { g.Close(); s.Close() })
	return s.URL
}

// Close ends what hangs and all notices.
func (g *Graph) Close() {
	g.mu.Lock()
	select {
	case <-g.stop:
	default:
		close(g.stop)
	}
	g.mu.Unlock()
	g.notices.Wait()
}

// ServeHTTP answers a request.
func (g *Graph) ServeHTTP(w http.ResponseWriter, r *http.Request) { g.mux.ServeHTTP(w, r) }

// AddAccount makes an account with its main calendar, whose id it gives. The zone's name is Windows'.
func (g *Graph) AddAccount(email, zone string, place *time.Location) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	a := &account{email: email, zone: zone}
	g.accounts = append(g.accounts, a)
	return g.addBook(a, "Calendar", place).id
}

// AddCalendar gives an account one more calendar, and its id.
func (g *Graph) AddCalendar(email, name string, readOnly bool) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	a := g.account(email)
	b := g.addBook(a, name, a.books[0].place)
	b.readOnly = readOnly
	return b.id
}

func (g *Graph) addBook(a *account, name string, place *time.Location) *book {
	b := &book{id: g.newID("AAMkCal"), name: name, items: map[string]*item{}, transactions: map[string]string{}, owner: a, place: place}
	a.books = append(a.books, b)
	return b
}

// newID gives an id as Graph's look, with an equals sign at the end. The lock is held.
func (g *Graph) newID(prefix string) string {
	g.made++
	return fmt.Sprintf("%s%08dAAA=", prefix, g.made)
}

// account finds an account. The lock is held.
func (g *Graph) account(email string) *account {
	for _, a := range g.accounts {
		if a.email == email {
			return a
		}
	}
	return nil
}

// handler answers a request of an account, with the lock held: with a status and a body, or with a *refusal.
type handler func(r *http.Request, who *session) (int, any, *refusal)

// serve makes an HTTP handler of one of the API's.
func (g *Graph) serve(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		fate := g.fate(r)
		if fate.before(w, r) {
			return
		}
		g.mu.Lock()
		var status int
		var body any
		who, no := g.authorize(r)
		if no == nil {
			status, body, no = h(r, who)
		}
		g.mu.Unlock()
		if fate.lost {
			panic(http.ErrAbortHandler) // done, but nobody is told
		}
		switch {
		case no != nil:
			no.write(w)
		case body == nil:
			w.WriteHeader(status)
		default:
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			writeJSON(w, body)
		}
	}
}

// refusal is a no (https://learn.microsoft.com/en-us/graph/errors).
type refusal struct {
	status        int
	code, message string
	retryAfter    string
}

func refuse(status int, code, message string) *refusal {
	return &refusal{status: status, code: code, message: message}
}

func notFound() *refusal {
	return refuse(http.StatusNotFound, "ErrorItemNotFound", "The specified object was not found in the store.")
}

func invalid(what string) *refusal {
	return refuse(http.StatusBadRequest, "RequestBodyRead", "The request is not as Graph takes it: "+what)
}

func (no *refusal) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	if no.retryAfter != "" {
		w.Header().Set("Retry-After", no.retryAfter)
	}
	w.WriteHeader(no.status)
	writeJSON(w, map[string]any{"error": map[string]any{
		"code": no.code, "message": no.message, "innerError": map[string]any{"date": "2027-03-01T14:00:00", "request-id": "00000000-0000-0000-0000-000000000000"},
	}})
}

func writeJSON(w http.ResponseWriter, body any) {
	_ = json.NewEncoder(w).Encode(body) // who asked may have gone
}

// only refuses query parameters that a resource doesn't take.
func only(r *http.Request, names ...string) *refusal {
	for k := range r.URL.Query() {
		if !contains(names, k) {
			return refuse(http.StatusBadRequest, "ErrorInvalidUrlQuery", "The query parameter "+k+" is not supported here.")
		}
	}
	return nil
}

func contains(all []string, s string) bool {
	for _, x := range all {
		if x == s {
			return true
		}
	}
	return false
}

// prefers says whether a request has a preference.
func prefers(r *http.Request, what string) bool {
	return contains(r.Header.Values("Prefer"), what)
}

func (g *Graph) me(r *http.Request, who *session) (int, any, *refusal) {
	if no := only(r, "$select"); no != nil {
		return 0, nil, no
	}
	if no := who.needs("User.Read"); no != nil {
		return 0, nil, no
	}
	return http.StatusOK, map[string]any{"userPrincipalName": who.account.email, "mail": nil}, nil
}

func (g *Graph) zone(r *http.Request, who *session) (int, any, *refusal) {
	if no := only(r); no != nil {
		return 0, nil, no
	}
	if no := who.needs("MailboxSettings.Read"); no != nil {
		return 0, nil, no
	}
	return http.StatusOK, map[string]any{"value": who.account.zone}, nil
}

func (g *Graph) listCalendars(r *http.Request, who *session) (int, any, *refusal) {
	if no := only(r, "$top", "$skip"); no != nil {
		return 0, nil, no
	}
	if no := who.needs("Calendars.ReadWrite"); no != nil {
		return 0, nil, no
	}
	all := []any{}
	for i, b := range who.account.books {
		all = append(all, map[string]any{
			"id": b.id, "name": b.name, "canEdit": !b.readOnly, "isDefaultCalendar": i == 0, "changeKey": "1", "color": "auto",
			"owner": map[string]any{"name": "Mike", "address": who.account.email},
		})
	}
	first, rest := all, []any(nil)
	if g.most > 0 && r.URL.Query().Get("$skip") == "" && len(all) > g.most {
		first, rest = all[:g.most], all[g.most:]
	} else if r.URL.Query().Get("$skip") != "" {
		first = all[g.most:]
	}
	body := map[string]any{"value": first}
	if rest != nil {
		body["@odata.nextLink"] = here(r) + "/v1.0/me/calendars?$skip=" + fmt.Sprint(g.most)
	}
	return http.StatusOK, body, nil
}

// here is the address that a request came to.
func here(r *http.Request) string { return "http://" + r.Host }

// find gives the calendar of a request. The lock is held.
func (g *Graph) find(r *http.Request, who *session) (*book, *refusal) {
	if no := who.needs("Calendars.ReadWrite"); no != nil {
		return nil, no
	}
	if !prefers(r, `IdType="ImmutableId"`) {
		return nil, invalid("ids that change are not kept here")
	}
	id := r.PathValue("calendar")
	for _, b := range who.account.books {
		if b.id == id {
			return b, nil
		}
	}
	if !strings.HasSuffix(id, "=") {
		return nil, refuse(http.StatusBadRequest, "ErrorInvalidIdMalformed", "Id is malformed.")
	}
	return nil, notFound()
}
