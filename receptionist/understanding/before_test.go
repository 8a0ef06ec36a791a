package understanding_test

import (
	"testing"

	"fixly/demo"
	"fixly/receptionist/understanding"
)

func TestASentenceThatAPauseCutInTwo(t *testing.T) {
	e := understanding.NewEngine(demo.Business())
	for _, c := range []struct {
		before, text string
		asked        understanding.Asked
		danger       string
	}{
		{"yeah hi there's a gas", "leak in my basement", understanding.AskedProblem, "gas leak"},
		{"i have a gas line to the stove", "and it's leaking", understanding.AskedChoice, "gas leak"},
		{"i need a gas line for my stove", "the first one", understanding.AskedChoice, ""},
		{"hello", "my kitchen drain is clogged", understanding.AskedProblem, ""},
	} {
		u := e.Understand(c.text, understanding.Context{Asked: c.asked, Now: monday, Before: c.before})
		if u.Danger != c.danger {
			t.Errorf("%q // %q: danger %q", c.before, c.text, u.Danger)
		}
	}
}
