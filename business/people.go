package business

import (
	"slices"
	"time"
)

// IsBlocked says whether calls and texts from an E.164 number are turned away.
func (b *Business) IsBlocked(number string) bool { return slices.Contains(b.Answering.Blocked, number) }

// IsVIP says whether an E.164 number rings a person at once.
func (b *Business) IsVIP(number string) bool { return slices.Contains(b.Answering.VIP, number) }

// Reachable lists the people of the chain who take calls at now, in order: those of hours "always" at any time, those
// of hours "open" while the business is open.
func (b *Business) Reachable(now time.Time) []Person {
	open := b.IsOpen(now)
	var out []Person
	for _, p := range b.Answering.Chain {
		if open || p.Hours == HoursAlways {
			out = append(out, p)
		}
	}
	return out
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
		out = append(out, Person{
			Name: b.Profile.Owner.Name, Role: "owner", Phone: b.Profile.Owner.Phone, Hours: HoursAlways, Emergencies: true,
		})
	}
	return out
}
