package scheduling

import (
	"iter"
	"time"

	"fixly/business"
)

// Open lists the open times for a query, soonest first: one slot per start, with the technician who should have it.
// busy need not be in order; what is in it of others than the skilled technicians is ignored. Nothing is listed for a
// service that the business doesn't have or nobody can do. It is pure.
//
// A start lies on the half hour (on the quarter hour for emergencies) or at the beginning of the opening hours, the
// whole visit lies within one stretch of them, and the technician is free for the visit and the travel buffer
// after it. Notice and horizon are counted from now. Emergencies, where the business accepts them, begin as soon as
// someone can be there, at any hour.
func Open(b *business.Business, busy []Busy, now time.Time, q Query) []Slot {
	s, ok := newSearch(b, now, q)
	if !ok {
		return nil
	}
	return s.open(technicians(b, s.services(), q.Technician, busy))
}

// search is a query with the rules of the business worked out.
type search struct {
	b         *business.Business
	q         Query
	service   *business.Service
	also      []*business.Service // done in the same visit
	emergency bool
	anyway    bool      // the rules that yield to the owner's word are not asked
	now       time.Time // in the shop's zone
	// Starts lie within both: the rules' bounds, and what the query asks for.
	earliest, latest time.Time // by notice and horizon; both may be starts

	driving *driving // nil: not planned
}

// emergencyLead is the least time in which a technician is promised for an emergency.
const emergencyLead = 15 * time.Minute

func newSearch(b *business.Business, now time.Time, q Query) (*search, bool) {
	s := &search{b: b, q: q, service: b.Service(q.Service), now: now.In(b.Location())}
	if s.service == nil {
		return nil, false
	}
	for _, name := range q.Also {
		more := b.Service(name)
		if more == nil || more == s.service || len(skilledFor(b, append(s.services(), more))) == 0 {
			continue // somebody else's work: it takes a visit of its own
		}
		s.also = append(s.also, more)
	}
	s.emergency = q.Emergency && b.Emergencies.Accepted
	notice := b.Scheduling.Notice.Std()
	if s.emergency { // the usual notice, or the time of a drive where that is less
		notice = max(emergencyLead, min(notice, b.Scheduling.TravelBuffer.Std()))
	}
	s.earliest = s.now.Add(notice)
	s.latest = s.now.Add(b.Scheduling.Horizon.Std())
	s.driving = newDriving(b, q)
	return s, true
}

// duration is how long the visit takes, block how long it keeps the technician.
func (s *search) duration() time.Duration {
	sum := time.Duration(0)
	for _, x := range s.services() {
		sum += x.Duration.Std()
	}
	return sum
}

// services are all that is done in the visit.
func (s *search) services() []*business.Service {
	return append([]*business.Service{s.service}, s.also...)
}

func (s *search) block() time.Duration { return s.duration() + s.b.Scheduling.TravelBuffer.Std() }

func (s *search) open(techs []technician) []Slot {
	if len(techs) == 0 {
		return nil
	}
	from, to := s.earliest, s.latest
	if s.q.From.After(from) {
		from = s.q.From
	}
	if !s.q.To.IsZero() && s.q.To.Before(to) {
		to = s.q.To.Add(-1) // the query's end is no start
	}
	var out []Slot
	var dayEnds time.Time
	for start := range s.starts(from, to) {
		if !s.q.asksFor(start) {
			continue
		}
		if !start.Before(dayEnds) {
			day := midnight(start)
			dayEnds = midnight(noon(day).AddDate(0, 0, 1))
			for i := range techs {
				techs[i].lookAt(day, dayEnds)
			}
		}
		if t := s.choose(techs, start); t != nil {
			out = append(out, Slot{Technician: t.name, Start: start, End: start.Add(s.duration())})
			s.noteAdded(t, start)
			if len(out) == s.q.Limit {
				break
			}
		}
	}
	return out
}

// choose picks who should have a visit, of those who work then and are free; nil when nobody does and is.
func (s *search) choose(techs []technician, start time.Time) *technician {
	var best *technician
	for i := range techs {
		if t := &techs[i]; s.can(t, start) && (best == nil || s.rather(t, best, start)) {
			best = t
		}
	}
	return best
}

// can says whether a technician works when a visit would be, is free, and can drive there and on in time.
func (s *search) can(t *technician, start time.Time) bool {
	return t.free(start, start.Add(s.block())) && s.onDuty(t, start) && s.reaches(t, start)
}

func (s *search) onDuty(t *technician, start time.Time) bool {
	if s.anyway {
		return true
	}
	start = start.In(s.b.Location())
	return t.onDuty(start, start.Add(s.duration()), s.emergency)
}

// anyOnDuty says whether anybody who could do it works then, free or not.
func (s *search) anyOnDuty(techs []technician, start time.Time) bool {
	for i := range techs {
		if s.onDuty(&techs[i], start) {
			return true
		}
	}
	return false
}

// asksFor says whether a start is among the wanted and not among those to avoid.
func (q *Query) asksFor(start time.Time) bool {
	for _, a := range q.Avoid {
		if a.Contains(start) {
			return false
		}
	}
	return q.wants(start)
}

func (q *Query) wants(start time.Time) bool {
	for _, w := range q.Wanted {
		if w.Contains(start) {
			return true
		}
	}
	return len(q.Wanted) == 0
}

// starts gives the starts from from to to, both included, at which a visit keeps within the opening hours, in order.
func (s *search) starts(from, to time.Time) iter.Seq[time.Time] {
	if s.emergency {
		return s.startsAtAnyHour(from, to)
	}
	return func(yield func(time.Time) bool) {
		if to.Before(from) {
			return
		}
		for _, span := range openSpans(s.b, from, to) {
			for start := span.From; !start.Add(s.duration()).After(span.To) && !start.After(to); start = onGrid(start.Add(1), grid) {
				if !start.Before(from) && !yield(start) {
					return
				}
			}
		}
	}
}

func (s *search) startsAtAnyHour(from, to time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		for start := onGrid(from.In(s.b.Location()), emergencyGrid); !start.After(to); start = start.Add(emergencyGrid * time.Minute) {
			if !yield(start) {
				return
			}
		}
	}
}
