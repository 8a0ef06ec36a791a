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
// A start lies on the half hour (on the quarter hour for emergencies) or at the beginning of the opening hours, or with
// one of the shop's arrival windows where it has any. The whole visit lies within one stretch of the opening hours, and
// all of the crew are free for the visit and the travel buffer after it, on each of its days. No window and no day has
// more visits than it may. Notice and horizon are counted from now. Emergencies, where the business accepts them, begin
// as soon as someone can be there, at any hour and whatever the number of visits; see overbooked for when nobody can.
func Open(b *business.Business, busy []Busy, now time.Time, q Query) []Slot {
	s, ok := newSearch(b, now, q)
	if !ok {
		return nil
	}
	return s.all(s.team(q.Technician, busy), busy)
}

// all lists the open times, those over routine jobs first: they are the sooner ones.
func (s *search) all(techs []technician, busy []Busy) []Slot {
	out := append(s.overbooked(busy), s.open(techs)...)
	if s.q.Limit > 0 && len(out) > s.q.Limit {
		out = out[:s.q.Limit]
	}
	return out
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

	crew     int           // how many go there
	days     int           // on how many days
	duration time.Duration // of the visit, on each day where there are several
	helpers  []technician  // who may go along; none where one goes alone
	load     load          // how many visits there are
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
		if more == nil || more == s.service || more.WorkingDays() > 1 || s.service.WorkingDays() > 1 ||
			len(skilledFor(b, append(s.services(), more))) == 0 {
			continue // somebody else's work: it takes a visit of its own
		}
		s.also = append(s.also, more)
	}
	s.days = s.service.WorkingDays()
	for _, x := range s.services() {
		s.crew = max(s.crew, x.CrewSize())
		s.duration += x.Duration.Std()
	}
	if s.days == 1 {
		s.duration = max(s.duration, q.Lasting)
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

// team lists who could do the work, and notes who could help and how many visits there are.
func (s *search) team(only string, busy []Busy) []technician {
	techs := technicians(s.b, s.services(), only, busy)
	s.helpers = nil
	if s.crew > 1 {
		s.helpers = helpers(s.b, busy)
	}
	s.load = newLoad(s.b, busy)
	return techs
}

// services are all that is done in the visit.
func (s *search) services() []*business.Service {
	return append([]*business.Service{s.service}, s.also...)
}

// block is how long a visit keeps the technician.
func (s *search) block() time.Duration { return s.duration + s.b.Scheduling.TravelBuffer.Std() }

func (s *search) open(techs []technician) []Slot {
	if len(techs) == 0 {
		return nil
	}
	from, to := s.earliest, s.latest
	if s.q.From.After(from) {
		from = s.q.From
	}
	if !s.q.To.IsZero() && !s.q.To.After(to) {
		to = s.q.To.Add(-1) // the query's end is no start
	}
	var out []Slot
	var dayEnds time.Time
	for start := range s.starts(from, to) {
		if !s.asksFor(start) {
			continue
		}
		if !start.Before(dayEnds) {
			dayEnds = s.lookAt(techs, start)
		}
		if s.crowded(start) != "" {
			continue
		}
		if t := s.choose(techs, start); t != nil {
			out = append(out, s.slot(t, start))
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

// lookAt counts everyone's visits on the date of a start, and gives its end.
func (s *search) lookAt(techs []technician, start time.Time) time.Time {
	day := midnight(start)
	ends := midnight(noon(day).AddDate(0, 0, 1))
	for i := range techs {
		techs[i].lookAt(day, ends)
	}
	for i := range s.helpers {
		s.helpers[i].lookAt(day, ends)
	}
	return ends
}

// can says whether a technician works when a visit would be, is free, and can drive there and on in time: on each of its
// days, and with a helper where there must be one.
func (s *search) can(t *technician, start time.Time) bool {
	if !t.free(start, start.Add(s.block())) || !s.onDuty(t, start) || !s.reaches(t, s.first(start), s.emergency) || !s.uncapped() && t.capped(start) {
		return false
	}
	_, ok := s.crewOf(t, start)
	return ok
}

// crew is who goes along with a technician, and when.
type crew struct {
	visits []Interval
	delay  time.Duration // see Slot
	helper *technician   // nil: nobody goes along
}

// crewOf finds when a technician would do the work that begins at start, and who goes along: of all who can, whoever can do
// least else. It is false where there are not enough days for it, or the technician can't come on all of them, or nobody
// can go along; the first visit of the technician is not looked at.
func (s *search) crewOf(t *technician, start time.Time) (crew, bool) {
	if s.days == 1 && s.crew == 1 {
		return crew{visits: []Interval{s.first(start)}}, true
	}
	own := s.delayOf(t)
	alone := crew{visits: s.visits(t, start, own), delay: own}
	able := len(alone.visits) == s.days && s.freeLater(t, alone.visits)
	if s.crew == 1 {
		return alone, able
	}
	var best crew
	for i := range s.helpers {
		h := &s.helpers[i]
		if h.name == t.name || best.helper != nil && !h.rather(best.helper) {
			continue
		}
		c, ok := alone, able
		if delay := s.delayOf(h); delay > own {
			c = crew{visits: s.visits(t, start, delay), delay: delay}
			ok = len(c.visits) == s.days && s.freeLater(t, c.visits)
		}
		if ok && s.canHelp(h, c.visits) {
			c.helper = h
			best = c
		}
	}
	return best, best.helper != nil
}

// visits are the stretches in which a technician would do the work; nil where there are not enough days for it.
func (s *search) visits(t *technician, start time.Time, delay time.Duration) []Interval {
	if s.days == 1 {
		return []Interval{s.first(start)}
	}
	return visits(s.b, t, start, s.days, s.duration, delay)
}

// first is the visit that begins at start.
func (s *search) first(start time.Time) Interval { return Interval{start, start.Add(s.duration)} }

// freeLater says whether a technician is free on the days after the first, can drive there and on in time, and has room.
func (s *search) freeLater(t *technician, parts []Interval) bool {
	for _, part := range parts[1:] {
		if !t.freeAt(part.From, part.To.Add(s.b.Scheduling.TravelBuffer.Std())) || !s.reaches(t, part, false) || !s.uncapped() && t.capped(part.From) {
			return false
		}
	}
	return s.roomLater(parts)
}

// canHelp says whether somebody works at all of the visits, is free, and can drive there and on in time.
func (s *search) canHelp(h *technician, parts []Interval) bool {
	for i, part := range parts {
		atAnyHour := s.emergency && i == 0
		if !h.freeAt(part.From, part.To.Add(s.b.Scheduling.TravelBuffer.Std())) || !s.reaches(h, part, atAnyHour) || !s.uncapped() && h.capped(part.From) {
			return false
		}
		if s.anyway {
			continue
		}
		if !h.onDuty(part.From, part.To, atAnyHour) || !atAnyHour && part.From.Before(h.mayBegin(part.From)) {
			return false
		}
	}
	return true
}

func (s *search) onDuty(t *technician, start time.Time) bool {
	if s.anyway {
		return true
	}
	if !t.onDuty(start, start.Add(s.duration), s.emergency) {
		return false
	}
	return s.emergency || !start.Before(t.mayBegin(start))
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
func (s *search) asksFor(start time.Time) bool {
	for _, a := range s.q.Avoid {
		if a.Contains(start) {
			return false
		}
	}
	for _, w := range s.q.Wanted {
		if s.suits(w, start) {
			return true
		}
	}
	return len(s.q.Wanted) == 0
}

// suits says whether a visit that begins at start is what was wanted: it begins then, or its fixed window is the one that
// the wanted time lies in, as "at nine" lies in the one from eight to ten.
func (s *search) suits(w Interval, start time.Time) bool {
	if w.Contains(start) {
		return true
	}
	if !s.fixed() || w.From.IsZero() || w.To.IsZero() {
		return false
	}
	promised := Window(s.b, Slot{Start: start})
	return !w.From.Before(promised.From) && !w.To.After(promised.To)
}

// starts gives the starts from from to to, both included, at which a visit keeps within the opening hours, in order.
func (s *search) starts(from, to time.Time) iter.Seq[time.Time] {
	if s.emergency {
		return s.startsAtAnyHour(from, to)
	}
	if s.fixed() {
		return s.startsOfWindows(from, to)
	}
	return func(yield func(time.Time) bool) {
		if to.Before(from) {
			return
		}
		for _, span := range openSpans(s.b, from, to) {
			for start := span.From; !start.Add(s.duration).After(span.To) && !start.After(to); start = onGrid(start.Add(1), grid) {
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
