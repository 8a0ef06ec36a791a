package guard_test

import (
	"testing"
	"time"

	"fixly/business/trades"
	"fixly/demo"
	"fixly/receptionist/flow"
	"fixly/receptionist/guard"
	"fixly/receptionist/wording"
)

// TestWhatThePacksAskPasses: a question of a trade pack that the guard took for a time or a sum would never be heard.
func TestWhatThePacksAskPasses(t *testing.T) {
	b := demo.Business()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, b.Location())
	g := guard.New(b)
	for _, pack := range trades.All().Packs {
		for _, p := range pack.Problems {
			for _, q := range p.Ask {
				for _, language := range wording.Languages() {
					for nth := range 6 {
						v := flow.Conveyance{Kind: flow.AskNext, Nth: nth, Next: [2]string{p.ID, q.ID}}
						for _, s := range wording.For(language).Say([]flow.Conveyance{v}, wording.Context{Business: b, Clock: wording.Clock{Now: now}}) {
							if bad := g.Check(s, guard.Facts{Now: now}); len(bad) > 0 {
								t.Errorf("%s, %s: %v", p.ID, language, bad)
							}
						}
					}
				}
			}
		}
	}
	for id, c := range trades.All().Concepts {
		if len(c.Call) == 0 {
			continue
		}
		for _, language := range wording.Languages() {
			v := flow.Conveyance{Kind: flow.AskThing, Things: []string{id}}
			for _, s := range wording.For(language).Say([]flow.Conveyance{v}, wording.Context{Business: b, Clock: wording.Clock{Now: now}}) {
				if bad := g.Check(s, guard.Facts{Now: now}); len(bad) > 0 {
					t.Errorf("%s, %s: %v", id, language, bad)
				}
			}
		}
	}
}
