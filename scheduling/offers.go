package scheduling

import (
	"time"

	"fixly/business"
)

// Offered is what to offer a caller.
type Offered struct {
	// Slots are two or three open times, few when few are open: soonest first within each wanted interval, in the
	// order of the wanted intervals.
	Slots []Slot
	// Refusal says why nothing wanted is open; nil when Slots are of what was wanted. Slots are then its Alternatives.
	Refusal *Refusal
}

// defaultOffers is how many times are offered when the query doesn't say; a listener keeps no more in mind.
const defaultOffers = 3

// Offers chooses the times to offer for a query, at most q.Limit (0: three): from what is wanted, or else the nearest
// to it. The windows are distinct and well apart, on the hour where that is open, and the slots can all be held at
// once. From and To without Wanted are what is wanted; with it, they bound the alternatives too. It is pure.
func Offers(b *business.Business, busy []Busy, now time.Time, q Query) Offered {
	if len(q.Wanted) == 0 && !(q.From.IsZero() && q.To.IsZero()) {
		q.Wanted = []Interval{{q.From, q.To}}
		q.From, q.To = time.Time{}, time.Time{}
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultOffers
	}
	q.Limit = 0

	s, ok := newSearch(b, now, q)
	if !ok {
		return refused(UnknownService, q.firstWanted(), nil)
	}
	techs := s.team(q.Technician, busy)
	if len(techs) == 0 {
		return refused(NobodySkilled, q.firstWanted(), nil)
	}
	p := picker{search: s, limit: limit}
	if slots := s.all(techs, busy); len(slots) > 0 {
		return Offered{Slots: p.spread(s.byPreference(slots))}
	}
	reason, wanted := s.whyNotAny(techs)
	s.q.Wanted = nil
	s.rewind(techs)
	return refused(reason, wanted, p.nearest(s.all(techs, busy), q.Wanted))
}

func refused(r Reason, wanted Interval, alternatives []Slot) Offered {
	return Offered{Slots: alternatives, Refusal: &Refusal{Reason: r, Wanted: wanted, Alternatives: alternatives}}
}

func (q *Query) firstWanted() Interval {
	if len(q.Wanted) == 0 {
		return Interval{}
	}
	return q.Wanted[0]
}

// whyNotAny finds the wanted interval that is nearest to being open, and why it isn't.
func (s *search) whyNotAny(techs []technician) (Reason, Interval) {
	wanted := s.q.Wanted
	if len(wanted) == 0 {
		wanted = []Interval{{}}
	}
	reason, of := Reason(""), wanted[0]
	for _, w := range wanted {
		if r := s.whyNot(w, techs); reason == "" || nearness[r] > nearness[reason] {
			reason, of = r, w
		}
	}
	return reason, of
}

// byPreference sorts slots into one group for each wanted interval; a slot that lies in several is of the first.
func (s *search) byPreference(slots []Slot) [][]Slot {
	if len(s.q.Wanted) == 0 {
		return [][]Slot{slots}
	}
	groups := make([][]Slot, len(s.q.Wanted))
	for _, slot := range slots {
		for i, w := range s.q.Wanted {
			if s.suits(w, slot.Start) {
				groups[i] = append(groups[i], slot)
				break
			}
		}
	}
	return groups
}
