package google_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/calendartest"
	"fixly/scheduling/calendar/google"
)

// TestWatch has the fake Google tell a real server of a change.
func TestWatch(t *testing.T) {
	b := newBench(t)
	c := b.open(t, b.provider)
	told := make(chan string, 10)
	s := httptest.NewServer(google.Notices{Tell: func(_ context.Context, channel, token string) error {
		told <- channel + " " + token
		return nil
	}})
	defer s.Close()
	w, err := c.Watch(t.Context(), owner, calendar.Channel{ID: "chn_1", URL: s.URL, Token: "s3cret"})
	if err != nil || w.Channel != "chn_1" || w.Resource == "" || !w.Until.Equal(b.clock.Now().Add(7*24*time.Hour)) {
		t.Fatalf("Watch = %+v, %v", w, err)
	}
	start := time.Date(2027, 3, 9, 16, 0, 0, 0, time.UTC)
	b.Hand(owner).Add(t, calendartest.Appointment{Title: "Dentist", Start: start, End: start.Add(time.Hour)})
	select {
	case got := <-told:
		if got != "chn_1 s3cret" {
			t.Errorf("told %q", got)
		}
	case <-t.Context().Done():
	case <-time.After(10 * time.Second):
		t.Fatal("nothing was told of a change")
	}
	for range 2 {
		if err := c.Unwatch(t.Context(), w); err != nil {
			t.Errorf("Unwatch: %v", err)
		}
	}
	if n := b.Channels(); n != 0 {
		t.Errorf("%d channels are open after the end", n)
	}
	_, err = c.Watch(t.Context(), owner, calendar.Channel{ID: "chn_2", URL: "http://phone.example.com/calendars/google/push"})
	if calendar.KindOf(err) != calendar.Invalid {
		t.Errorf("Watch without https: %v", err)
	}
}

func TestNotices(t *testing.T) {
	for _, c := range []struct {
		name, method, channel, state string
		err                          error
		status                       int
		told                         bool
	}{
		{"a change", "POST", "chn_1", "exists", nil, 200, true},
		{"a deletion", "POST", "chn_1", "not_exists", nil, 200, true},
		{"the channel was opened", "POST", "chn_1", "sync", errors.New("not to be asked"), 200, false},
		{"none of ours", "POST", "chn_9", "exists", fmt.Errorf("chn_9: %w", calendar.ErrNoCalendar), 404, true},
		{"the database is away", "POST", "chn_1", "exists", errors.New("away"), 503, true},
		{"no channel", "POST", "", "exists", nil, 400, false},
		{"a browser", "GET", "chn_1", "exists", nil, 405, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			told := false
			n := google.Notices{Tell: func(_ context.Context, channel, token string) error {
				told = true
				if channel != c.channel || token != "s3cret" {
					t.Errorf("told %q, %q", channel, token)
				}
				return c.err
			}}
			r := httptest.NewRequest(c.method, "/calendars/google/push", nil)
			for k, v := range map[string]string{"X-Goog-Channel-ID": c.channel, "X-Goog-Channel-Token": "s3cret", "X-Goog-Resource-State": c.state} {
				r.Header.Set(k, v)
			}
			w := httptest.NewRecorder()
			n.ServeHTTP(w, r)
			if w.Code != c.status || told != c.told {
				t.Errorf("status %d, told %v; want %d, %v", w.Code, told, c.status, c.told)
			}
		})
	}
}

var _ http.Handler = google.Notices{}
