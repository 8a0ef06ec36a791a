package scheduling

import (
	"slices"
	"sort"
	"time"

	"fixly/business"
)

// technician is someone who could do the service, with what keeps them from it. Searches go forward in time, so each
// keeps its place in the busy list.
type technician struct {
	name        string
	versatility int         // how many of the shop's services they can do
	busy        []Busy      // by From, disjoint
	next        int         // the first of busy that has not ended at the time last looked at
	visits      []time.Time // when each busy stretch begins, in order
	today       int         // visits on the day last looked at
	journeys

	b      *business.Business
	member *business.Member
	zone   *time.Location  // their own
	date   time.Time       // the midnight, in their zone, of the date that duty is of
	duty   []business.Span // the hours on it and around it, where they are not the shop's
	off    bool            // a day off

	jobs   []time.Time // when each visit for a customer begins, in order; only where there is a cap on them
	dayOf  time.Time   // the midnight of the date that begins is of
	begins time.Time   // see dayBegins
}

// newTechnician is a member with nothing to do yet.
func newTechnician(b *business.Business, m *business.Member) technician {
	t := technician{name: m.Name, journeys: journeys{home: m.HomeZIP()}, b: b, member: m, zone: m.Location(b.Location())}
	for i := range b.Services {
		if slices.Contains(m.Skills, b.Services[i].Skill) {
			t.versatility++
		}
	}
	return t
}

// skilledFor lists who has the skills for all of some services, in the order of the team.
func skilledFor(b *business.Business, services []*business.Service) []business.Member {
	var out []business.Member
	for _, m := range b.Team {
		if !slices.ContainsFunc(services, func(s *business.Service) bool { return !slices.Contains(m.Skills, s.Skill) }) {
			out = append(out, m)
		}
	}
	return out
}

// technicians lists who has the skills for a visit, in the order of the team; only the one named, if any.
func technicians(b *business.Business, services []*business.Service, only string, busy []Busy) []technician {
	var out []technician
	for _, m := range skilledFor(b, services) {
		if only == "" || m.Name == only {
			out = append(out, newTechnician(b, &m))
		}
	}
	return withBusy(out, busy)
}

// helpers lists who may go along to a visit: the whole team.
func helpers(b *business.Business, busy []Busy) []technician {
	out := make([]technician, len(b.Team))
	for i := range b.Team {
		out[i] = newTechnician(b, &b.Team[i])
	}
	return withBusy(out, busy)
}

// withBusy gives each technician what keeps them.
func withBusy(out []technician, busy []Busy) []technician {
	number, of := make(map[string]int, 1+len(out)), make(map[string]int, len(out))
	for i := range busy {
		number[busy[i].Technician]++
	}
	for i := range out { // in one piece: lists that grow would keep the garbage collector busy
		of[out[i].name] = i
		out[i].busy = make([]Busy, 0, number[out[i].name]+number[""])
	}
	for _, stretch := range busy {
		if !stretch.From.Before(stretch.To) {
			continue
		}
		if stretch.Technician == "" {
			for i := range out {
				out[i].take(stretch)
			}
		} else if i, ok := of[stretch.Technician]; ok {
			out[i].take(stretch)
		}
	}
	for i := range out {
		out[i].prepare(out[i].b.Scheduling.PlanDriving)
	}
	return out
}

// take notes what keeps them.
func (t *technician) take(stretch Busy) {
	t.busy = append(t.busy, stretch)
	if t.member.DailyCap > 0 && stretch.Visit != "" {
		t.jobs = append(t.jobs, stretch.From)
	}
}

// prepare sorts the busy list and joins what overlaps; where the driving is planned, it notes the places before that.
func (t *technician) prepare(planned bool) {
	slices.SortFunc(t.busy, func(a, b Busy) int { return a.From.Compare(b.From) })
	slices.SortFunc(t.jobs, time.Time.Compare)
	t.visits = make([]time.Time, len(t.busy))
	if planned {
		t.stops = make([]stop, 0, len(t.busy))
	}
	joined := t.busy[:0]
	for i, stretch := range t.busy {
		t.visits[i] = stretch.From
		if planned && stretch.ZIP != "" {
			t.stops = append(t.stops, stop{From: stretch.From, To: stretch.To, ZIP: stretch.ZIP})
		}
		if last := len(joined) - 1; last >= 0 && !stretch.From.After(joined[last].To) {
			if stretch.To.After(joined[last].To) {
				joined[last].To = stretch.To
			}
			continue
		}
		joined = append(joined, stretch)
	}
	t.busy = joined
}

// free says whether nothing is in the way from from to to. Calls come in the order of from.
func (t *technician) free(from, to time.Time) bool {
	for t.next < len(t.busy) && !t.busy[t.next].To.After(from) {
		t.next++
	}
	return t.next == len(t.busy) || !t.busy[t.next].From.Before(to)
}

// freeAt is free for calls in any order.
func (t *technician) freeAt(from, to time.Time) bool {
	i := sort.Search(len(t.busy), func(i int) bool { return t.busy[i].To.After(from) })
	return i == len(t.busy) || !t.busy[i].From.Before(to)
}

// capped says whether their visits of the date of a visit are as many as they are to have.
func (t *technician) capped(day time.Time) bool {
	if t.member.DailyCap == 0 {
		return false
	}
	from := midnight(day.In(t.b.Location()))
	return countBetween(t.jobs, from, midnight(noon(from).AddDate(0, 0, 1))) >= t.member.DailyCap
}

// countBetween counts the times, which are in order, from from to to.
func countBetween(times []time.Time, from, to time.Time) int {
	before := func(limit time.Time) int {
		return sort.Search(len(times), func(i int) bool { return !times[i].Before(limit) })
	}
	return before(to) - before(from)
}

// onDuty says whether they work from from to to; in an emergency at any hour of a day that is not off.
func (t *technician) onDuty(from, to time.Time, emergency bool) bool {
	if len(t.member.Off) == 0 && !t.member.HasHours() {
		return true
	}
	from, to = from.In(t.zone), to.In(t.zone)
	if date := midnight(from); !date.Equal(t.date) {
		t.date, t.duty, t.off = date, t.dutyAround(from, from), t.member.IsOff(from)
	}
	if t.off || t.member.IsOff(to.Add(-1)) {
		return false
	}
	if emergency || !t.member.HasHours() {
		return true
	}
	for _, span := range t.duty {
		if !from.Before(span.From) && !to.After(span.To) {
			return true
		}
	}
	return false
}

// dutyAround gives the hours of the dates, in their zone, from the one before from to the one after to. Hours that go on
// over midnight are one stretch.
func (t *technician) dutyAround(from, to time.Time) []business.Span {
	var out []business.Span
	last := noon(to.In(t.zone)).AddDate(0, 0, 1)
	for day := noon(from.In(t.zone)).AddDate(0, 0, -1); !day.After(last); day = day.AddDate(0, 0, 1) {
		out = joinSpans(out, t.member.OnDuty(day))
	}
	return out
}

// dutyWithin gives the hours that they work within some of the shop's.
func (t *technician) dutyWithin(shop []business.Span) []business.Span {
	if !t.member.HasHours() {
		return shop
	}
	var out []business.Span
	for _, span := range shop {
		for _, own := range t.dutyAround(span.From, span.To) {
			from, to := later(span.From, own.From), span.To
			if own.To.Before(to) {
				to = own.To
			}
			if from.Before(to) {
				out = append(out, business.Span{From: from, To: to})
			}
		}
	}
	return out
}

// mayBegin is when a technician may be anywhere on a date of the shop's at the earliest: the start buffer after their day
// begins. It is zero where there is no such buffer.
func (t *technician) mayBegin(day time.Time) time.Time {
	if t.b.Scheduling.StartBuffer == 0 {
		return time.Time{}
	}
	return t.dayBegins(day)
}

// dayBegins is when a technician is ready to leave for the first visit of a date of the shop's: the start buffer after the
// first moment at which the shop is open and they work. It is zero for who is at it since the day before.
func (t *technician) dayBegins(day time.Time) time.Time {
	date := midnight(day.In(t.b.Location()))
	if date.Equal(t.dayOf) {
		return t.begins
	}
	t.dayOf, t.begins = date, time.Time{}
	for _, span := range t.dutyWithin(openSpans(t.b, noon(date).AddDate(0, 0, -1), date)) {
		if !span.To.After(date) {
			continue
		}
		if !span.From.Before(date) {
			t.begins = span.From.Add(t.b.Scheduling.StartBuffer.Std())
		}
		break
	}
	return t.begins
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// rewind lets a new search begin at any time.
func (s *search) rewind(techs []technician) {
	for i := range techs {
		techs[i].next = 0
	}
}

// lookAt counts the visits that begin between two midnights.
func (t *technician) lookAt(from, to time.Time) {
	t.today = countBetween(t.visits, from, to)
}

// rather says whether t should have a visit that both could do: who can do fewer kinds of work goes first, so that
// the versatile stay free for what only they can do; then who has fewer visits that day.
func (t *technician) rather(other *technician) bool {
	if t.versatility != other.versatility {
		return t.versatility < other.versatility
	}
	return t.today < other.today
}
