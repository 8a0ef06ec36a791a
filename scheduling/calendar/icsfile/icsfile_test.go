package icsfile_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones are the same wherever the tests run

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/icsfile"
)

var chicago = func() *time.Location {
	l, err := time.LoadLocation("America/Chicago")
	if err != nil {
		panic(err)
	}
	return l
}()

var march = calendar.Window{From: time.Date(2027, 3, 1, 0, 0, 0, 0, chicago), To: time.Date(2027, 3, 29, 0, 0, 0, 0, chicago)}

// outlook is a file as Outlook exports it.
const outlook = `BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
METHOD:PUBLISH
X-WR-CALNAME:Mike's calendar
BEGIN:VTIMEZONE
TZID:Central Standard Time
BEGIN:STANDARD
DTSTART:16011104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0500
TZOFFSETTO:-0600
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0600
TZOFFSETTO:-0500
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:040000008200E00074C5
DTSTART;TZID="Central Standard Time":20270302T180000
DTEND;TZID="Central Standard Time":20270302T190000
RRULE:FREQ=WEEKLY;BYDAY=TU
SUMMARY;LANGUAGE=en-us:Gym
END:VEVENT
BEGIN:VEVENT
UID:040000008200E00074C6
DTSTART;VALUE=DATE:20270310
DTEND;VALUE=DATE:20270312
SUMMARY:Trip
TRANSP:OPAQUE
END:VEVENT
BEGIN:VEVENT
UID:040000008200E00074C7
DTSTART:20270310T160000Z
DTEND:20270310T170000Z
SUMMARY:Called off
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:later
DTSTART:20270401T160000Z
DTEND:20270401T170000Z
SUMMARY:After the window
END:VEVENT
END:VCALENDAR
`

func connect(t *testing.T, file string) calendar.Calendars {
	t.Helper()
	p := icsfile.New(icsfile.Options{Zone: func(context.Context, string) (*time.Location, error) { return chicago, nil }})
	credentials, name, err := p.Connect(t.Context(), map[string]string{"file": file})
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.Open(calendar.Account{Name: name, Credentials: credentials}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAFileKeepsPeopleBusy(t *testing.T) {
	c := connect(t, outlook)
	all, err := c.List(t.Context())
	if err != nil || len(all) != 1 || all[0].Writable || all[0].Name != "Mike's calendar" || all[0].Zone != "America/Chicago" {
		t.Fatalf("%+v, %v", all, err)
	}
	id := all[0].ID
	first, err := c.Changes(t.Context(), id, "", march)
	if err != nil || !first.Whole || first.Cursor == "" || len(first.Events) != 5 {
		t.Fatalf("%+v, %v", first, err)
	}
	found := map[string]time.Time{}
	for _, e := range first.Events {
		found[e.Title+" "+e.ID] = e.Start
		if again, err := c.Event(t.Context(), id, e.ID); err != nil || again != e {
			t.Errorf("%+v, %v; want %+v", again, err, e)
		}
	}
	for name, at := range map[string]time.Time{
		"Gym 040000008200E00074C5/20270303T000000Z": time.Date(2027, 3, 2, 18, 0, 0, 0, chicago),
		"Gym 040000008200E00074C5/20270323T230000Z": time.Date(2027, 3, 23, 18, 0, 0, 0, chicago), // after the clocks went forward
		"Trip 040000008200E00074C6":                 time.Date(2027, 3, 10, 0, 0, 0, 0, chicago),
	} {
		if !found[name].Equal(at) {
			t.Errorf("%s is at %v, want %v", name, found[name], at)
		}
	}

	// What recurs goes on with the window.
	summer := calendar.Window{From: time.Date(2029, 7, 1, 0, 0, 0, 0, chicago), To: time.Date(2029, 7, 15, 0, 0, 0, 0, chicago)}
	if later, err := c.Changes(t.Context(), id, first.Cursor, summer); err != nil || !later.Whole || len(later.Events) != 2 {
		t.Errorf("%+v, %v", later, err)
	}
}

func TestAFileIsNotWritten(t *testing.T) {
	c := connect(t, outlook)
	_, _, insert := c.Insert(t.Context(), "file", calendar.Event{Job: "job_1"})
	_, update := c.Update(t.Context(), "file", calendar.Event{ID: "later"})
	for what, err := range map[string]error{"Insert": insert, "Update": update, "Delete": c.Delete(t.Context(), "file", "later", "")} {
		if calendar.KindOf(err) != calendar.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := c.Changes(t.Context(), "another", "", march); calendar.KindOf(err) != calendar.NotFound {
		t.Errorf("another calendar: %v", err)
	}
	if _, err := c.Event(t.Context(), "file", "none"); calendar.KindOf(err) != calendar.NotFound {
		t.Errorf("no event: %v", err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Changes(over, "file", "", march); calendar.KindOf(err) != calendar.Unavailable || !errors.Is(err, context.Canceled) {
		t.Errorf("when told to stop: %v", err)
	}
}

func TestWhatIsRefused(t *testing.T) {
	p := icsfile.New(icsfile.Options{})
	for file, want := range map[string]string{
		"":                                     "Choose a file",
		"<html>Sign in</html>":                 "no calendar file",
		outlook[:len(outlook)/2]:               "a part of one",
		"BEGIN:VCALENDAR\nEND:VCALENDAR":       "no appointments",
		strings.Repeat("x", icsfile.Largest+1): "more than 5 MB",
		"BEGIN:VCALENDAR\nVERSION:1.0\nEND:VCALENDAR":                            "nineties",
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:soon\nEND:VEVENT\nEND:VCALENDAR": "can be read",
	} {
		_, _, err := p.Connect(t.Context(), map[string]string{"file": file})
		if calendar.KindOf(err) != calendar.Invalid || !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%.40q: %v, want %q", file, err, want)
		}
	}
}
