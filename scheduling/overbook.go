package scheduling

import (
	"time"

	"fixly/business"
)

// overbooked lists the times at which an emergency may be put over routine jobs: where the shop wants that, nobody is
// free within the time it sets, and the jobs have not begun. None otherwise.
func (s *search) overbooked(busy []Busy) []Slot {
	over, techs, ok := s.overbooking(busy)
	if !ok {
		return nil
	}
	slots := over.open(techs)
	for i := range slots {
		slots[i].Over = true
	}
	return slots
}

// overAt is the slot over routine jobs at one start, if there may be one.
func (s *search) overAt(busy []Busy, start time.Time) (Slot, bool) {
	over, techs, ok := s.overbooking(busy)
	if !ok || start.After(over.latest) || over.crowded(start) != "" {
		return Slot{}, false
	}
	over.lookAt(techs, start)
	t := over.choose(techs, start)
	if t == nil {
		return Slot{}, false
	}
	slot := over.slot(t, start)
	slot.Over = true
	return slot, true
}

// overbooking is the search for times over routine jobs, with the technicians as if those jobs were not there; false when
// there is to be none, somebody being free soon enough.
func (s *search) overbooking(busy []Busy) (*search, []technician, bool) {
	e := &s.b.Emergencies
	if !s.emergency || !e.Overbook {
		return nil, nil, false
	}
	within := s.now.Add(e.OverbookWithin.Std())
	free := *s
	free.q = Query{Service: s.q.Service, Also: s.q.Also, Emergency: true, Limit: 1}
	free.latest = earlier(s.latest, within)
	if len(free.open(free.team("", busy))) > 0 {
		return nil, nil, false
	}
	over := *s
	over.latest = free.latest
	left := make([]Busy, 0, len(busy))
	for _, stretch := range busy {
		if !yields(stretch, s.now) {
			left = append(left, stretch)
		}
	}
	return &over, over.team(s.q.Technician, left), true
}

// yields says whether a stretch makes way for an emergency: a routine job's that has not begun. Nobody is called away from
// a customer.
func yields(b Busy, now time.Time) bool { return b.Yields && b.From.After(now) }

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// displaced are the ids of the jobs whose time a slot takes.
func displaced(b *business.Business, busy []Busy, slot Slot, now time.Time) []string {
	var out []string
	seen := map[string]bool{}
	for _, want := range wouldTake(b, slot) {
		for _, stretch := range busy {
			if yields(stretch, now) && want.meets(stretch) && !seen[stretch.Visit] {
				seen[stretch.Visit] = true
				out = append(out, stretch.Visit)
			}
		}
	}
	return out
}
