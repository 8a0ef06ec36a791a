package scheduling

import (
	"sort"
	"time"

	"fixly/business"
	"fixly/scheduling/travel"
)

// Roads says how long a drive between two ZIPs takes, from door to door; false where it doesn't know. It is asked in the
// middle of a call, so it answers from memory.
type Roads interface {
	Drive(from, to string) (time.Duration, bool)
}

// estimated are roads as package travel estimates them.
type estimated struct{}

func (estimated) Drive(from, to string) (time.Duration, bool) { return travel.Drive(from, to) }

// driving is what it takes to drive to one customer and on from there.
//
// A visit is reached from the one before it, and the one after it from there, if as much time lies between them as the
// drive takes; the travel buffer is kept in any case, and is all that is asked for where the place of one of them isn't
// known. Who leaves from home does so up to a travel buffer before the day begins (technician.dayBegins), so only a longer
// drive makes the first visit later. It holds for everybody of the crew, on each day.
type driving struct {
	roads  Roads
	buffer time.Duration // the travel buffer, which every busy stretch includes at its end
	zip    string        // the customer's
	added  map[int64]time.Duration
	anyhow bool // drives are compared, but none makes a visit impossible
}

// newDriving is nil where the shop doesn't plan the driving, or it isn't known where the customer is.
func newDriving(b *business.Business, q Query) *driving {
	if !b.Scheduling.PlanDriving {
		return nil
	}
	d := &driving{roads: q.roads, buffer: b.Scheduling.TravelBuffer.Std(), zip: q.ZIP, added: map[int64]time.Duration{}}
	if d.roads == nil {
		d.roads = estimated{}
	}
	if _, known := d.roads.Drive(q.ZIP, q.ZIP); !known {
		return nil
	}
	return d
}

// leg is how long a drive takes, a travel buffer where that isn't known.
func (d *driving) leg(from, to string) time.Duration {
	if from != "" {
		if drive, known := d.roads.Drive(from, to); known {
			return drive
		}
	}
	return d.buffer
}

// over is how much longer than the travel buffer a drive takes.
func (d *driving) over(drive time.Duration) time.Duration { return max(0, drive-d.buffer) }

// stop is a visit at a known place. Its drives are asked for once in a search.
type stop struct {
	From, To   time.Time // as in Busy
	ZIP        string
	asked      bool
	here, away time.Duration // from it to the customer, and back
	onward     time.Duration // to the stop after it on its date, or home
	fromHome   time.Duration // to it from home
}

// journeys are the known places of a technician's days.
type journeys struct {
	home  string // ZIP
	stops []stop // by From

	asked            bool
	fromHome, toHome time.Duration // to the customer and back

	start time.Time     // of the visit that was last looked at
	added time.Duration // what it adds
}

// around gives the stops before and after a start; nil where there is none.
func (j *journeys) around(start time.Time) (before, after *stop) {
	i := sort.Search(len(j.stops), func(i int) bool { return !j.stops[i].From.Before(start) })
	if i > 0 {
		before = &j.stops[i-1]
	}
	if i < len(j.stops) {
		after = &j.stops[i]
	}
	return before, after
}

// ask fills in the drives of stops, those that there are.
func (s *search) ask(j *journeys, of ...*stop) {
	d := s.driving
	for _, x := range of {
		if x == nil || x.asked {
			continue
		}
		x.asked = true
		x.here, x.away, x.fromHome = d.leg(x.ZIP, d.zip), d.leg(d.zip, x.ZIP), d.leg(j.home, x.ZIP)
		to := j.home
		if _, next := j.around(x.From.Add(1)); next != nil && s.sameDate(x.From, next.From) {
			to = next.ZIP
		}
		x.onward = d.leg(x.ZIP, to)
	}
	if !j.asked {
		j.asked, j.fromHome, j.toHome = true, d.leg(j.home, d.zip), d.leg(d.zip, j.home)
	}
}

func (s *search) sameDate(a, b time.Time) bool {
	return sameDate(a.In(s.b.Location()), b.In(s.b.Location()))
}

// reaches says whether somebody of the crew can drive to a visit in time, and on to the next from it. atAnyHour: they leave
// home for it at any hour.
func (s *search) reaches(t *technician, visit Interval, atAnyHour bool) bool {
	d := s.driving
	if d == nil || d.anyhow || s.anyway {
		return true
	}
	before, after := t.around(visit.From)
	s.ask(&t.journeys, before, after)
	if before != nil && visit.From.Before(before.To.Add(d.over(before.here))) {
		return false
	}
	if after != nil && after.From.Before(visit.To.Add(d.buffer+d.over(after.away))) {
		return false
	}
	if late := d.over(t.fromHome); late > 0 && !atAnyHour && (before == nil || !s.sameDate(before.From, visit.From)) {
		return !visit.From.Before(t.dayBegins(visit.From).Add(late))
	}
	return true
}

// delayOf is how much later than their day begins somebody can be at the customer's, for a long drive from home, in full quarters of
// an hour.
func (s *search) delayOf(t *technician) time.Duration {
	if s.days == 1 || s.driving == nil || s.driving.anyhow || s.anyway {
		return 0
	}
	s.ask(&t.journeys)
	const quarter = emergencyGrid * time.Minute
	return (s.driving.over(t.fromHome) + quarter - 1).Truncate(quarter)
}

// addedTo is how much more a technician would drive on a date for a visit: there from the stop before or from home, on
// to the stop after or home, less the drive that this replaces.
func (s *search) addedTo(t *technician, start time.Time) time.Duration {
	if start.Equal(t.start) {
		return t.added
	}
	before, after := t.around(start)
	if before != nil && !s.sameDate(before.From, start) {
		before = nil
	}
	if after != nil && !s.sameDate(after.From, start) {
		after = nil
	}
	s.ask(&t.journeys, before, after)
	added := t.fromHome
	switch {
	case before != nil:
		added = before.here - before.onward
	case after != nil:
		added -= after.fromHome
	}
	if after != nil {
		added += after.away
	} else {
		added += t.toHome
	}
	t.start, t.added = start, max(0, added)
	return t.added
}

// alike is how little two amounts of driving may differ to count as the same: estimates are no better than that.
const alike = 5 * time.Minute

// rather says whether t should have a visit that both could do: who has to drive less for it, where the driving is
// planned; then who has fewer visits that day; then who can do fewer kinds of work. Otherwise as technician.rather says.
func (s *search) rather(t, other *technician, start time.Time) bool {
	if s.driving == nil {
		return t.rather(other)
	}
	a, b := s.addedTo(t, start).Round(alike), s.addedTo(other, start).Round(alike)
	switch {
	case a != b:
		return a < b
	case t.today != other.today:
		return t.today < other.today
	}
	return t.versatility < other.versatility
}

// noteAdded keeps what a slot adds to the driving, for choosing among slots.
func (s *search) noteAdded(t *technician, start time.Time) {
	if s.driving != nil {
		s.driving.added[start.Unix()] = s.addedTo(t, start).Round(alike)
	}
}

// addedBy is what a slot that was found open adds to the driving; 0 where that isn't planned.
func (s *search) addedBy(slot Slot) time.Duration {
	if s.driving == nil {
		return 0
	}
	return s.driving.added[slot.Start.Unix()]
}

// promised lets a start that was offered be booked, however long the drive: it was offered before the address was known,
// and the arrival window has room that the calendar hasn't. It says whether that makes a difference.
func (s *search) promised(w wish) bool {
	if s.driving == nil || w.Holder == "" && w.offeredAt.IsZero() {
		return false
	}
	s.driving.anyhow = true
	return true
}

// leeway is how much later than the first of equally suitable times one is offered because less is driven for it.
const leeway = 3 * time.Hour

// nearer prefers to a slot another of its group, on its date and within the leeway, that suits as well and adds less
// driving. Who asks for one time without saying when gets the soonest.
func (p *picker) nearer(pick Slot, group []Slot) Slot {
	if p.driving == nil || p.emergency || p.limit == 1 && len(p.q.Wanted) == 0 {
		return pick
	}
	best := pick
	for _, slot := range group {
		if slot.Start.Before(pick.Start) || onTheHour(slot) != onTheHour(pick) || !p.distinct(slot) {
			continue
		}
		if slot.Start.Sub(pick.Start) > leeway || !sameDate(slot.Start, pick.Start) {
			break
		}
		if p.addedBy(slot) < p.addedBy(best) {
			best = slot
		}
	}
	return best
}
