// Package feed gives each technician, and the business as a whole, a private address that calendar apps subscribe to:
// the jobs as iCalendar (RFC 5545), read only.
//
// The address holds a key that nobody can guess and that the owner can replace, which makes the old address nobody's.
// What is behind it needs no sign-in: calendar apps have none.
package feed

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"fixly/business"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/icalendar"
)

// How apps are told to look again, and how far back they still see jobs.
const (
	refresh = 15 * time.Minute
	past    = 60 * 24 * time.Hour
)

// Write writes jobs as an iCalendar to subscribe to. Instants are in UTC, which Apple's, Google's and Microsoft's apps
// all show in the reader's zone; a job keeps its UID for good, and one that was cancelled stays, as cancelled, so that
// apps take it off.
func Write(w io.Writer, b *business.Business, technician string, jobs []scheduling.Job) error {
	name := b.Profile.Name
	if technician != "" {
		name = technician + ", " + name
	}
	cal := newCalendar(Publish)
	cal.SetText("NAME", name)         // RFC 7986 section 5.1
	cal.SetText("X-WR-CALNAME", name) // what apps read before RFC 7986
	cal.Set("REFRESH-INTERVAL", iso8601(refresh), "VALUE", "DURATION")
	cal.Set("X-PUBLISHED-TTL", iso8601(refresh)) // Outlook
	cal.Set("X-WR-TIMEZONE", b.Location().String())
	for i := range jobs {
		for part := range jobs[i].Visits() {
			cal.Children = append(cal.Children, event(b, technician, &jobs[i], part))
		}
	}
	if len(jobs) == 0 {
		cal.Children = append(cal.Children, utc()) // an iCalendar has at least one component, section 3.4
	}
	if err := icalendar.Write(w, cal); err != nil {
		return fmt.Errorf("feed: write the calendar: %w", err)
	}
	return nil
}

func newCalendar(m Method) *icalendar.Component {
	cal := &icalendar.Component{Name: "VCALENDAR"}
	cal.Set("VERSION", "2.0")
	cal.Set("PRODID", "-//Fixly//Jobs//EN")
	cal.Set("CALSCALE", "GREGORIAN")
	cal.Set("METHOD", string(m))
	return cal
}

// event is a visit of a job as an event for those who do the work.
func event(b *business.Business, technician string, j *scheduling.Job, part int) *icalendar.Component {
	shown := calendar.EventOf(b, technician, j, part)
	e := visit(j, &shown)
	e.SetText("SUMMARY", shown.Title)
	e.SetText("LOCATION", shown.Place)
	e.SetText("DESCRIPTION", shown.Notes)
	return e
}

// visit is what every event of a visit says, whoever it is for.
func visit(j *scheduling.Job, shown *calendar.Event) *icalendar.Component {
	e := &icalendar.Component{Name: "VEVENT"}
	e.SetText("UID", icalendar.UID(j.ID, shown.Part))
	e.Set("DTSTAMP", icalendar.UTC(j.UpdatedAt))
	e.Set("CREATED", icalendar.UTC(j.CreatedAt))
	e.Set("LAST-MODIFIED", icalendar.UTC(j.UpdatedAt))
	// Any number that grows with each change will do (section 3.8.7.4): the seconds from the first version to this one.
	e.Set("SEQUENCE", strconv.FormatInt(max(0, int64(j.UpdatedAt.Sub(j.CreatedAt)/time.Second)), 10))
	e.Set("DTSTART", icalendar.UTC(shown.Start))
	e.Set("DTEND", icalendar.UTC(shown.End))
	e.Set("STATUS", status(j))
	return e
}

func status(j *scheduling.Job) string {
	switch j.Status {
	case scheduling.StatusCancelled:
		return "CANCELLED"
	case scheduling.StatusTentative:
		return "TENTATIVE"
	case scheduling.StatusBooked, scheduling.StatusCompleted:
	}
	return "CONFIRMED"
}

// iso8601 writes a length of time in whole minutes as section 3.3.6 has it.
func iso8601(d time.Duration) string { return fmt.Sprintf("PT%dM", int(d.Minutes())) }

// utc is the zone that all instants are in.
func utc() *icalendar.Component {
	standard := &icalendar.Component{Name: "STANDARD"}
	standard.Set("DTSTART", "19700101T000000")
	standard.Set("TZOFFSETFROM", "+0000")
	standard.Set("TZOFFSETTO", "+0000")
	zone := &icalendar.Component{Name: "VTIMEZONE", Children: []*icalendar.Component{standard}}
	zone.Set("TZID", "UTC")
	return zone
}
