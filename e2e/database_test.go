package e2e

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/store/storetest"
	"fixly/telephony/fakephone"
)

// trouble is a database that can be taken away.
type trouble struct {
	name    string
	address string
	begins  func(s *shop) (ends func())
}

// troubles are the ways in which databases go away.
func troubles(t *testing.T) []trouble {
	refused, hanging := newGate(t), newGate(t)
	return []trouble{
		{"sqlite, locked by another process", storetest.SQLite(t), (*shop).lock},
		{"postgres, gone", refused.address, func(*shop) func() { refused.shut(); return refused.open }},
		{"postgres, hanging", hanging.address, func(*shop) func() { hanging.hang(); return hanging.open }},
	}
}

// lock holds the SQLite file as another process would.
func (s *shop) lock() (unlock func()) {
	s.t.Helper()
	ctx := context.WithoutCancel(s.t.Context())
	conn, err := s.connect().Conn(ctx)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := conn.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		s.t.Fatal(err)
	}
	return sync.OnceFunc(func() {
		if _, err := conn.ExecContext(ctx, "ROLLBACK"); err != nil {
			s.t.Error(err)
		}
		_ = conn.Close()
	})
}

// A caller who rings while the database is away hears an apology and is put through to the owner, within five
// seconds. So does one who is talking with the receptionist. Then the database is back, and everything works.
func TestTheDatabaseGoesAway(t *testing.T) {
	t.Parallel()
	for _, away := range troubles(t) {
		t.Run(away.name, func(t *testing.T) {
			t.Parallel()
			s := open(t, away.address, onABadDay)
			s.Person(owner, fakephone.Answers)
			talking := s.Call(owen)
			s.talksAboutTheLeak(talking)
			if status := s.ready(); status != http.StatusOK {
				t.Errorf("/readyz says %d", status)
			}

			ends := away.begins(s)
			t.Cleanup(ends)
			began := time.Now()
			status, doc, err := s.Webhook("/twilio/voice", s.Form(karen, "ringing"))
			if took := time.Since(began); err != nil || status != http.StatusOK || took > 5*time.Second {
				t.Errorf("a call is answered %d after %s: %v", status, took, err)
			}
			if !strings.Contains(doc, "<Say") || !strings.Contains(doc, "<Dial") || !strings.Contains(doc, owner) {
				t.Errorf("a call is answered with %s", doc)
			}
			talking.Says("yes that's right")
			talking.Dials(owner)
			s.await("/readyz says 503", patience, func() bool { return s.ready() == http.StatusServiceUnavailable })
			if status := s.get("/healthz"); status != http.StatusOK {
				t.Errorf("/healthz says %d", status)
			}

			ends()
			s.await("/readyz says 200", patience, func() bool { return s.ready() == http.StatusOK })
			call := s.Call(caller(7))
			s.talksAboutTheLeak(call)
			says(call, "yes that's right", "booked")
			call.HangsUp()
			s.Texted(caller(7), "You're booked")
			if jobs := s.jobs(); len(jobs) != 1 {
				t.Errorf("%d jobs", len(jobs))
			}
		})
	}
}

// ready is what /readyz says.
func (s *shop) ready() int { s.t.Helper(); return s.get("/readyz") }

func (s *shop) get(path string) (status int) {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}
