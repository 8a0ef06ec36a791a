package packs_test

import (
	"maps"
	"slices"
	"testing"

	"fixly/business/trades"
	"fixly/receptionist/understanding/en"
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// TestEveryPatternCompiles names the pattern and where it is, which is kinder than the first error of a whole grammar.
func TestEveryPatternCompiles(t *testing.T) {
	try := func(where string, patterns []string) {
		for _, p := range patterns {
			spec := en.Language().Spec(nil)
			spec.Rules, spec.Words = []grammar.Rule{{Name: where, Kind: 1, Pattern: p, Value: true}}, nil
			if _, err := grammar.Compile(spec); err != nil {
				t.Errorf("%s: %v", where, err)
			}
		}
	}
	for _, p := range trades.All().Packs {
		for _, id := range slices.Sorted(maps.Keys(p.Concepts)) {
			try(p.Trade+".yaml: concept "+id, p.Concepts[id].Words["en"])
		}
		for _, id := range slices.Sorted(maps.Keys(p.Dangers)) {
			try(p.Trade+".yaml: danger "+id, p.Dangers[id].Words["en"])
		}
		for _, id := range slices.Sorted(maps.Keys(p.Work)) {
			try(p.Trade+".yaml: work "+id, p.Work[id].Words["en"])
		}
		for _, x := range p.Problems {
			try(p.Trade+".yaml: problem "+x.ID, x.Said["en"])
		}
	}
}

// TestNamesAreNoProblems keeps patterns from catching callers by their names: "pet*" would be Peter's pet.
func TestNamesAreNoProblems(t *testing.T) {
	both := []string{"john", "bond", "carpenter", "cash", "costa", "key", "roach", "house"} // names that are words as well
	l := en.Language()
	g, err := grammar.Compile(l.Spec(nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, names := range []map[string]bool{l.People.First, l.People.Last} {
		for _, name := range slices.Sorted(maps.Keys(names)) {
			if slices.Contains(both, name) {
				continue
			}
			chart := g.Parse(name, &m.Now{})
			for _, kind := range []grammar.Kind{m.KConcept, m.KOther, m.KDanger, m.KProblem} {
				chart.Each(kind, func(s *grammar.Span) { t.Errorf("the name %s is taken for %v (%s)", name, s.Value, s.Rule) })
			}
			chart.Release()
		}
	}
}
