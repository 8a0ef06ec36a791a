package calendartest

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/scheduling/calendar"
)

// wantKind checks that an error is a calendar's, of a kind, and gives its RetryAfter.
func wantKind(t testing.TB, what string, err error, kind calendar.Kind) time.Duration {
	t.Helper()
	var e *calendar.Error
	if !errors.As(err, &e) {
		t.Fatalf("%s: %v (%T), want an *calendar.Error of kind %s", what, err, err, kind)
	}
	if e.Kind != kind {
		t.Fatalf("%s: %v, want kind %s", what, err, kind)
	}
	if e.Doing == "" || e.Err == nil {
		t.Errorf("%s: the error doesn't say what was being done and why it failed: %+v", what, e)
	}
	return e.RetryAfter
}

// wantDiscreet checks that an error tells no secret and nothing of people's appointments.
func wantDiscreet(t *testing.T, b Bench, err error, e calendar.Event) {
	t.Helper()
	private := []string{e.Title, e.Place, e.Notes}
	if b.Secrets != nil {
		private = append(private, b.Secrets()...)
	}
	for _, p := range private {
		if p != "" && strings.Contains(err.Error(), p) {
			t.Errorf("the error tells %q: %v", p, err)
		}
	}
}

func refuses(t *testing.T, b Bench) {
	hand := can[Breaker](t, b, "fail")
	e := insert(t, b, visit(b))
	for _, f := range []struct {
		fault Fault
		kind  calendar.Kind
		after time.Duration
	}{
		{Down, calendar.Unavailable, 0},
		{Throttled, calendar.Limited, RetryAfter},
		{Garbled, calendar.Unavailable, 0},
	} {
		for what, ask := range each(b, b.Calendars, e) {
			if f.fault == Garbled && what == "Delete" {
				continue // it has no answer to be read but that it succeeded
			}
			hand.Break(f.fault)
			err := ask(t.Context())
			hand.Mend()
			if after := wantKind(t, what+" while "+string(f.fault), err, f.kind); after != f.after {
				t.Errorf("%s while %s: again after %v, want %v", what, f.fault, after, f.after)
			}
			wantDiscreet(t, b, err, e)
		}
	}
	if one := wantOne(t, b, e.Job); !equal(one, e) {
		t.Errorf("refused requests made %+v of %+v", one, e)
	}
	for _, what := range []string{"List", "Changes", "Event", "Insert", "Update"} {
		if err := each(b, b.Calendars, e)[what](t.Context()); err != nil {
			t.Errorf("%s after the failures: %v", what, err)
		}
	}
}

func givesUp(t *testing.T, b Bench) {
	e := insert(t, b, visit(b))
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for what, ask := range each(b, b.Calendars, e) {
		err := ask(over)
		wantKind(t, what+" when told to stop before", err, calendar.Unavailable)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want context.Canceled in it", what, err)
		}
	}
	hand := can[Breaker](t, b, "fail")
	for what, ask := range each(b, b.Calendars, e) {
		hand.Break(Hung)
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		err := ask(ctx)
		cancel()
		took := time.Since(began)
		hand.Mend()
		wantKind(t, what+" of a server that hangs", err, calendar.Unavailable)
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v, want context.DeadlineExceeded in it", what, err)
		}
		if took > 2*time.Second {
			t.Errorf("%s took %v with a deadline of 30 ms", what, took)
		}
		wantDiscreet(t, b, err, e)
	}
	if one := wantOne(t, b, e.Job); !equal(one, e) {
		t.Errorf("requests that were given up made %+v of %+v", one, e)
	}
}

func tellsRevoked(t *testing.T, b Bench) {
	hand := can[Gate](t, b, "take access away")
	e := insert(t, b, visit(b))
	hand.Revoke()
	for what, ask := range each(b, b.Calendars, e) {
		err := ask(t.Context())
		wantKind(t, what+" after access was revoked", err, calendar.Unauthorized)
		wantDiscreet(t, b, err, e)
	}
}

func renewsAccess(t *testing.T, b Bench) {
	hand := can[Renewer](t, b, "let access expire")
	e := insert(t, b, visit(b))
	for range 2 {
		hand.ExpireAccess()
		if _, err := b.Calendars.List(t.Context()); err != nil {
			t.Fatalf("List after access expired: %v", err)
		}
	}
	reopened := hand.Reopen(t)
	if got, err := reopened.Event(t.Context(), b.Calendar, e.ID); err != nil || !equal(got, e) {
		t.Errorf("from the credentials saved: %+v, %v", got, err)
	}
	hand.ExpireAccess()
	if _, err := reopened.List(t.Context()); err != nil {
		t.Errorf("List, reopened, after access expired: %v", err)
	}
}

func findsNoCalendar(t *testing.T, b Bench) {
	e := insert(t, b, visit(b))
	const none = "no-such-calendar"
	_, err := b.Calendars.Changes(t.Context(), none, "", spring(b))
	wantKind(t, "Changes", err, calendar.NotFound)
	_, err = b.Calendars.Event(t.Context(), none, e.ID)
	wantKind(t, "Event", err, calendar.NotFound)
	_, _, err = b.Calendars.Insert(t.Context(), none, e)
	wantKind(t, "Insert", err, calendar.NotFound)
	_, err = b.Calendars.Update(t.Context(), none, e)
	wantKind(t, "Update", err, calendar.NotFound)
	if err := b.Calendars.Delete(t.Context(), none, e.ID, ""); err != nil {
		t.Errorf("Delete, of what is not there for certain: %v", err)
	}
	wantOne(t, b, e.Job)
}

// sharesAccess: many write and read, and access ends in the midst of it.
func sharesAccess(t *testing.T, b Bench) {
	const writers, each = 6, 5
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			for j := range each {
				// Once alone: who is refused twice in a row may take it that access is lost for good.
				if renewer, ok := b.Hand.(Renewer); ok && i == 0 && j == 2 {
					renewer.ExpireAccess()
				}
				e, _, err := b.Calendars.Insert(t.Context(), b.Calendar, visit(b))
				if err != nil {
					t.Errorf("Insert: %v", err)
					return
				}
				e.Start, e.End = e.Start.Add(time.Hour), e.End.Add(time.Hour)
				if _, err := b.Calendars.Update(t.Context(), b.Calendar, e); err != nil {
					t.Errorf("Update: %v", err)
				}
			}
		})
	}
	for range 2 {
		wg.Go(func() {
			for range each {
				if _, err := b.Calendars.Changes(t.Context(), b.Calendar, "", spring(b)); err != nil {
					t.Errorf("Changes: %v", err)
				}
			}
		})
	}
	wg.Wait()
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	if len(c.Events) != writers*each {
		t.Errorf("%d events, want %d", len(c.Events), writers*each)
	}
	for _, e := range c.Events {
		if !e.Start.Equal(at(b, 3, 9, 11, 0)) {
			t.Errorf("not updated: %+v", e)
		}
	}
}
