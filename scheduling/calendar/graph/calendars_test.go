package graph_test

import (
	"context"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
	_ "time/tzdata" // the zones are looked up, wherever the test runs

	"fixly/clock"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/calendartest"
	"fixly/scheduling/calendar/graph"
	"fixly/scheduling/calendar/graph/fakegraph"
)

const owner = "mike@example.com"

// bench is a provider with a fake Graph, all that goes between the two held against Graph's metadata.
type bench struct {
	*fakegraph.Graph
	provider *graph.Provider
	clock    *clock.Manual
	wire     *wire
	url      string
	calendar string

	mu    sync.Mutex
	saved []byte
}

func newBench(t *testing.T) *bench {
	t.Helper()
	c := clock.NewManual(time.Date(2027, 3, 1, 14, 0, 0, 0, time.UTC))
	b := &bench{Graph: fakegraph.New(fakegraph.Options{Clock: c}), clock: c}
	b.calendar = b.AddAccount(owner, "Central Standard Time", chicago(t))
	b.wire = &wire{t: t, api: describe(t), next: b.Graph}
	s := httptest.NewServer(b.wire)
	t.Cleanup(func() { b.Close(); s.Close() })
	b.url = s.URL
	b.provider = graph.New(graph.Options{APIURL: s.URL, LoginURL: s.URL, Clock: c})
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

// open opens the account by what was saved last.
func (b *bench) open(t testing.TB, p *graph.Provider) *graph.Calendars {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	c, err := p.Open(calendar.Account{ID: "cac_1", Credentials: b.saved}, b.save)
	if err != nil {
		t.Fatal(err)
	}
	return c.(*graph.Calendars)
}

// hand adds to the hand in the fake Graph that it opens the account again.
type hand struct {
	*fakegraph.Hand
	b *bench
}

func (h hand) Reopen(t testing.TB) calendar.Calendars {
	return h.b.open(t, graph.New(graph.Options{APIURL: h.b.url, LoginURL: h.b.url, Clock: h.b.clock}))
}

func TestCalendars(t *testing.T) {
	calendartest.Run(t, func(t *testing.T) calendartest.Bench {
		b := newBench(t)
		return calendartest.Bench{
			Calendars: b.open(t, b.provider), Calendar: b.calendar, Zone: chicago(t), Hand: hand{b.Hand(b.calendar), b}, Secrets: b.Tokens,
		}
	})
}
