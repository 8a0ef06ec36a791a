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

// AsksOwner says whether any visits wait for the owner's yes.
func (b *Business) AsksOwner() bool {
	return len(b.Scheduling.Approval) > 0 || slices.ContainsFunc(b.Services, func(s Service) bool { return s.Approval })
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
