// Package calendartest is what every calendar has to pass, and a calendar in memory for the tests of those who use one.
package calendartest

import (
	"testing"
	"time"

	"fixly/scheduling/calendar"
)

// Bench is a calendar under test, with the hand of the owner at its other end.
type Bench struct {
	Calendars calendar.Calendars
	// Calendar is the id of an empty calendar that can be written, and Zone its time zone. The zone has daylight-saving
	// time of the United States, such as America/Chicago.
	Calendar string
	Zone     *time.Location
	Hand     Hand
	// Secrets gives the tokens and passwords in use, which no error may tell. Nil: there are none.
	Secrets func() []string

	readOnly bool
}

// Run checks a calendar against a bench of its own, which open makes fresh for each test. A new calendar is right when
// this passes; its exact requests are for its own tests. What the hand cannot do is skipped with a word, so that each
// calendar's list of skipped tests tells what it lacks.
func Run(t *testing.T, open func(t *testing.T) Bench) {
	for _, c := range append(reading(), writing()...) {
		t.Run(c.name, func(t *testing.T) { c.test(t, open(t)) })
	}
}

// RunReadOnly checks a calendar that can't be written by what is asked of reading one.
func RunReadOnly(t *testing.T, open func(t *testing.T) Bench) {
	for _, c := range reading() {
		t.Run(c.name, func(t *testing.T) {
			b := open(t)
			b.readOnly = true
			c.test(t, b)
		})
	}
}

type test struct {
	name string
	test func(*testing.T, Bench)
}

func reading() []test {
	return []test{
		{"lists its calendars", lists},

		{"reads the whole window at first", readsWhole},
		{"tells what was added, moved, renamed, freed and deleted", tellsChanges},
		{"tells nothing when nothing changed", tellsNothing},
		{"tells the same again for the same cursor", repeatsCursor},
		{"follows events in and out of the window", followsAcrossWindow},
		{"reads many pages", readsPages},
		{"says that a cursor has expired", expires},
		{"reads all-day events in the zone of the calendar", readsAllDay},
		{"reads across both changes of the clocks", readsDaylightSaving},
		{"reads any text", readsText},
		{"takes declined for free", readsDeclined},
		{"reads one event", readsOne},
		{"tells when it is busy", tellsBusy},

		{"expands what repeats", expandsWeekly},
		{"tells of one that was moved or cancelled since", followsInstances},
		{"forgets a series that was deleted", forgetsSeries},
		{"repeats at the same time of day across the change of the clocks", repeatsAcrossDaylightSaving},
	}
}

func writing() []test {
	return []test{
		{"writes an event that can be read", inserts},
		{"writes any text", writesText},
		{"writes once what is written twice", insertsOnce},
		{"keeps visits of a job apart", insertsParts},
		{"finds what was moved by hand when it writes again", insertsMoved},
		{"writes anew what was deleted", insertsAnew},
		{"writes once when the reply was lost", insertsLost},
		{"writes once for many at the same time", insertsAtOnce},
		{"updates what has not changed", updates},
		{"refuses to update what has changed", updatesChanged},
		{"refuses to update what is gone", updatesGone},
		{"leaves alone what people added", updatesOnly},
		{"updates once when the reply was lost", updatesLost},
		{"deletes what has not changed", deletes},
		{"refuses to delete what has changed", deletesChanged},
		{"deletes what is gone without complaint", deletesGone},

		{"tells why it failed", refuses},
		{"gives up when it is told to", givesUp},
		{"tells that access was revoked", tellsRevoked},
		{"renews its access by itself", renewsAccess},
		{"finds no event in a calendar that is not there", findsNoCalendar},
		{"is safe for many at the same time", sharesAccess},
	}
}
