package feed_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"fixly/demo"
	"fixly/scheduling"
	"fixly/scheduling/calendar/feed"
)

// invited writes an invitation of the demo's shop, whose owner has an address of e-mail or none.
func invited(t *testing.T, owner string, j scheduling.Job, i feed.Invitation) (feed.Method, string) {
	t.Helper()
	b := demo.Business()
	b.Profile.Owner.Email = owner
	var out bytes.Buffer
	m, err := feed.Invite(&out, b, &j, i)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "METHOD:"+string(m)+"\r\n") {
		t.Errorf("the method is %s in:\n%s", m, out.String())
	}
	return m, out.String()
}

func TestAnInvitation(t *testing.T) {
	m, out := invited(t, "mike@example.com", aJob(), feed.Invitation{Method: feed.Request, Email: "karen@example.net", Notes: "Arrival between 9 and 11."})
	if m != feed.Request {
		t.Errorf("it is a %s", m)
	}
	e := events(t, out)[0]
	for name, want := range map[string]string{
		ical.PropSummary: "Drain cleaning, Mike's Plumbing & Heating", ical.PropDescription: "Arrival between 9 and 11.", ical.PropUID: "job_1@fixly",
		ical.PropLocation: "1842 North Damen Avenue, 3B, Chicago, IL 60647", ical.PropStatus: "CONFIRMED",
	} {
		if got := text(t, e, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	organizer, attendee := e.Props.Get(ical.PropOrganizer), e.Props.Get(ical.PropAttendee)
	if organizer.Value != "mailto:mike@example.com" || attendee.Value != "mailto:karen@example.net" || attendee.Params.Get("PARTSTAT") != "ACCEPTED" || attendee.Params.Get("RSVP") != "FALSE" {
		t.Errorf("from %+v to %+v", organizer, attendee)
	}
	if start, err := e.DateTimeStart(time.UTC); err != nil || !start.Equal(aJob().Slot.Start) {
		t.Errorf("starts at %v, %v", start, err)
	}
}

// TestInvitationsFollowTheFeed: an app that has the event from one takes the other for the same.
func TestInvitationsFollowTheFeed(t *testing.T) {
	later := aJob(func(j *scheduling.Job) {
		j.UpdatedAt = j.UpdatedAt.Add(time.Hour)
		j.Slot.Start = j.Slot.Start.Add(time.Hour)
	})
	fed := events(t, written(t, "", later))[0]
	_, out := invited(t, "mike@example.com", later, feed.Invitation{Method: feed.Request, Email: "karen@example.net"})
	e := events(t, out)[0]
	for _, name := range []string{ical.PropUID, ical.PropSequence, ical.PropDateTimeStamp, ical.PropDateTimeStart, ical.PropDateTimeEnd} {
		if e.Props.Get(name).Value != fed.Props.Get(name).Value {
			t.Errorf("%s: %q, and in the feed %q", name, e.Props.Get(name).Value, fed.Props.Get(name).Value)
		}
	}
}

func TestACancelledInvitation(t *testing.T) {
	j := aJob(func(j *scheduling.Job) { j.UpdatedAt = j.UpdatedAt.Add(time.Minute) })
	m, out := invited(t, "mike@example.com", j, feed.Invitation{Method: feed.Cancel, Email: "karen@example.net"})
	if m != feed.Cancel || !strings.Contains(out, "STATUS:CANCELLED\r\n") || !strings.Contains(out, "SEQUENCE:60\r\n") || !strings.Contains(out, "UID:job_1@fixly\r\n") {
		t.Error(out)
	}
}

func TestNobodyInvitesWithoutAnAddress(t *testing.T) {
	for _, c := range []struct{ owner, customer string }{{"", "karen@example.net"}, {"mike@example.com", ""}, {"", ""}} {
		m, out := invited(t, c.owner, aJob(), feed.Invitation{Method: feed.Request, Email: c.customer})
		if m != feed.Publish || strings.Contains(out, "ATTENDEE") || strings.Contains(out, "ORGANIZER") != (c.owner != "") {
			t.Errorf("%+v: %s", c, out)
		}
	}
}
