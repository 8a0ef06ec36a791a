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

	"github.com/emersion/go-ical"

	"fixly/business"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
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
	cal := ical.NewCalendar()
	cal.Props.SetText(ical.PropVersion, "2.0")
	cal.Props.SetText(ical.PropProductID, "-//Fixly//Jobs//EN")
	cal.Props.SetText(ical.PropCalendarScale, "GREGORIAN")
	cal.Props.SetText(ical.PropMethod, "PUBLISH")
	cal.Props.SetText(ical.PropName, name)  // RFC 7986 section 5.1
	cal.Props.SetText("X-WR-CALNAME", name) // what apps read before RFC 7986
	set(cal.Component, "REFRESH-INTERVAL", iso8601(refresh), "VALUE", "DURATION")
	set(cal.Component, "X-PUBLISHED-TTL", iso8601(refresh)) // Outlook
	set(cal.Component, "X-WR-TIMEZONE", b.Location().String())
	for i := range jobs {
		cal.Children = append(cal.Children, event(b, technician, &jobs[i]).Component)
	}
	if len(jobs) == 0 {
		cal.Children = append(cal.Children, utc()) // an iCalendar has at least one component, section 3.4
	}
	if err := ical.NewEncoder(&folder{w: w}).Encode(cal); err != nil {
		return fmt.Errorf("feed: write the calendar: %w", err)
	}
	return nil
}

// event is a job as an event.
func event(b *business.Business, technician string, j *scheduling.Job) *ical.Event {
	shown := calendar.EventOf(b, technician, j, 0)
	e := ical.NewEvent()
	e.Props.SetText(ical.PropUID, j.ID+"@fixly")
	e.Props.SetDateTime(ical.PropDateTimeStamp, j.UpdatedAt.UTC())
	e.Props.SetDateTime(ical.PropCreated, j.CreatedAt.UTC())
	e.Props.SetDateTime(ical.PropLastModified, j.UpdatedAt.UTC())
	// Any number that grows with each change will do (section 3.8.7.4): the seconds from the first version to this one.
	set(e.Component, ical.PropSequence, strconv.FormatInt(max(0, int64(j.UpdatedAt.Sub(j.CreatedAt)/time.Second)), 10))
	e.Props.SetDateTime(ical.PropDateTimeStart, shown.Start.UTC())
	e.Props.SetDateTime(ical.PropDateTimeEnd, shown.End.UTC())
	set(e.Component, ical.PropStatus, status(j))
	e.Props.SetText(ical.PropSummary, shown.Title)
	if shown.Place != "" {
		e.Props.SetText(ical.PropLocation, shown.Place)
	}
	e.Props.SetText(ical.PropDescription, shown.Notes)
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

// set sets a property whose value is no text to be escaped, with a parameter if named.
func set(c *ical.Component, name, value string, param ...string) {
	p := ical.NewProp(name)
	p.Value = value
	for i := 0; i+1 < len(param); i += 2 {
		p.Params.Set(param[i], param[i+1])
	}
	c.Props.Set(p)
}

// iso8601 writes a length of time in whole minutes as section 3.3.6 has it.
func iso8601(d time.Duration) string { return fmt.Sprintf("PT%dM", int(d.Minutes())) }

// utc is the zone that all instants are in.
func utc() *ical.Component {
	zone, standard := ical.NewComponent(ical.CompTimezone), ical.NewComponent(ical.CompTimezoneStandard)
	set(zone, ical.PropTimezoneID, "UTC")
	set(standard, ical.PropDateTimeStart, "19700101T000000")
	set(standard, ical.PropTimezoneOffsetFrom, "+0000")
	set(standard, ical.PropTimezoneOffsetTo, "+0000")
	zone.Children = append(zone.Children, standard)
	return zone
}
