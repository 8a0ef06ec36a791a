package flow

import (
	"strings"

	"fixly/business"
	"fixly/contact"
)

// summary is one line about what was wanted and what came of it, for the owner.
func summary(s *State, b *business.Business, callerID string) string {
	d := &s.Details
	var parts []string
	add := func(p string) {
		if p != "" {
			parts = append(parts, p)
		}
	}
	phone := d.Phone
	if phone == "" {
		phone = callerID
	}
	add(s.OptedOut.summary())
	switch {
	case s.Danger != "":
		add("DANGER: " + clip(s.Danger, 80))
	case s.About == "complaint":
		add("Complaint")
	case s.About == "billing":
		add("Billing question")
	case s.About == "late":
		add("Waiting for us")
	case s.About == "job_seeker":
		add("Looks for work")
	case d.Urgency == "emergency":
		add("EMERGENCY")
	}
	if s.Message != "" {
		message := quoted(clip(s.Message, 200), s.Language)
		if len(parts) == 0 {
			message = "Message: " + message // what kind it is stands before it otherwise
		}
		add(message)
	} else {
		add(d.Service)
		if !strings.EqualFold(d.Problem, d.Service) {
			add(quoted(clip(d.Problem, 100), d.WordsIn))
		}
		for _, w := range d.Also {
			add("also " + w.Service)
		}
		add(d.notes())
	}
	if s.About == "complaint" || s.About == "billing" {
		add(s.LastVisit)
	}
	add(d.Name)
	if phone != "" && (len(parts) > 0 || d.Phone != "") {
		number := contact.National(phone)
		if d.Extension != "" && phone == d.Phone {
			number += " ext. " + d.Extension
		}
		add(number)
	}
	if d.Address.Line1 != "" || d.Address.ZIP != "" || d.Address.City != "" {
		add(oneLine(d.Address))
	}
	if s.ByText && s.Booked == nil {
		add("asked for the address by text")
	}
	if s.Booked != nil {
		add(s.Booked.Slot.Start.In(b.Location()).Format("Mon Jan 2 3:04 PM"))
	}
	return strings.Join(parts, " · ")
}

// oneLine writes an address in one line, as far as it is known.
func oneLine(a contact.Address) string {
	line := a.Line1
	if a.Unit != "" {
		line += ", " + a.Unit
	}
	if a.City != "" {
		if line != "" {
			line += ", "
		}
		line += a.City
	}
	return strings.TrimSpace(line + " " + a.ZIP)
}
