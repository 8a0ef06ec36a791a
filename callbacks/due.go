package callbacks

import (
	"slices"
	"time"

	"fixly/business"
	"fixly/scheduling"
)

// Due is by when a caller who was not served at an instant is to be called back: an emergency at any hour, anybody else
// once somebody takes calls and the caller's rest is over.
func Due(b *business.Business, urgency scheduling.Urgency, at time.Time) time.Time {
	emergency := urgency == scheduling.Emergency
	if !emergency {
		at = CallTime(b, at)
	}
	return at.Add(b.Callbacks.DueIn(emergency))
}

// ahead is how many days are looked through for one on which somebody takes calls.
const ahead = 14

// CallTime is the first instant from at on at which a customer may be called: outside the quiet hours, and when somebody
// of the chain takes calls; the owner does where there is no chain.
func CallTime(b *business.Business, at time.Time) time.Time {
	fits := func(t time.Time) bool {
		return !b.QuietHours(t) && (len(b.Answering.Chain) == 0 || len(b.Reachable(t)) > 0)
	}
	first := b.NextAllowed(at)
	if fits(first) {
		return first
	}
	day := first.In(b.Location())
	for i := range ahead {
		for _, span := range b.OpenOn(day.AddDate(0, 0, i)) {
			if t := b.NextAllowed(later(span.From, at)); t.Before(span.To) && fits(t) {
				return t
			}
		}
	}
	return first // nobody ever takes calls: then it is a matter of the quiet hours alone
}

// ownerOf is who has a callback that came up at an instant.
func ownerOf(b *business.Business, urgency scheduling.Urgency, at time.Time) Person {
	if p := b.PersonNamed(b.Callbacks.Owner); p != nil {
		return Person{p.Name, p.Phone}
	}
	if urgency == scheduling.Emergency {
		p := b.OnCallAt(at)[0]
		return Person{p.Name, p.Phone}
	}
	if now := b.Reachable(CallTime(b, at)); len(now) > 0 {
		return Person{now[0].Name, now[0].Phone}
	}
	return Person{b.Profile.Owner.Name, b.Profile.Owner.Phone}
}

// backupOf is who is told when somebody did not call back in time; the same person again where there is nobody else.
func backupOf(b *business.Business, owner Person) Person {
	if p := b.PersonNamed(b.Callbacks.Backup); p != nil && p.Phone != owner.Phone {
		return Person{p.Name, p.Phone}
	}
	next := 0
	for i, p := range b.Answering.Chain {
		if p.Phone == owner.Phone {
			next = i + 1
		}
	}
	for i := range b.Answering.Chain {
		if p := b.Answering.Chain[(next+i)%len(b.Answering.Chain)]; p.Phone != owner.Phone {
			return Person{p.Name, p.Phone}
		}
	}
	if o := b.Profile.Owner; o.Phone != owner.Phone {
		return Person{o.Name, o.Phone}
	}
	return owner
}

// whoIsTold lists who is told of a call that was not returned in time, as far as they can be reached: the backup, then the
// shop's owner, who has it, and everybody of the chain.
func whoIsTold(b *business.Business, owner Person) []Person {
	all := []Person{backupOf(b, owner), {b.Profile.Owner.Name, b.Profile.Owner.Phone}, owner}
	for _, p := range b.Answering.Chain {
		all = append(all, Person{p.Name, p.Phone})
	}
	var out []Person
	for _, p := range all {
		if p.Phone != "" && !slices.ContainsFunc(out, func(o Person) bool { return o.Phone == p.Phone }) {
			out = append(out, p)
		}
	}
	return out
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
