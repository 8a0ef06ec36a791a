package business

import (
	"slices"
	"strings"
	"time"
)

// Location is the shop's zone. Parse guarantees that it exists.
func (b *Business) Location() *time.Location {
	if b.loc == nil {
		l, err := time.LoadLocation(b.Profile.Timezone)
		if err != nil {
			return time.UTC
		}
		return l
	}
	return b.loc
}

// Service finds a service by its name, or nil.
func (b *Business) Service(name string) *Service {
	for i := range b.Services {
		if strings.EqualFold(b.Services[i].Name, name) {
			return &b.Services[i]
		}
	}
	return nil
}

// Skilled lists the technicians who can do a service, in the order of the team.
func (b *Business) Skilled(s *Service) []Member {
	var out []Member
	for _, m := range b.Team {
		if slices.Contains(m.Skills, s.Skill) {
			out = append(out, m)
		}
	}
	return out
}

// InArea says whether the shop goes to a ZIP code (the first five digits count).
func (b *Business) InArea(zip string) bool {
	if len(zip) > 5 {
		zip = zip[:5]
	}
	return slices.Contains(b.ServiceArea.ZIPs, zip)
}

// LineByNumber finds the line with an E.164 number, or nil.
func (b *Business) LineByNumber(number string) *Line {
	for i := range b.Lines {
		if b.Lines[i].Number == number {
			return &b.Lines[i]
		}
	}
	return nil
}

// Span is a half-open stretch of instants, From <= t < To.
type Span struct{ From, To time.Time }

// OpenOn gives the opening hours of the day that holds t in the shop's zone, in order; none when closed.
// Wall-clock times are resolved in the zone, so days on which clocks change keep their posted hours.
func (b *Business) OpenOn(t time.Time) []Span {
	t = t.In(b.Location())
	if slices.Contains(b.Hours.Closed, t.Format(time.DateOnly)) {
		return nil
	}
	var out []Span
	for _, s := range b.Hours.Weekday(t.Weekday()) {
		from, to, err := ParseSpan(s)
		if err != nil {
			continue // Parse refused such a file
		}
		y, m, d := t.Date()
		out = append(out, Span{
			time.Date(y, m, d, 0, from, 0, 0, t.Location()),
			time.Date(y, m, d, 0, to, 0, 0, t.Location()),
		})
	}
	return out
}

// IsOpen says whether the shop is open at t.
func (b *Business) IsOpen(t time.Time) bool {
	for _, s := range b.OpenOn(t) {
		if !t.Before(s.From) && t.Before(s.To) {
			return true
		}
	}
	return false
}

// Weekday gives the spans of a weekday.
func (h *Hours) Weekday(d time.Weekday) []string {
	return [...][]string{h.Sun, h.Mon, h.Tue, h.Wed, h.Thu, h.Fri, h.Sat}[d]
}

// OnCall lists the people of the chain to alert about an emergency, in order; the owner when nobody is marked.
func (b *Business) OnCall() []Person {
	var out []Person
	for _, p := range b.Answering.Chain {
		if p.Emergencies {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		out = append(out, Person{Name: b.Profile.Owner.Name, Role: "owner", Phone: b.Profile.Owner.Phone, Hours: "always", Emergencies: true})
	}
	return out
}
