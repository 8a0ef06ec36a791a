package understanding

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// surelyWork is how sure each part of an utterance must be to count as work of its own.
const surelyWork = 0.7

// readSeveral finds further work that was asked for in the same breath: "the sink is clogged and the water heater
// leaks". What only goes on about the same thing is none.
func (u *utterance) readSeveral(have []feature) {
	if u.out.Service == "" || u.out.Danger != "" || u.changing() || u.first(m.KAmend) != nil {
		return
	}
	first, known := -1, ""
	var things []int
	for _, part := range u.parts() {
		inside := within(have, part)
		found := u.findProblemsIn(inside, part)
		matches := u.e.matchServices(inside)
		u.e.addProblems(matches, found)
		at := -1
		for i := range matches {
			if matches[i].named && matches[i].score >= surelyWork && (at < 0 || matches[i].score > matches[at].score) {
				at = i
			}
		}
		thing := u.thingOf(inside)
		if at < 0 || thing < 0 || u.sameThing(things, thing) {
			continue
		}
		things = append(things, thing)
		w := Work{Service: u.e.services[at].name, Problem: u.wordsOf(inside), Known: knownFor(at, found)}
		if first < 0 {
			first, known = at, w.Known
			continue
		}
		if at == first || w.Problem == "" {
			continue
		}
		u.out.Also = append(u.out.Also, w)
	}
	if len(u.out.Also) == 0 {
		return
	}
	// what was told first is the visit, the rest comes with it
	u.out.Known = known
	if name := u.e.services[first].name; name != u.out.Service {
		u.out.Service, u.out.ServiceScore = name, max(u.out.ServiceScore, surelyWork)
	}
	if len(u.out.Also) > mostAlso {
		u.out.Also = u.out.Also[:mostAlso]
	}
}

// knownFor is the best reading of the problem that a service takes care of.
func knownFor(service int, found []foundProblem) string {
	known, best := "", 0.0
	for i := range found {
		if r := found[i].rank(); found[i].links[service] >= leastLink && found[i].score >= surelyKnown && r > best {
			best, known = r, found[i].ID
		}
	}
	return known
}

// mostAlso is how much further work is taken down from one utterance.
const mostAlso = 2

// parts splits the tokens where a thought can end: at pauses and at words that join.
func (u *utterance) parts() [][2]int {
	var out [][2]int
	from := 0
	for i := 1; i <= len(u.chart.Tokens); i++ {
		end := i == len(u.chart.Tokens)
		if end || u.chart.Tokens[i].Gap&(grammar.Comma|grammar.Stop) != 0 || u.is(i, m.WJoin) || u.cueAt(i, m.CueAlso) {
			if i > from {
				out = append(out, [2]int{from, i})
			}
			from = i
		}
	}
	return out
}

// within are the features that lie in a part of the utterance.
func within(have []feature, part [2]int) []feature {
	var out []feature
	for _, f := range have {
		if f.from >= part[0] && f.to <= part[1] {
			out = append(out, f)
		}
	}
	return out
}

// thingOf is the weightiest thing among some features: its number, or -1.
func (u *utterance) thingOf(have []feature) int {
	best, weight := -1, 0.5
	for i := range have {
		f := &have[i]
		if f.denied || f.idea < 0 || u.e.isTrouble(f.id) || u.e.isAction(f.id) || u.e.ideas.Aside[f.id[2:]] || f.weight <= weight {
			continue
		}
		best, weight = f.idea, f.weight
	}
	return best
}

// sameThing says whether a thing is near to one of others.
func (u *utterance) sameThing(things []int, thing int) bool {
	for _, t := range things {
		if u.e.ideas.Row(t)[thing] >= 0.5 {
			return true
		}
	}
	return false
}

// wordsOf are the words that some features stand in.
func (u *utterance) wordsOf(have []feature) string {
	lo, hi := -1, -1
	for _, f := range have {
		if f.idea < 0 || f.weight < 0.3 {
			continue
		}
		if lo < 0 || f.from < lo {
			lo = f.from
		}
		hi = max(hi, f.to)
	}
	if lo < 0 {
		return ""
	}
	return u.said(lo, hi)
}
