package calendartest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fixly/scheduling/calendar"
)

// The windows of the tests: four weeks around the day on which clocks go forward, two around the one on which they go
// back.
func spring(b Bench) calendar.Window {
	return calendar.Window{From: day(b, 2027, 3, 1), To: day(b, 2027, 3, 29)}
}

func autumn(b Bench) calendar.Window {
	return calendar.Window{From: day(b, 2027, 11, 1), To: day(b, 2027, 11, 15)}
}

// day is a midnight, and at a time of a day, in the zone of the calendar.
func day(b Bench, year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, b.Zone)
}

func at(b Bench, month time.Month, d, hour, minute int) time.Time {
	return time.Date(2027, month, d, hour, minute, 0, 0, b.Zone)
}

// appointment is an hour's, on a day of March.
func appointment(b Bench, title string, d, hour int) Appointment {
	return Appointment{Title: title, Start: at(b, 3, d, hour, 0), End: at(b, 3, d, hour+1, 0)}
}

func lists(t *testing.T, b Bench) {
	all, err := b.Calendars.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	primary, found := 0, false
	ids := map[string]bool{}
	for _, c := range all {
		if c.ID == "" || c.Name == "" || ids[c.ID] {
			t.Errorf("a calendar without id or name, or listed twice: %+v", c)
		}
		ids[c.ID] = true
		if c.Primary {
			primary++
		}
		if c.Zone != "" {
			if _, err := time.LoadLocation(c.Zone); err != nil {
				t.Errorf("zone of %s: %v", c.ID, err)
			}
		}
		if c.ID == b.Calendar {
			found = true
			if c.Writable == b.readOnly {
				t.Errorf("that the calendar of the test can be written is %v", c.Writable)
			}
			if c.Zone != "" && c.Zone != b.Zone.String() {
				t.Errorf("its zone is %q, want %v", c.Zone, b.Zone)
			}
		}
	}
	if !found || primary > 1 {
		t.Errorf("the calendar of the test was listed: %v; %d primary ones: %+v", found, primary, all)
	}
}

func readsWhole(t *testing.T, b Bench) {
	want := appointment(b, "Dentist", 9, 10)
	want.Place, want.Notes = "12 Elm St", "Bring the form"
	id := b.Hand.Add(t, want)
	b.Hand.Add(t, appointment(b, "Before", 1, -2)) // from 22:00 to 23:00 on the day before the window
	b.Hand.Add(t, appointment(b, "After", 29, 0))
	edge := appointment(b, "Edge", 1, 0)
	edge.Start = edge.Start.Add(-30 * time.Minute)
	b.Hand.Add(t, edge)
	free := appointment(b, "Reminder", 9, 10)
	free.Free = true
	b.Hand.Add(t, free)

	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	if len(c.Events) != 3 {
		t.Errorf("%d events in the window, want Dentist, Edge and Reminder: %+v", len(c.Events), c.Events)
	}
	got := c.Titled(t, "Dentist")
	if got.ID != id || !same(got, want) {
		t.Errorf("read %+v as %+v, id %s", want, got, id)
	}
	if got.Job != "" || got.Part != 0 || got.Tentative || got.Gone {
		t.Errorf("an event of people's own was read as %+v", got)
	}
	if e := c.Titled(t, "Edge"); !same(e, edge) {
		t.Errorf("read %+v as %+v", edge, e)
	}
	if !c.Titled(t, "Reminder").Free {
		t.Error("an event marked as free keeps somebody busy")
	}
}

func tellsChanges(t *testing.T, b Bench) {
	moved := b.Hand.Add(t, appointment(b, "Moved", 2, 9))
	renamed := b.Hand.Add(t, appointment(b, "Old name", 3, 9))
	freed := b.Hand.Add(t, appointment(b, "Freed", 4, 9))
	deleted := b.Hand.Add(t, appointment(b, "Deleted", 5, 9))
	b.Hand.Add(t, appointment(b, "Left alone", 8, 9))
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	before := c.Events[moved].ETag

	b.Hand.Add(t, appointment(b, "Added", 2, 14))
	b.Hand.Change(t, moved, func(a *Appointment) { a.Start, a.End = at(b, 3, 2, 11, 30), at(b, 3, 2, 13, 0) })
	b.Hand.Change(t, renamed, func(a *Appointment) { a.Title = "New name" })
	b.Hand.Change(t, freed, func(a *Appointment) { a.Free = true })
	b.Hand.Delete(t, deleted)
	c.Pull(t)

	if e := c.Titled(t, "Moved"); e.ID != moved || !e.Start.Equal(at(b, 3, 2, 11, 30)) || !e.End.Equal(at(b, 3, 2, 13, 0)) {
		t.Errorf("moved to 11:30: %+v, id was %s", e, moved)
	} else if e.ETag == before {
		t.Error("the etag is the same after a change")
	}
	if e := c.Titled(t, "New name"); e.ID != renamed {
		t.Errorf("renamed: %+v, id was %s", e, renamed)
	}
	if !c.Titled(t, "Freed").Free {
		t.Error("marked as free, but is not")
	}
	if e, ok := c.Events[deleted]; ok {
		t.Errorf("deleted, but still there: %+v", e)
	}
	if e := c.Titled(t, "Added"); !same(e, appointment(b, "Added", 2, 14)) {
		t.Errorf("added: %+v", e)
	}
	c.Titled(t, "Left alone")
	if len(c.Events) != 5 {
		t.Errorf("%d events, want 5", len(c.Events))
	}

	b.Hand.Change(t, freed, func(a *Appointment) { a.Free = false })
	c.Pull(t)
	if c.Titled(t, "Freed").Free {
		t.Error("marked as busy again, but is free")
	}
}

func tellsNothing(t *testing.T, b Bench) {
	b.Hand.Add(t, appointment(b, "Dentist", 9, 10))
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	for range 3 {
		if ch := c.Pull(t); !ch.Whole && len(ch.Events) != 0 {
			t.Errorf("nothing changed, and was told %+v", ch.Events)
		}
	}
	if len(c.Events) != 1 {
		t.Errorf("%d events, want 1", len(c.Events))
	}
}

// repeatsCursor: who was told of changes may be killed before keeping them, and asks again from where it was.
func repeatsCursor(t *testing.T, b Bench) {
	first := NewCopy(b.Calendars, b.Calendar, spring(b))
	first.Pull(t)
	second := NewCopy(b.Calendars, b.Calendar, spring(b))
	second.Cursor = first.Cursor
	b.Hand.Add(t, appointment(b, "Dentist", 9, 10))
	first.Pull(t)
	second.Pull(t)
	if a, b := first.Titled(t, "Dentist"), second.Titled(t, "Dentist"); a.ID != b.ID || a.ETag != b.ETag {
		t.Errorf("told as %+v, then as %+v", a, b)
	}
}

func followsAcrossWindow(t *testing.T, b Bench) {
	leaves := b.Hand.Add(t, appointment(b, "Leaves", 9, 10))
	enters := b.Hand.Add(t, Appointment{Title: "Enters", Start: at(b, 5, 3, 9, 0), End: at(b, 5, 3, 10, 0)})
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	c.Titled(t, "Leaves")
	b.Hand.Change(t, leaves, func(a *Appointment) { a.Start, a.End = at(b, 5, 4, 9, 0), at(b, 5, 4, 10, 0) })
	b.Hand.Change(t, enters, func(a *Appointment) { a.Start, a.End = at(b, 3, 10, 9, 0), at(b, 3, 10, 10, 0) })
	c.Pull(t)
	if len(c.Events) != 1 {
		t.Errorf("%d events, want 1: %+v", len(c.Events), c.Events)
	}
	c.Titled(t, "Enters")
}

func readsPages(t *testing.T, b Bench) {
	const many = 430
	if p, ok := b.Hand.(Pager); ok {
		p.Pages(50)
	}
	var all []Appointment
	for i := range many {
		all = append(all, appointment(b, fmt.Sprintf("No. %d", i), 1+i%28, i%23))
	}
	var ids []string
	bulk, inBulk := b.Hand.(Bulk)
	if inBulk {
		ids = bulk.AddMany(t, all)
	} else {
		for _, a := range all {
			ids = append(ids, b.Hand.Add(t, a))
		}
	}
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	if len(c.Events) != many {
		t.Fatalf("%d events, want %d", len(c.Events), many)
	}
	for _, id := range ids {
		if _, ok := c.Events[id]; !ok {
			t.Fatalf("event %s is missing", id)
		}
	}
	rename := func(a *Appointment) { a.Title = "Changed" }
	if inBulk {
		bulk.ChangeMany(t, ids[:120], rename)
	} else {
		for _, id := range ids[:120] {
			b.Hand.Change(t, id, rename)
		}
	}
	c.Pull(t)
	n := 0
	for _, e := range c.Events {
		if e.Title == "Changed" {
			n++
		}
	}
	if n != 120 || len(c.Events) != many {
		t.Errorf("%d of %d events changed, want 120 of %d", n, len(c.Events), many)
	}
}

func expires(t *testing.T, b Bench) {
	hand := can[Expirer](t, b, "make cursors expire")
	id := b.Hand.Add(t, appointment(b, "Dentist", 9, 10))
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	hand.ExpireCursors()
	b.Hand.Delete(t, id)
	b.Hand.Add(t, appointment(b, "Garage", 10, 10))
	_, err := b.Calendars.Changes(t.Context(), b.Calendar, c.Cursor, spring(b))
	wantKind(t, "Changes with a cursor that has expired", err, calendar.Expired)
	c.Cursor = ""
	c.Pull(t)
	if len(c.Events) != 1 {
		t.Errorf("%d events, want Garage alone", len(c.Events))
	}
	c.Titled(t, "Garage")
}

func readsAllDay(t *testing.T, b Bench) {
	b.Hand.Add(t, Appointment{Title: "Fair", AllDay: true, Start: day(b, 2027, 3, 9), End: day(b, 2027, 3, 10)})
	b.Hand.Add(t, Appointment{Title: "Trip", AllDay: true, Start: day(b, 2027, 3, 12), End: day(b, 2027, 3, 16)}) // the clocks go forward on the 14th
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	if e := c.Titled(t, "Fair"); !e.AllDay || !e.Start.Equal(day(b, 2027, 3, 9)) || !e.End.Equal(day(b, 2027, 3, 10)) || e.Free {
		t.Errorf("a day, busy: read as %+v", e)
	}
	if e := c.Titled(t, "Trip"); !e.AllDay || !e.Start.Equal(day(b, 2027, 3, 12)) || !e.End.Equal(day(b, 2027, 3, 16)) || e.End.Sub(e.Start) != 95*time.Hour {
		t.Errorf("four days of 95 hours: read as %+v", e)
	}
}

func readsDaylightSaving(t *testing.T, b Bench) {
	night := Appointment{Title: "Night shift", Start: at(b, 3, 13, 23, 30), End: at(b, 3, 14, 3, 30)}
	b.Hand.Add(t, night)
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	if e := c.Titled(t, "Night shift"); !same(e, night) || e.End.Sub(e.Start) != 3*time.Hour {
		t.Errorf("three hours of the night without an hour: read as %+v", e)
	}

	// 1:30 comes twice on November 7th, and this begins at the first and ends at the second.
	first := day(b, 2027, 11, 7).Add(90 * time.Minute)
	twice := Appointment{Title: "Early", Start: first, End: first.Add(time.Hour)}
	b.Hand.Add(t, twice)
	b.Hand.Add(t, Appointment{Title: "Long day", AllDay: true, Start: day(b, 2027, 11, 7), End: day(b, 2027, 11, 8)})
	c = NewCopy(b.Calendars, b.Calendar, autumn(b))
	c.Pull(t)
	if e := c.Titled(t, "Early"); !same(e, twice) {
		t.Errorf("the hour that comes twice, %v to %v: read as %+v", twice.Start.UTC(), twice.End.UTC(), e)
	}
	if e := c.Titled(t, "Long day"); e.End.Sub(e.Start) != 25*time.Hour {
		t.Errorf("a day of 25 hours: read as %+v", e)
	}
}

// awkward are texts that a format or a query may trip over.
var awkward = []string{
	`Back\slash, comma; semicolon: colon "quotes" <b>&amp;`,
	"¿Mañana? 🙂 日本",
	"A line that is longer than the seventy-five octets after which iCalendar folds its lines, é included, twice over: ééééééééééééééééé.",
}

func readsText(t *testing.T, b Bench) {
	want := map[string]Appointment{}
	for i, text := range awkward {
		a := appointment(b, text, 2+i, 10)
		a.Place, a.Notes = text, text+"\nand a second line\n\nand a fourth"
		want[b.Hand.Add(t, a)] = a
	}
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	for id, a := range want {
		if e := c.Events[id]; !same(e, a) {
			t.Errorf("read %+v as %+v", a, e)
		}
	}
}

func readsDeclined(t *testing.T, b Bench) {
	hand := can[Invited](t, b, "be invited by others")
	id := hand.AddInvitation(t, appointment(b, "Sales talk", 9, 10))
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	if c.Titled(t, "Sales talk").Free {
		t.Error("an invitation without an answer keeps nobody busy")
	}
	hand.Decline(t, id)
	c.Pull(t)
	if e, ok := c.Events[id]; ok && !e.Free {
		t.Errorf("declined, and keeps somebody busy: %+v", e)
	}
}

func readsOne(t *testing.T, b Bench) {
	id := b.Hand.Add(t, appointment(b, "Dentist", 9, 10))
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	e, err := b.Calendars.Event(t.Context(), b.Calendar, id)
	if err != nil || !equal(e, c.Events[id]) {
		t.Errorf("Event = %+v, %v; Changes told %+v", e, err, c.Events[id])
	}

	b.Hand.Delete(t, id)
	if e, err := b.Calendars.Event(t.Context(), b.Calendar, id); err == nil {
		if Check(t, e); !e.Gone || e.ID != id {
			t.Errorf("an event that was deleted is read as %+v", e)
		}
	} else {
		wantKind(t, "Event of one that was deleted", err, calendar.NotFound)
	}
	_, err = b.Calendars.Event(t.Context(), b.Calendar, "nosuchevent0")
	wantKind(t, "Event of one that never was", err, calendar.NotFound)
}

func tellsBusy(t *testing.T, b Bench) {
	busier, ok := b.Calendars.(calendar.Busier)
	if !ok {
		t.Skip("this calendar has no way to be asked when it is busy")
	}
	a := appointment(b, "Dentist", 9, 10)
	b.Hand.Add(t, a)
	free := appointment(b, "Reminder", 9, 15)
	free.Free = true
	b.Hand.Add(t, free)
	got, err := busier.Busy(t.Context(), []string{b.Calendar}, calendar.Window{From: day(b, 2027, 3, 9), To: day(b, 2027, 3, 10)})
	if err != nil || len(got) != 1 || !got[0].From.Equal(a.Start) || !got[0].To.Equal(a.End) {
		t.Errorf("Busy = %v, %v; want %v to %v", got, err, a.Start, a.End)
	}
	got, err = busier.Busy(t.Context(), []string{b.Calendar}, calendar.Window{From: a.End, To: a.End.Add(time.Hour)})
	if err != nil || len(got) != 0 {
		t.Errorf("Busy right after = %v, %v; want nothing", got, err)
	}
}

// same says whether an event is what people see of it.
func same(e calendar.Event, a Appointment) bool {
	return e.Title == a.Title && e.Place == a.Place && e.Notes == a.Notes && e.Start.Equal(a.Start) && e.End.Equal(a.End) &&
		e.AllDay == a.AllDay && e.Free == a.Free
}

// equal says whether two events are the same in everything.
func equal(a, b calendar.Event) bool {
	if !a.Start.Equal(b.Start) || !a.End.Equal(b.End) {
		return false
	}
	a.Start, a.End, b.Start, b.End = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	return a == b
}

// starts are when the events of a copy with a title start, in order.
func starts(c *Copy, title string) []time.Time {
	var all []time.Time
	for _, e := range c.Events {
		if e.Title == title {
			all = append(all, e.Start)
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return all
}
