package dashboard_test

import (
	"strings"
	"testing"
	"time"

	"fixly/ledger"
)

// TestWhoNeedsAPersonIsListedOnce: a message is a call owed; one of a caller who withheld the number is listed too.
func TestWhoNeedsAPersonIsListedOnce(t *testing.T) {
	s := open(t)
	s.busyMorning()
	s.called(5*time.Minute, time.Minute, "", "", ledger.Message, "Will call again at noon", "")
	body := s.get("/parts/needs").body
	for _, words := range []string{"leaks again", "Will call again at noon", "Left before saying what it was about."} {
		if n := strings.Count(body, words); n != 1 {
			t.Errorf("%q is listed %d times:\n%s", words, n, body)
		}
	}
}
