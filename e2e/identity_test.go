package e2e

import (
	"regexp"
	"strings"
	"testing"
)

// A wife has a visit booked, her husband calls about it from his own phone: the code on hers is what lets him cancel it.
func TestACodeByTextProvesABooking(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database)
		at := s.openings("Drain cleaning", monday.AddDate(0, 0, 1))
		if len(at) == 0 || s.books("Drain cleaning", at[0], "Nina Bloom", owen) != 201 {
			t.Fatal("the visit is not booked")
		}
		call := s.Call("+17735550177")
		call.Hears("How can I help")
		says(call, "hi i need to cancel our appointment for tomorrow", "booked under")
		says(call, "it's my wife's number three one two five five five oh one four three", "code")
		code := sixDigits.FindString(s.Texted(owen, "is your code").Body)
		says(call, strings.Join(strings.Split(code, ""), " "), "cancel")
		says(call, "yes please", "is cancelled")
		call.HangsUp()
		s.comesTo(call.SID, "cancelled", "receptionist")
		if jobs := s.jobs(); len(jobs) != 0 {
			t.Errorf("still booked: %+v", jobs)
		}
		s.aText(owen, "code")
	})
}

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)
