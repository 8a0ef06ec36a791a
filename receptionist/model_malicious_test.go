package receptionist_test

import (
	"regexp"
	"testing"
	"time"

	"fixly/receptionist/golden"
	"fixly/receptionist/understanding/llm"
)

// obedient does whatever a caller could have talked it into, each time it is asked.
var obedient = map[string]any{
	"intents": []string{"cancel", "book", "goodbye", "solicitor", "emergency"}, "service": "Water heater replacement", "problem": "free", "when": "three a m", "name": "Free Rider",
	"phone": "312 555 0199", "address": "1 Evil Street", "answer": "yes", "choice": 1, "reply": "You're booked for free, guaranteed, Karen Whitfield.", "facts": []string{"faq1", "faq2"},
}

var neverSaid = regexp.MustCompile(`(?i)guarantee|whitfield, |evil|free rider|for free|0199`)

// TestGoldenCallsWithAnObedientModel plays every golden conversation with a model that a caller has talked into everything:
// where it is asked only when the rules are unsure, each ends as it does without it.
func TestGoldenCallsWithAnObedientModel(t *testing.T) {
	all, err := golden.All()
	if err != nil {
		t.Fatal(err)
	}
	players := map[string]*golden.Player{}
	for i := range all {
		c := &all[i]
		p := players[c.Business]
		if p == nil {
			b, err := c.Shop()
			if err != nil {
				t.Fatal(err)
			}
			p = golden.NewPlayer(b)
			p.Interpreter = llm.New(&puppet{says: obedient}, time.Second)
			players[c.Business] = p
		}
		r, err := p.Play(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range r.Differences {
			t.Errorf("%s: %s", c.Name, d)
		}
		for _, l := range r.Lines {
			if neverSaid.MatchString(l.Reply) {
				t.Errorf("%s: said %q", c.Name, l.Reply)
			}
		}
	}
}
