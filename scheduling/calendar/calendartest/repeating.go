package calendartest

import (
	"slices"
	"testing"
	"time"

	"fixly/scheduling/calendar"
)

func expandsWeekly(t *testing.T, b Bench) {
	hand := can[Repeater](t, b, "repeat an appointment")
	series := hand.AddWeekly(t, appointment(b, "Gym", 2, 18), 8) // March 2nd to April 20th
	hand.MoveOne(t, series, at(b, 3, 9, 18, 0), at(b, 3, 10, 7, 0))
	hand.CancelOne(t, series, at(b, 3, 16, 18, 0))

	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	wantStarts(t, c, "Gym", at(b, 3, 2, 18, 0), at(b, 3, 10, 7, 0), at(b, 3, 23, 18, 0))
	for _, e := range c.Events {
		if e.End.Sub(e.Start) != time.Hour {
			t.Errorf("an hour was read as %+v", e)
		}
		got, err := b.Calendars.Event(t.Context(), b.Calendar, e.ID)
		if err != nil || !equal(got, e) {
			t.Errorf("Event = %+v, %v; Changes told %+v", got, err, e)
		}
	}
}

func followsInstances(t *testing.T, b Bench) {
	hand := can[Repeater](t, b, "repeat an appointment")
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	series := hand.AddWeekly(t, appointment(b, "Gym", 2, 18), 4)
	c.Pull(t)
	wantStarts(t, c, "Gym", at(b, 3, 2, 18, 0), at(b, 3, 9, 18, 0), at(b, 3, 16, 18, 0), at(b, 3, 23, 18, 0))
	before := ids(c)

	hand.MoveOne(t, series, at(b, 3, 9, 18, 0), at(b, 3, 10, 7, 0))
	c.Pull(t)
	wantStarts(t, c, "Gym", at(b, 3, 2, 18, 0), at(b, 3, 10, 7, 0), at(b, 3, 16, 18, 0), at(b, 3, 23, 18, 0))
	if after := ids(c); !slices.Equal(before, after) {
		t.Errorf("the ids were %v, are %v", before, after)
	}

	hand.CancelOne(t, series, at(b, 3, 16, 18, 0))
	c.Pull(t)
	wantStarts(t, c, "Gym", at(b, 3, 2, 18, 0), at(b, 3, 10, 7, 0), at(b, 3, 23, 18, 0))

	hand.MoveOne(t, series, at(b, 3, 23, 18, 0), at(b, 4, 5, 18, 0)) // out of the window
	c.Pull(t)
	wantStarts(t, c, "Gym", at(b, 3, 2, 18, 0), at(b, 3, 10, 7, 0))
}

func forgetsSeries(t *testing.T, b Bench) {
	hand := can[Repeater](t, b, "repeat an appointment")
	series := hand.AddWeekly(t, appointment(b, "Gym", 2, 18), 4)
	hand.MoveOne(t, series, at(b, 3, 9, 18, 0), at(b, 3, 10, 7, 0))
	b.Hand.Add(t, appointment(b, "Dentist", 9, 10))
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	wantStarts(t, c, "Gym", at(b, 3, 2, 18, 0), at(b, 3, 10, 7, 0), at(b, 3, 16, 18, 0), at(b, 3, 23, 18, 0))
	b.Hand.Delete(t, series)
	c.Pull(t)
	wantStarts(t, c, "Gym")
	c.Titled(t, "Dentist")
}

func repeatsAcrossDaylightSaving(t *testing.T, b Bench) {
	hand := can[Repeater](t, b, "repeat an appointment")
	hand.AddWeekly(t, appointment(b, "Church", 7, 9), 3)
	hand.AddWeekly(t, Appointment{Title: "Choir", Start: at(b, 10, 31, 9, 0), End: at(b, 10, 31, 10, 0)}, 3)
	hand.AddWeekly(t, Appointment{Title: "Market", AllDay: true, Start: day(b, 2027, 3, 7), End: day(b, 2027, 3, 8)}, 3)
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	wantStarts(t, c, "Church", at(b, 3, 7, 9, 0), at(b, 3, 14, 9, 0), at(b, 3, 21, 9, 0))
	wantStarts(t, c, "Market", day(b, 2027, 3, 7), day(b, 2027, 3, 14), day(b, 2027, 3, 21))
	for _, e := range c.Events {
		if e.AllDay && !e.End.Equal(e.Start.AddDate(0, 0, 1)) && !e.End.Equal(e.Start.In(b.Zone).AddDate(0, 0, 1)) {
			t.Errorf("a day was read as %+v", e)
		}
	}
	c = NewCopy(b.Calendars, b.Calendar, calendar.Window{From: day(b, 2027, 10, 25), To: day(b, 2027, 11, 15)})
	c.Pull(t)
	wantStarts(t, c, "Choir", at(b, 10, 31, 9, 0), at(b, 11, 7, 9, 0), at(b, 11, 14, 9, 0))
}

func wantStarts(t *testing.T, c *Copy, title string, want ...time.Time) {
	t.Helper()
	if got := starts(c, title); !slices.EqualFunc(got, want, time.Time.Equal) {
		t.Fatalf("%s is at %v, want %v", title, got, want)
	}
}

// ids are those of a copy, in order.
func ids(c *Copy) []string {
	var all []string
	for id := range c.Events {
		all = append(all, id)
	}
	slices.Sort(all)
	return all
}
