package en

import (
	"maps"
	"slices"
	"sync"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// Trades is what is known about the trades' words besides the patterns: how near ideas are to each other and how
// much each tells.
var Trades = sync.OnceValue(func() *m.Ideas {
	f := tradesFile()
	out := &m.Ideas{Weight: map[string]float64{}, Action: map[string]bool{}, Aside: map[string]bool{}, Trouble: map[string]bool{}, Hides: map[[2]string]bool{}, Like: map[[2]string]float64{}}
	for id, c := range f.Concepts {
		out.Weight[id], out.Action[id], out.Aside[id] = 1, c.Action, c.Aside
		out.Trouble[id] = c.Trouble
		for _, inner := range c.Hides {
			out.Hides[[2]string{id, inner}] = true
		}
		if c.Weight > 0 {
			out.Weight[id] = c.Weight
		}
		for other, sim := range c.Like {
			out.Like[[2]string{id, other}] = max(sim, out.Like[[2]string{id, other}])
			out.Like[[2]string{other, id}] = max(sim, out.Like[[2]string{other, id}])
		}
	}
	return out
})

type tradesData struct {
	Concepts map[string]struct {
		Weight  float64
		Action  bool
		Aside   bool
		Trouble bool
		Hides   []string
		Like    map[string]float64
		Words   []string
	}
	Urgency map[string][]string
	Danger  map[string][]string
	Others  map[string][]string
}

func tradesFile() *tradesData {
	var f tradesData
	load("trades.yaml", &f)
	return &f
}

// trades reads the words of the trades: ideas, urgency, dangers, and the work of others.
func trades(s *grammar.Spec) {
	f := tradesFile()
	s.Kinds["concept"] = m.KConcept
	for id := range f.Concepts {
		s.Tests[id] = test(func(c m.Concept) bool { return c.ID == id })
	}
	for _, id := range slices.Sorted(maps.Keys(f.Concepts)) {
		phrase(s, m.KConcept, m.Concept{ID: id}, id, f.Concepts[id].Words)
	}
	for _, u := range slices.Sorted(maps.Keys(f.Urgency)) {
		phrase(s, m.KUrgency, u, u, f.Urgency[u])
	}
	for _, d := range slices.Sorted(maps.Keys(f.Danger)) {
		phrase(s, m.KDanger, d, d, f.Danger[d])
	}
	for _, o := range slices.Sorted(maps.Keys(f.Others)) {
		phrase(s, m.KOther, o, o, f.Others[o])
	}
}
