package understanding_test

import (
	"slices"
	"testing"

	u "fixly/receptionist/understanding"
)

// What is wrong is kept without the questions asked in the same breath, and the questions are all heard.
func TestQuestionsInTheSameBreath(t *testing.T) {
	for _, c := range []struct {
		text, problem string
		faqs          []int
		price         bool
	}{
		{"my toilet keeps running and i also want to know if you guys are licensed", "toilet keeps running", []int{0}, false},
		{"my toilet keeps running how much will that run me", "toilet keeps running", nil, true},
		{"my faucet leaks do you take credit cards and do you give senior discounts", "faucet leaks", []int{2, 4}, false},
		{"how much is it to fix a leaky faucet and are you licensed", "leaky faucet", []int{0}, true},
		{"my kitchen sink is clogged and what would that cost", "kitchen sink is clogged", nil, true},
		{"can you guys come out and fix my furnace it's not working", "furnace it's not working", nil, false},
		{"can i get someone out to look at a leak in the ceiling", "leak in the ceiling", nil, false},
		{"do you take credit cards and are you open sundays", "", []int{2, 3}, false},
	} {
		got := understand(t, u.AskedProblem, c.text)
		faqs := slices.Clone(got.FAQs)
		slices.Sort(faqs)
		if got.Problem != c.problem && c.problem != "" || !slices.Equal(faqs, c.faqs) || got.Has(u.IntentPrice, 0.6) != c.price {
			t.Errorf("%q: problem %q, FAQs %v, %v", c.text, got.Problem, got.FAQs, got.Intents)
		}
	}
}
