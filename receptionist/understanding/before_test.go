package understanding_test

import (
	"testing"

	"fixly/demo"
	"fixly/receptionist/understanding"
)

func TestASentenceThatAPauseCutInTwo(t *testing.T) {
	e := understanding.NewEngine(demo.Business())
	for _, c := range []struct {
		before, text    string
		asked           understanding.Asked
		danger, service string
	}{
		{"yeah hi there's a gas", "leak in my basement", understanding.AskedProblem, "gas leak", ""},
		{"i have a gas line to the stove", "and it's leaking", understanding.AskedChoice, "gas leak", ""},
		{"hi so the thing is my water", "heater is dead", understanding.AskedProblem, "", "Water heater service"},
		{"i need a gas line for my stove", "the first one", understanding.AskedChoice, "", ""},
		{"hello", "my kitchen drain is clogged", understanding.AskedProblem, "", "Drain cleaning"},
	} {
		u := e.Understand(c.text, understanding.Context{Asked: c.asked, Now: monday, Before: c.before})
		if u.Danger != c.danger || c.service != "" && u.Service != c.service {
			t.Errorf("%q // %q: danger %q, service %q", c.before, c.text, u.Danger, u.Service)
		}
	}
}
