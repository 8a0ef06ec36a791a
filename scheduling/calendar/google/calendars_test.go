package google_test

import (
	"context"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"fixly/clock"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/calendartest"
	"fixly/scheduling/calendar/google"
	"fixly/scheduling/calendar/google/fakegoogle"
)

const owner = "mike@example.com"

// bench is a provider with a fake Google, every exchange between the two checked against the description of the API.
type bench struct {
	*fakegoogle.Google
	provider *google.Provider
	clock    *clock.Manual
	wire     *wire
	url      string

	mu    sync.Mutex
	saved []byte
}

func newBench(t *testing.T) *bench {
	t.Helper()
	c := clock.NewManual(time.Date(2027, 3, 1, 14, 0, 0, 0, time.UTC))
	b := &bench{Google: fakegoogle.New(fakegoogle.Options{Clock: c}), clock: c}
	b.AddAccount(owner, chicago(t))
	b.wire = &wire{t: t, api: describe(t), next: b.Google}
	s := httptest.NewServer(b.wire)
	t.Cleanup(func() { b.Close(); s.Close() })
	b.url = s.URL
	b.provider = google.New(google.Options{APIURL: s.URL, OAuthURL: s.URL, Clock: c})
	b.saved = []byte(`{"refresh_token":"` + b.Grant(owner) + `"}`)
	return b
}

func chicago(t testing.TB) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func (b *bench) save(_ context.Context, credentials []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.saved = credentials
	return nil
}

// secrets are what no error may tell: the tokens, and whose account it is.
func (b *bench) secrets() []string { return append(b.Tokens(), owner) }

// open opens the account by what was saved last.
func (b *bench) open(t testing.TB, p *google.Provider) *google.Calendars {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	c, err := p.Open(calendar.Account{ID: "cac_1", Credentials: b.saved}, b.save)
	if err != nil {
		t.Fatal(err)
	}
	return c.(*google.Calendars)
}

// hand adds to the hand in the fake Google that it opens the account again.
type hand struct {
	*fakegoogle.Hand
	b *bench
}

func (h hand) Reopen(t testing.TB) calendar.Calendars {
	return h.b.open(t, google.New(google.Options{APIURL: h.b.url, OAuthURL: h.b.url, Clock: h.b.clock}))
}

func TestCalendars(t *testing.T) {
	calendartest.Run(t, func(t *testing.T) calendartest.Bench {
		b := newBench(t)
		b.RotateRefreshTokens()
		return calendartest.Bench{
			Calendars: b.open(t, b.provider), Calendar: owner, Zone: chicago(t), Hand: hand{b.Hand(owner), b}, Secrets: b.secrets,
		}
	})
}
