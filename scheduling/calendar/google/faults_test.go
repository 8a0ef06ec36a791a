package google_test

import (
	"fmt"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/calendartest"
	"fixly/scheduling/calendar/google"
	"fixly/scheduling/calendar/google/fakegoogle"
)

// TestFaults: many write at once while Google fails in every way it has. Whoever tries again until it works has written once.
func TestFaults(t *testing.T) {
	g := fakegoogle.New(fakegoogle.Options{})
	g.AddAccount(owner, chicago(t))
	s := httptest.NewServer(g)
	t.Cleanup(func() { g.Close(); s.Close() })
	p := google.New(google.Options{APIURL: s.URL, OAuthURL: s.URL})
	c, err := p.Open(calendar.Account{ID: "cac_1", Credentials: []byte(`{"refresh_token":"` + g.Grant(owner) + `"}`)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	g.Inject(fakegoogle.Faults{
		Seed: seed, Down: 0.1, Throttled: 0.05, Quota: 0.05, Lost: 0.1, Cut: 0.1, Expired: 0.2, Slow: 0.1, SlowBy: time.Millisecond,
	})
	const writers, jobs = 20, 10
	start := time.Date(2027, 3, 9, 15, 0, 0, 0, time.UTC)
	w := calendar.Window{From: start.Add(-24 * time.Hour), To: start.Add(24 * time.Hour)}

	// A copy is kept all the while.
	reader := calendartest.NewCopy(c, owner, w)
	var wg sync.WaitGroup
	for n := range writers {
		wg.Go(func() {
			for j := range jobs {
				e := calendar.Event{Job: fmt.Sprintf("job_%d_%d", n, j), Title: "booked", Start: start, End: start.Add(time.Hour)}
				retry(t, func() error {
					got, _, err := c.Insert(t.Context(), owner, e)
					if err == nil {
						e = got
					}
					return err
				})
				if j%3 == 0 {
					retry(t, func() error { return c.Delete(t.Context(), owner, e.ID, "") })
					continue
				}
				e.Title = "moved"
				retry(t, func() error {
					_, err := c.Update(t.Context(), owner, e)
					if calendar.KindOf(err) != calendar.Conflict {
						return err
					}
					now, err := c.Event(t.Context(), owner, e.ID) // the reply was lost: it is done already
					if err == nil && now.Title != "moved" {
						t.Errorf("in conflict, and still %+v", now)
					}
					return err
				})
			}
		})
	}
	for range 30 {
		pull(t, c, reader, w)
	}
	wg.Wait()
	g.Inject(fakegoogle.Faults{})
	pull(t, c, reader, w)

	there := map[string]int{}
	for _, e := range reader.Events {
		there[e.Job]++
	}
	for n := range writers {
		for j := range jobs {
			want := 1
			if j%3 == 0 {
				want = 0
			}
			if job := fmt.Sprintf("job_%d_%d", n, j); there[job] != want {
				t.Errorf("%s is there %d times, want %d", job, there[job], want)
			}
		}
	}
	if got, want := len(g.Hand(owner).Events()), len(reader.Events); got != want {
		t.Errorf("Google has %d events, the copy %d", got, want)
	}
}

// retry does something until it works. What Google says it will never accept ends the test.
func retry(t *testing.T, do func() error) {
	t.Helper()
	for range 200 {
		err := do()
		if err == nil {
			return
		}
		if k := calendar.KindOf(err); k != calendar.Unavailable && k != calendar.Limited {
			t.Errorf("not to be tried again: %v", err)
			return
		}
	}
	t.Error("it never worked")
}

// pull brings a copy up to date, from the beginning if its cursor has expired.
func pull(t *testing.T, c calendar.Calendars, reader *calendartest.Copy, w calendar.Window) {
	t.Helper()
	retry(t, func() error {
		ch, err := c.Changes(t.Context(), owner, reader.Cursor, w)
		if calendar.KindOf(err) == calendar.Expired {
			reader.Cursor = ""
			ch, err = c.Changes(t.Context(), owner, "", w)
		}
		if err == nil {
			reader.Take(t, ch)
		}
		return err
	})
}
