package calendar

import (
	"strings"

	"fixly/business"
	"fixly/contact"
	"fixly/scheduling"
)

// EventOf is a visit of a job as an appointment: in a technician's calendar, or in the one of the whole business when the
// technician is empty, where it says whose it is.
func EventOf(b *business.Business, technician string, j *scheduling.Job, part int) Event {
	visits := j.Visits()
	visit := visits[min(part, len(visits)-1)]
	return Event{
		Job: j.ID, Part: part, Title: title(technician, j), Place: place(j.Address), Notes: notes(b, j),
		Start: visit.From, End: visit.To, Tentative: j.Status == scheduling.StatusTentative,
	}
}

func title(technician string, j *scheduling.Job) string {
	s := j.Service
	if j.Customer.Name != "" {
		s += ", " + j.Customer.Name
	}
	if technician == "" {
		s = strings.Join(j.Slot.Crew(), " and ") + ": " + s
	}
	if j.Urgency == scheduling.Emergency {
		s = "Emergency: " + s
	}
	return printable(s)
}

// notes is what whoever goes there wants to know, a line each.
func notes(b *business.Business, j *scheduling.Job) string {
	var lines []string
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, name+value)
		}
	}
	add("", j.Problem)
	add("Phone: ", contact.National(j.Customer.Phone))
	zone := b.Location()
	add("Arrive between ", j.Slot.Start.In(zone).Format("3:04 PM")+" and "+j.WindowEnd.In(zone).Format("3:04 PM"))
	add("Technician: ", strings.Join(j.Slot.Crew(), " and "))
	return printable(strings.Join(lines, "\n"))
}

func place(a contact.Address) string {
	var parts []string
	for _, p := range []string{a.Line1, a.Unit, a.City, strings.TrimSpace(a.State + " " + a.ZIP)} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return printable(strings.Join(parts, ", "))
}

// printable takes out what iCalendar forbids in texts (RFC 5545 section 3.1): control characters other than line breaks.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}
