// Package packs puts the trade packs (package business/trades) into a language's grammar. It is the same for every
// language: the words are data, and so is what they stand for.
package packs

import (
	"maps"
	"slices"
	"sync"

	"fixly/business/trades"
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// Add reads the words of the trades in a language: ideas, urgency, dangers, and the work that tells trades apart.
func Add(s *grammar.Spec, language string) {
	l := trades.All()
	s.Kinds["concept"] = m.KConcept
	for id := range l.Concepts {
		s.Tests[id] = func(v any) bool { c, ok := v.(m.Concept); return ok && c.ID == id }
	}
	for _, id := range slices.Sorted(maps.Keys(l.Concepts)) {
		add(s, m.KConcept, m.Concept{ID: id}, id, l.Concepts[id].Words[language])
	}
	for _, u := range slices.Sorted(maps.Keys(l.Urgency)) {
		add(s, m.KUrgency, u, u, l.Urgency[u][language])
	}
	for _, d := range slices.Sorted(maps.Keys(l.Dangers)) {
		add(s, m.KDanger, d, d, l.Dangers[d].Words[language])
	}
	for _, w := range slices.Sorted(maps.Keys(l.Work)) {
		add(s, m.KOther, w, w, l.Work[w][language])
	}
	for _, p := range l.Packs {
		for i := range p.Problems {
			add(s, m.KProblem, p.Problems[i].ID, p.Problems[i].ID, p.Problems[i].Said[language])
		}
	}
}

func add(s *grammar.Spec, kind grammar.Kind, value any, name string, patterns []string) {
	for _, p := range patterns {
		s.Add(grammar.Rule{Name: name, Kind: kind, Pattern: p, Value: value})
	}
}

// Ideas is what is known about the concepts besides their words: how near they are to each other and how much each
// tells.
var Ideas = sync.OnceValue(func() *m.Ideas {
	concepts := trades.All().Concepts
	out := &m.Ideas{Weight: map[string]float64{}, Action: map[string]bool{}, Aside: map[string]bool{}, Trouble: map[string]bool{}, Hides: map[[2]string]bool{}}
	like := map[[2]string]float64{}
	for id, c := range concepts {
		out.Weight[id], out.Action[id], out.Aside[id], out.Trouble[id] = 1, c.Action, c.Aside, c.Trouble
		if c.Weight > 0 {
			out.Weight[id] = c.Weight
		}
		for _, inner := range c.Hides {
			out.Hides[[2]string{id, inner}] = true
		}
		for other, near := range c.Like {
			like[[2]string{id, other}] = near
		}
	}
	out.SetNear(slices.Sorted(maps.Keys(concepts)), like)
	return out
})
