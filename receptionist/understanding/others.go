package understanding

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// readOthers finds work of other trades, where no service of the shop explains the words better.
func (u *utterance) readOthers(have []feature, found []foundProblem) {
	u.chart.Each(m.KOther, func(s *grammar.Span) {
		other := s.Value.(string)
		if u.out.Service != "" && u.named && !onlyWithin(s, have) {
			return
		}
		if u.out.NotOffered != "" || u.e.offered[other] || u.claimed(s.From, s.To) || u.denied(s.From) || u.isPlace(s.From) {
			return
		}
		u.out.NotOffered = other
		u.out.Service, u.out.ServiceScore = "", 0
		u.noteSpan(s, "not_offered", other)
	})
	if u.out.NotOffered == "" && (u.out.Service == "" || !u.named || u.ownScore < leastOwn) {
		u.out.NotOffered = u.foreignWork(have, found)
		if u.out.NotOffered != "" {
			u.out.Service, u.out.ServiceScore = "", 0
		}
	}
}

// leastOwn is how well the shop's own words must fit for its service to hold against the packs' exact reading of other
// work.
const leastOwn = 0.5

// foreignWork is the work of another trade that the packs' best reading of the problem calls for, or "".
func (u *utterance) foreignWork(have []feature, found []foundProblem) string {
	best := -1
	for i := range found {
		if best < 0 || found[i].rank() > found[best].rank() {
			best = i
		}
	}
	if best < 0 || found[best].offered || found[best].score < 0.9 || !found[best].named || u.onlyPlace(have, &found[best]) {
		return ""
	}
	return found[best].Work
}

// rank orders readings of a problem: the surer first, of equally sure ones the one that more was said for.
func (f *foundProblem) rank() float64 { return f.score + 0.1*f.heft }

// onlyWithin says whether nothing outside of a span tells about a problem: all of "the oven won't heat" is about the
// oven, and none about the heating.
func onlyWithin(s *grammar.Span, have []feature) bool {
	if s.Len() < 2 {
		return false
	}
	for _, f := range have {
		if f.id[0] == 'c' && f.weight >= 0.8 && (f.from < s.From || f.to > s.To) {
			return false
		}
	}
	return true
}

// isPlace says whether a thing is only where something is: "water near the electrical panel".
func (u *utterance) isPlace(i int) bool {
	for i--; i >= 0 && u.is(i, m.WDeterminer); i-- {
	}
	return u.is(i, m.WNear)
}

// onlyPlace says whether the thing of a problem was named only as where something is: "water near the breaker box".
func (u *utterance) onlyPlace(have []feature, f *foundProblem) bool {
	place := false
	thing := u.e.ideas.Index(f.Thing)
	for i := range have {
		if have[i].idea < 0 || u.e.ideas.Row(have[i].idea)[thing] < 0.7 {
			continue
		}
		if !u.isPlace(have[i].from) {
			return false
		}
		place = true
	}
	return place
}
