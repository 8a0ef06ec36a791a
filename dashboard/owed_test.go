package dashboard_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"fixly/callbacks"
)

// owedTo is what a number is owed; nil for nothing.
func (s *shop) owedTo(phone string) *callbacks.Callback {
	s.t.Helper()
	c, err := s.db.CallbackOwed(s.t.Context(), s.b.ID, phone)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func TestCallsOwed(t *testing.T) {
	s := open(t)
	if body := s.get("/callbacks").body; !strings.Contains(body, "Nobody is owed a call") || !strings.Contains(body, "No call was made back yet") {
		t.Error("a shop that owes nothing is not told so")
	}
	s.busyMorning()
	body := s.get("/callbacks").body
	for _, words := range []string{
		"To call back, 2", "Barbara Stein", "leaks again", "Waiting 6 min", "for Mike Rossi", "Call now", "I have it…", "Missed 5 to 10 minutes ago: 30% chance",
	} {
		if !strings.Contains(body, words) {
			t.Errorf("the page doesn't say %q", words)
		}
	}
	const number = "+13125550177"
	c := s.owedTo(number)
	do := func(want int, pairs ...string) {
		t.Helper()
		form := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		if resp := s.form("/callbacks/"+c.ID, form); resp.status != want {
			t.Errorf("%v: %d %s", pairs, resp.status, resp.body)
		}
	}
	do(http.StatusBadRequest)
	do(http.StatusBadRequest, "do", "close", "outcome", "sold")
	do(http.StatusBadRequest, "do", "tried", "result", "reached")
	do(http.StatusBadRequest, "do", "later", "at", "soon")
	do(http.StatusSeeOther, "do", "have", "person", "Dana Rossi")
	if got := s.owedTo(number); got.AckedBy != "Dana Rossi" {
		t.Errorf("taken: %+v", got)
	}
	do(http.StatusSeeOther, "do", "tried", "result", "no_answer")
	if got := s.owedTo(number); got.Attempts != 1 || !got.NextAttemptAt.After(monday) {
		t.Errorf("tried: %+v", got)
	}
	do(http.StatusSeeOther, "do", "later", "at", monday.Add(time.Hour).UTC().Format(time.RFC3339))
	if got := s.owedTo(number); !got.NextAttemptAt.Equal(monday.Add(time.Hour)) {
		t.Errorf("later: %+v", got)
	}
	do(http.StatusSeeOther, "do", "call")
	if got := s.owedTo(number); got.Status != callbacks.Calling || got.Owner.Name != "Dana Rossi" {
		t.Errorf("calling: %+v", got)
	}
	do(http.StatusOK, "do", "call") // says that somebody is on it
	if body := s.get("/callbacks").body; !strings.Contains(body, "Calling") {
		t.Error("that the call goes on is not shown")
	}
	do(http.StatusSeeOther, "do", "close", "outcome", "elsewhere")
	if s.owedTo(number) != nil {
		t.Error("it is owed still")
	}
	do(http.StatusOK, "do", "have") // says that it is settled
	if resp := s.form("/callbacks/cb_nothing", url.Values{"do": {"have"}}); resp.status != http.StatusNotFound {
		t.Errorf("nothing: %d", resp.status)
	}
}

// TestNightIsPointedOut: where it is night, the button asks once more.
func TestNightIsPointedOut(t *testing.T) {
	s := open(t)
	s.busyMorning()
	c := s.owedTo("+13125550177")
	s.clock.Advance(12 * time.Hour)
	resp := s.form("/callbacks/"+c.ID, url.Values{"do": {"call"}})
	if resp.status != http.StatusOK || !strings.Contains(resp.body, "quiet hours where they are") || !strings.Contains(resp.body, "Call all the same") {
		t.Errorf("%d %s", resp.status, resp.body)
	}
	if resp := s.form("/callbacks/"+c.ID, url.Values{"do": {"call"}, "anyway": {"yes"}}); resp.status != http.StatusSeeOther {
		t.Errorf("%d %s", resp.status, resp.body)
	}
}
