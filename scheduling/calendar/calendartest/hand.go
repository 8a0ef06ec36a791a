package calendartest

import (
	"testing"
	"time"

	"fixly/scheduling/calendar"
)

// Hand is the owner's: it does in the calendar what people do in its app. A failure of its own ends the test.
type Hand interface {
	// Add puts an appointment into the calendar and gives the id that Calendars knows it by.
	Add(t testing.TB, a Appointment) string
	// Change changes an appointment, which may be one that Fixly wrote.
	Change(t testing.TB, id string, change func(*Appointment))
	// Delete deletes an appointment or, by the id that AddWeekly gave, a series.
	Delete(t testing.TB, id string)
}

// Appointment is what people see of an event.
type Appointment struct {
	Title, Place, Notes string
	Start, End          time.Time
	AllDay              bool // Start and End are midnights of the calendar's zone
	Free                bool // marked as free
}

// The further abilities of a hand. A hand that lacks one skips the tests that need it.
type (
	// Repeater adds what repeats.
	Repeater interface {
		// AddWeekly adds a weekly series, a being its first, and gives an id for the others of these methods.
		AddWeekly(t testing.TB, a Appointment, times int) string
		// MoveOne moves the one that the series has at a time. It keeps its length.
		MoveOne(t testing.TB, series string, at, to time.Time)
		// CancelOne cancels the one that the series has at a time.
		CancelOne(t testing.TB, series string, at time.Time)
	}

	// Invited is invited by others.
	Invited interface {
		// AddInvitation adds an appointment that somebody else made.
		AddInvitation(t testing.TB, a Appointment) string
		// Decline says no to it.
		Decline(t testing.TB, id string)
	}

	// Annotator adds to an event what Fixly knows nothing of, such as a guest or a colour, and says whether it is there.
	Annotator interface {
		Annotate(t testing.TB, id string)
		Annotated(t testing.TB, id string) bool
	}

	// Bulk adds and changes many appointments at once, for calendars where one by one takes long.
	Bulk interface {
		AddMany(t testing.TB, all []Appointment) []string
		ChangeMany(t testing.TB, ids []string, change func(*Appointment))
	}

	// Pager makes the pages of whatever comes in pages short.
	Pager interface{ Pages(size int) }

	// Expirer makes every cursor given so far expire.
	Expirer interface{ ExpireCursors() }

	// Breaker makes every request fail in a way, until Mend.
	Breaker interface {
		Break(f Fault)
		Mend()
	}

	// Dropper loses the reply to the next request that writes an event, after what was asked has been done.
	Dropper interface{ DropReply() }

	// Gate can take access away.
	Gate interface{ Revoke() }

	// Renewer is a hand of a calendar with access that has to be renewed from time to time.
	Renewer interface {
		// ExpireAccess makes the access in use end; it can be renewed. Where the provider may exchange what it is
		// renewed with, it does, and what was used before is no longer good.
		ExpireAccess()
		// Reopen opens the account once more, as after a restart, from the credentials that were saved last.
		Reopen(t testing.TB) calendar.Calendars
	}
)

// Fault is a way in which servers fail.
type Fault string

// The faults.
const (
	Down      Fault = "down"      // 503 or the like
	Throttled Fault = "throttled" // too many requests, with RetryAfter
	Hung      Fault = "hung"      // no answer until the caller gives up
	Garbled   Fault = "garbled"   // an answer of success that is none of the provider's, as from a proxy
)

// RetryAfter is how long a throttled server wants to be left alone.
const RetryAfter = 7 * time.Second

// can gives an ability of the hand, or skips the test.
func can[A any](t *testing.T, b Bench, what string) A {
	t.Helper()
	a, ok := b.Hand.(A)
	if !ok {
		t.Skip("this calendar has no way to " + what)
	}
	return a
}
