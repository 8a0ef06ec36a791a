package business

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// IsBlocked says whether calls and texts from an E.164 number are turned away.
func (b *Business) IsBlocked(number string) bool { return slices.Contains(b.Answering.Blocked, number) }

// IsVIP says whether an E.164 number rings a person at once.
func (b *Business) IsVIP(number string) bool { return slices.Contains(b.Answering.VIP, number) }

// IsBypass says whether an E.164 number rings everybody at once, whatever the plan.
func (b *Business) IsBypass(number string) bool { return slices.Contains(b.Answering.Bypass, number) }

// Reachable lists the people of the chain who take calls at now, in order.
func (b *Business) Reachable(now time.Time) []Person {
	var out []Person
	for _, p := range b.Answering.Chain {
		if b.Fits(cmp.Or(p.Hours, HoursOpen), now) {
			out = append(out, p)
		}
	}
	return out
}

// PersonByPhone finds a person of the chain by their E.164 number; nil when it is nobody's.
func (b *Business) PersonByPhone(number string) *Person {
	for i := range b.Answering.Chain {
		if b.Answering.Chain[i].Phone == number {
			return &b.Answering.Chain[i]
		}
	}
	return nil
}

// HasPerson says whether an E.164 number is that of somebody whom callers may be put through to: of the chain, on call, or the
// owner.
func (b *Business) HasPerson(number string) bool {
	if number == "" {
		return false
	}
	return number == b.Profile.Owner.Phone || b.PersonByPhone(number) != nil ||
		slices.ContainsFunc(b.OnCallPlan.People, func(p OnCallPerson) bool { return p.Phone == number })
}

// RingFor is how many seconds a phone rings: the person's own, or else as long as everybody's, 5 to 60.
func (b *Business) RingFor(number string) int {
	seconds := b.Answering.RingSeconds
	if p := b.PersonByPhone(number); p != nil && p.Seconds != 0 {
		seconds = p.Seconds
	}
	if seconds == 0 {
		seconds = defaultRingSeconds
	}
	return min(max(seconds, 5), 60)
}

// Takes says whether the person is named for a topic.
func (p *Person) Takes(topic string) bool {
	return slices.ContainsFunc(p.Topics, func(t string) bool { return strings.EqualFold(t, topic) })
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

// PersonNamed finds someone of the chain by name, in any case; nil when there is nobody.
func (b *Business) PersonNamed(name string) *Person {
	for i := range b.Answering.Chain {
		if strings.EqualFold(b.Answering.Chain[i].Name, strings.TrimSpace(name)) {
			return &b.Answering.Chain[i]
		}
	}
	return nil
}
