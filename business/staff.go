package business

import "slices"

// Staff is somebody of the shop who says by text how work goes.
type Staff struct {
	Name  string
	Phone string // E.164
	Owner bool
	// Technician is the name in the team; empty for an owner who goes to no jobs.
	Technician string
}

// StaffByPhone is who of the shop texts from a number: the owner, or a technician whose own phone is known; nil for
// everybody else.
func (b *Business) StaffByPhone(number string) *Staff {
	if number == "" {
		return nil
	}
	s := &Staff{Phone: number}
	if number == b.Profile.Owner.Phone {
		s.Name, s.Owner = b.Profile.Owner.Name, true
	}
	for i := range b.Team {
		if m := &b.Team[i]; m.Phone == number || s.Owner && m.Name == s.Name {
			s.Name, s.Technician = m.Name, m.Name
			return s
		}
	}
	if !s.Owner {
		return nil
	}
	return s
}

// IsOurs says whether a number is the shop's own: one of its lines, or the phone of somebody who works there, is rung or
// takes turns on call.
func (b *Business) IsOurs(number string) bool {
	return b.LineByNumber(number) != nil || b.StaffByPhone(number) != nil || b.PersonByPhone(number) != nil ||
		slices.ContainsFunc(b.OnCallPlan.People, func(p OnCallPerson) bool { return p.Phone == number })
}
