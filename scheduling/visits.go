package scheduling

import (
	"time"

	"fixly/business"
)

// longestPause is how many dates may lie between two days of the same work: a weekend, holidays around it. A house is not
// left half done for longer.
const longestPause = 6

// LongestWork is how many dates work of several days takes at most, from its first day on. Who looks for the visits of a
// date has to look as far back for where they began.
const LongestWork = business.MaxDays * (longestPause + 1)

// Visits are the stretches in which the work of a slot is done, in order: one, or one on each day. The days after the
// first are the next on which the technician works and the visit fits into the opening hours; it begins with them then, or as soon as the crew can be there.
// Days in between on which nobody could come are passed over.
func Visits(b *business.Business, slot Slot) []Interval {
	if slot.Days <= 1 {
		return []Interval{{slot.Start, slot.End}}
	}
	for i := range b.Team {
		if b.Team[i].Name == slot.Technician {
			t := newTechnician(b, &b.Team[i])
			return visits(b, &t, slot.Start, slot.Days, slot.Daily, slot.Delay)
		}
	}
	return []Interval{{slot.Start, slot.End}} // of the team no more: the business was edited meanwhile
}

// visits are those of work that begins at start; nil where there are not enough days for it.
func visits(b *business.Business, t *technician, start time.Time, days int, daily, delay time.Duration) []Interval {
	out := []Interval{{start, start.Add(daily)}}
	for len(out) < days {
		next, ok := nextVisit(b, t, out[len(out)-1], daily, delay)
		if !ok {
			return nil
		}
		out = append(out, next)
	}
	return out
}

// nextVisit is the visit on the next day on which a technician works and it fits: not before they could be back from the
// visit before, which may have gone on past midnight, and in no window that is kept for emergencies.
func nextVisit(b *business.Business, t *technician, before Interval, daily, delay time.Duration) (Interval, bool) {
	back := before.To.Add(b.Scheduling.TravelBuffer.Std())
	begins := t.mayBegin
	if delay > 0 {
		begins = t.dayBegins
	}
	day := noon(before.From.In(b.Location()))
	for range longestPause + 1 {
		day = day.AddDate(0, 0, 1)
		for _, span := range t.dutyWithin(b.OpenOn(day)) {
			start := afterEmergencies(b, later(back, later(span.From, begins(day).Add(delay))))
			end := start.Add(daily)
			if !end.After(span.To) && t.onDuty(start, end, false) {
				return Interval{start, end}, true
			}
		}
	}
	return Interval{}, false
}

// Visits are the stretches in which the work is done, in order: one, or one on each day.
func (j *Job) Visits() []Interval {
	if len(j.Parts) == 0 {
		return []Interval{{j.Slot.Start, j.Slot.End}}
	}
	return j.Parts
}

// Lasting is how long the job's visit takes: longer than its service does, where further work is done in it. 0 where it takes
// several days.
func (j *Job) Lasting() time.Duration {
	if len(j.Parts) > 1 {
		return 0
	}
	return j.Slot.End.Sub(j.Slot.Start)
}

// Crew is who goes there, the one with the skill first.
func (s *Slot) Crew() []string {
	if s.Helper == "" {
		return []string{s.Technician}
	}
	return []string{s.Technician, s.Helper}
}

// Takes says whether somebody is of the crew.
func (s *Slot) Takes(technician string) bool {
	return s.Technician == technician || s.Helper != "" && s.Helper == technician
}

// Taken is what a job takes of the calendar: each visit of each of the crew, with the buffer after it.
func (j *Job) Taken() []Busy {
	routine := j.Urgency == Routine && j.DisplacedBy == ""
	return taken(&j.Slot, j.Visits(), j.BusyUntil.Sub(j.Slot.End), Busy{Visit: j.ID, Yields: routine, ZIP: j.Address.ZIP})
}

// Taken is what a hold takes of the calendar, as a job does.
func (h *Hold) Taken() []Busy {
	parts := h.Parts
	if len(parts) == 0 {
		parts = []Interval{{h.Slot.Start, h.Slot.End}}
	}
	return taken(&h.Slot, parts, h.BusyUntil.Sub(h.Slot.End), Busy{Visit: h.ID})
}

func taken(slot *Slot, parts []Interval, buffer time.Duration, of Busy) []Busy {
	var out []Busy
	for _, name := range slot.Crew() {
		for _, part := range parts {
			of.Technician, of.From, of.To = name, part.From, part.To.Add(buffer)
			out = append(out, of)
		}
	}
	return out
}

// wouldTake is what a slot would take of the calendar.
func wouldTake(b *business.Business, slot Slot) []Busy {
	return taken(&slot, Visits(b, slot), b.Scheduling.TravelBuffer.Std(), Busy{})
}

// Collide says whether a slot can't be had besides a job: somebody would be in two places.
func Collide(b *business.Business, slot Slot, j *Job) bool {
	return overlap(wouldTake(b, slot), j.Taken())
}

// overlap says whether somebody is in both at once.
func overlap(some, others []Busy) bool {
	for _, a := range some {
		for _, o := range others {
			if a.meets(o) {
				return true
			}
		}
	}
	return false
}

// meets says whether two stretches keep the same technician at the same time.
func (b Busy) meets(o Busy) bool {
	same := b.Technician == o.Technician || b.Technician == "" || o.Technician == ""
	return same && b.From.Before(o.To) && o.From.Before(b.To)
}

// Without is what others leave of stretches: what of an overbooked job's time is still its own.
func Without(stretches, others []Busy) []Busy {
	left := stretches
	for _, o := range others {
		var next []Busy
		for _, s := range left {
			if !s.meets(o) {
				next = append(next, s)
				continue
			}
			if before := s; s.From.Before(o.From) {
				before.To = o.From
				next = append(next, before)
			}
			if after := s; o.To.Before(s.To) {
				after.From = o.To
				next = append(next, after)
			}
		}
		left = next
	}
	return left
}
