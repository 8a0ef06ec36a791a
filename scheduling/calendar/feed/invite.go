package feed

import (
	"cmp"
	"fmt"
	"io"

	"fixly/business"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/icalendar"
)

// Method is what a calendar app is to do with an event (RFC 5546 section 1.4).
type Method string

// The methods. An e-mail with one attached says it in the attachment's type, too: text/calendar; method=REQUEST.
const (
	Publish Method = "PUBLISH" // show it
	Request Method = "REQUEST" // put it into the calendar, or change it there
	Cancel  Method = "CANCEL"  // take it out
)

// Invitation is how a visit is told to the customer.
type Invitation struct {
	Method Method
	Email  string // the customer's
	// In the customer's language. Title is the service and the shop when it is empty.
	Title, Notes string
}

// Invite writes a job's visits as an iCalendar to be attached to an e-mail to the customer, and gives the method that it
// has: where the shop's address of e-mail or the customer's is not known, nobody invites or is invited, and a request is
// published instead. The events are the same as in the feed, by UID and SEQUENCE; a later one replaces an earlier one.
func Invite(w io.Writer, b *business.Business, j *scheduling.Job, i Invitation) (Method, error) {
	owner := b.Profile.Owner.Email
	if i.Method == Request && (owner == "" || i.Email == "") {
		i.Method = Publish
	}
	cal := newCalendar(i.Method)
	cal.Children = append(cal.Children, i.event(b, j, 0))
	if err := icalendar.Write(w, cal); err != nil {
		return "", fmt.Errorf("feed: write an invitation: %w", err)
	}
	return i.Method, nil
}

// event is a visit of a job as an event for the customer.
func (i *Invitation) event(b *business.Business, j *scheduling.Job, part int) *icalendar.Component {
	shown := calendar.EventOf(b, "", j, part)
	e := visit(j, &shown)
	if i.Method == Cancel {
		e.Set("STATUS", "CANCELLED") // which a request to take it out has to say, section 3.2.5
	}
	e.SetText("SUMMARY", cmp.Or(i.Title, j.Service+", "+b.Profile.Name))
	e.SetText("LOCATION", shown.Place)
	e.SetText("DESCRIPTION", i.Notes)
	if owner := b.Profile.Owner.Email; owner != "" {
		e.Set("ORGANIZER", "mailto:"+owner, "CN", b.Profile.Name)
		if i.Email != "" && i.Method != Publish { // what is published is for no one in particular, section 3.2.1
			// They said yes when they booked: apps are not to ask again.
			e.Set("ATTENDEE", "mailto:"+i.Email, "CN", cmp.Or(j.Customer.Name, i.Email), "ROLE", "REQ-PARTICIPANT", "PARTSTAT", "ACCEPTED", "RSVP", "FALSE")
		}
	}
	return e
}
