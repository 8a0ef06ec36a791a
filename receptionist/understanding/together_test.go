package understanding_test

import (
	"slices"
	"testing"

	u "fixly/receptionist/understanding"
)

// together is what does not depend on the trade, said to the demo plumber.
type together struct {
	Two []struct {
		Say    string `yaml:"say"`
		First  string `yaml:"first"`
		Second string `yaml:"second"`
	} `yaml:"two"`
	One   []string `yaml:"one"`
	Vague []struct {
		Say   string   `yaml:"say"`
		Among []string `yaml:"among"` // all of them are asked about; empty: any
	} `yaml:"vague"`
}

func TestTwoProblemsInOneBreath(t *testing.T) {
	var table together
	readTable(t, "testdata/together.yaml", &table)
	for _, c := range table.Two {
		got := understand(t, u.AskedNothing, c.Say)
		second := ""
		if len(got.Also) > 0 {
			second = got.Also[0].Service
		}
		if got.Service != c.First || second != c.Second {
			t.Errorf("%q: %s and %s, want %s and %s", c.Say, got.Service, second, c.First, c.Second)
		}
	}
	for _, say := range table.One {
		if got := understand(t, u.AskedNothing, say); len(got.Also) > 0 {
			t.Errorf("%q: %s, and %v besides", say, got.Service, got.Also)
		}
	}
}

func TestVagueProblemsAreNarrowedDown(t *testing.T) {
	var table together
	readTable(t, "testdata/together.yaml", &table)
	for _, c := range table.Vague {
		got := understand(t, u.AskedProblem, c.Say)
		if got.Service != "" || len(got.Among) < 2 && len(got.Usual) < 2 || got.Visit != "Free estimate" {
			t.Errorf("%q: service %q (%.2f), among %v, visit %q", c.Say, got.Service, got.ServiceScore, got.Among, got.Visit)
		}
		for _, thing := range c.Among {
			if !slices.Contains(got.Among, thing) {
				t.Errorf("%q: %v lacks %s", c.Say, got.Among, thing)
			}
		}
	}
	split := engine(t).Understand("leak at my house", u.Context{Asked: u.AskedProblem, Problem: "there's a gas", Now: monday})
	if split.Danger != "gas leak" {
		t.Errorf("a danger in two breaths: %q", split.Danger)
	}
	// what was told before counts when only the thing is named now
	got := engine(t).Understand("i think it's the furnace", u.Context{Asked: u.AskedProblem, Problem: "it's making a weird noise", Now: monday})
	if got.Service != "Furnace repair" || got.Known != "noisy_furnace" {
		t.Errorf("%q, %q", got.Service, got.Known)
	}
}
