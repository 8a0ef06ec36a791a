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

	member *business.Member
	date   time.Time       // the midnight of the date that duty is of
	duty   []business.Span // the hours on it, where they are not the shop's
	off    bool            // a day off
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
		if only != "" && m.Name != only {
			continue
		}
		t := technician{name: m.Name, member: &m, journeys: journeys{home: m.HomeZIP()}}
		for i := range b.Services {
			if slices.Contains(m.Skills, b.Services[i].Skill) {
				t.versatility++
			}
		}
		out = append(out, t)
	}
	for _, stretch := range busy {
		if !stretch.From.Before(stretch.To) {
			continue
		}
		for i := range out {
			if stretch.Keeps(out[i].name) {
				out[i].busy = append(out[i].busy, stretch)
			}
		}
	}
	for i := range out {
		out[i].prepare(b.Scheduling.PlanDriving)
	}
	return out
}

// prepare sorts the busy list and joins what overlaps; where the driving is planned, it notes the places before that.
func (t *technician) prepare(planned bool) {
	slices.SortFunc(t.busy, func(a, b Busy) int { return a.From.Compare(b.From) })
	t.visits = make([]time.Time, len(t.busy))
	if planned {
		t.stops = make([]stop, 0, len(t.busy))
	}
	joined := t.busy[:0]
	for i, stretch := range t.busy {
		t.visits[i] = stretch.From
		if planned && stretch.ZIP != "" {
			t.stops = append(t.stops, stop{Busy: stretch})
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

// onDuty says whether they work from from to to, in the shop's zone; in an emergency at any hour of a day that is not
// off.
func (t *technician) onDuty(from, to time.Time, emergency bool) bool {
	if len(t.member.Off) == 0 && !t.member.HasHours() {
		return true
	}
	if date := midnight(from); !date.Equal(t.date) {
		t.date, t.duty, t.off = date, t.member.OnDuty(from), t.member.IsOff(from)
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

// rewind lets a new search begin at any time.
func rewind(techs []technician) {
	for i := range techs {
		techs[i].next = 0
	}
}

// lookAt counts the visits that begin between two midnights.
func (t *technician) lookAt(from, to time.Time) {
	before := func(limit time.Time) int {
		return sort.Search(len(t.visits), func(i int) bool { return !t.visits[i].Before(limit) })
	}
	t.today = before(to) - before(from)
}

// rather says whether t should have a visit that both could do: who can do fewer kinds of work goes first, so that
// the versatile stay free for what only they can do; then who has fewer visits that day.
func (t *technician) rather(other *technician) bool {
	if t.versatility != other.versatility {
		return t.versatility < other.versatility
	}
	return t.today < other.today
}
