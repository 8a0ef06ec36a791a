package graph_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/calendartest"
	"fixly/scheduling/calendar/graph"
)

type told struct{ id, state string }

// TestGraphTellsOfChanges: the address is validated, changes and challenges arrive, what fails is delivered again, and it
// ends when it is ended.
func TestGraphTellsOfChanges(t *testing.T) {
	b := newBench(t)
	c := b.open(t, b.provider)
	heard := make(chan told, 16)
	refuse := make(chan error, 1)
	push := httptest.NewServer(graph.Notices{Provider: b.provider, Tell: func(_ context.Context, id, state string) error {
		select {
		case err := <-refuse:
			return err
		default:
		}
		heard <- told{id, state}
		return nil
	}})
	defer push.Close()

	w, err := c.Watch(t.Context(), b.calendar, calendar.Channel{ID: "ours", URL: push.URL, Token: "a-secret"})
	if err != nil {
		t.Fatal(err)
	}
	if w.Channel == "" || w.Channel == "ours" || w.Until.Sub(b.clock.Now()) != 4200*time.Minute {
		t.Errorf("watch: %+v", w)
	}
	want := told{w.Channel, "a-secret"}
	refuse <- errors.New("the database is away")
	b.Hand(b.calendar).Add(t, calendartest.Appointment{Title: "Dentist", Start: visit("").Start, End: visit("").End})
	if got := <-heard; got != want { // at the second delivery
		t.Errorf("heard %+v, want %+v", got, want)
	}
	b.Challenge("reauthorizationRequired")
	if got := <-heard; got != want {
		t.Errorf("heard %+v, want %+v", got, want)
	}
	// The notice was kept before it was answered; what follows from it is done with the next reading. Another account's
	// reading leaves it alone.
	b.AddAccount("luis@example.com", "Central Standard Time", chicago(t))
	other, err := b.provider.Open(calendar.Account{Credentials: []byte(`{"refresh_token":"` + b.Grant("luis@example.com") + `"}`)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	read := func(c calendar.Calendars) int {
		t.Helper()
		all := must(c.List(t.Context()))(t)
		must(c.Changes(t.Context(), all[0].ID, "", b.window()))(t)
		_, authorised := b.Subscriptions()
		return authorised
	}
	if n := read(other); n != 0 {
		t.Errorf("another account authorised it %d times", n)
	}
	// A later notice comes only once the answer to the challenge was given, with what it notes.
	b.Challenge("missed")
	<-heard
	if n := read(c); n != 1 {
		t.Errorf("authorised again %d times, want once", n)
	}
	if n := read(c); n != 1 {
		t.Errorf("authorised again %d times, want once", n)
	}
	for range 2 {
		if err := c.Unwatch(t.Context(), w); err != nil {
			t.Errorf("Unwatch: %v", err)
		}
	}
	if open, _ := b.Subscriptions(); open != 0 {
		t.Errorf("%d subscriptions are left", open)
	}
	if _, err := c.Watch(t.Context(), b.calendar, calendar.Channel{URL: "http://127.0.0.1:1/", Token: "x"}); calendar.KindOf(err) != calendar.Invalid {
		t.Errorf("an address that doesn't answer: %v", err)
	}
}

func TestNoticesFromAnybody(t *testing.T) {
	tell := func(_ context.Context, id, state string) error {
		switch {
		case id == "ours" && state == "secret":
			return nil
		case id == "broken":
			return errors.New("the database is away")
		}
		return calendar.ErrNoCalendar
	}
	n := graph.Notices{Tell: tell}
	for _, c := range []struct {
		method, query, body string
		want                int
	}{
		{http.MethodGet, "", "", http.StatusMethodNotAllowed},
		{http.MethodPost, "", "", http.StatusBadRequest},
		{http.MethodPost, "", "nonsense", http.StatusBadRequest},
		{http.MethodPost, "", `{"value":[{"subscriptionId":"ours","clientState":"` + strings.Repeat("x", 2<<20) + `"}]}`, http.StatusBadRequest},
		{http.MethodPost, "", `{"value":[{"subscriptionId":"ours","clientState":"secret"},{"subscriptionId":"other","clientState":"?"},{}]}`, http.StatusAccepted},
		{http.MethodPost, "", `{"value":[{"subscriptionId":"ours","clientState":"wrong","lifecycleEvent":"reauthorizationRequired"}]}`, http.StatusAccepted},
		{http.MethodPost, "", `{"value":[{"subscriptionId":"broken","clientState":"secret"}]}`, http.StatusServiceUnavailable},
		{http.MethodPost, "validationToken=" + strings.Repeat("x", 5000), "", http.StatusBadRequest},
	} {
		w := httptest.NewRecorder()
		n.ServeHTTP(w, httptest.NewRequest(c.method, "/calendars/microsoft/push?"+c.query, strings.NewReader(c.body)))
		if w.Code != c.want {
			t.Errorf("%s %.80s: %d, want %d", c.method, c.body, w.Code, c.want)
		}
	}
	w := httptest.NewRecorder()
	const token = "<script>alert(1)</script> +&"
	n.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/calendars/microsoft/push?"+url.Values{"validationToken": {token}}.Encode(), nil))
	if w.Code != http.StatusOK || w.Body.String() != token || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("validation: %d %q %v", w.Code, w.Body, w.Header())
	}
}
