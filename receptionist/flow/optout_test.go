package flow_test

import (
	"slices"
	"testing"

	"fixly/consent"
	"fixly/ledger"
	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
)

// What is said about calls and texts is entered for the number of the call, and what was under way goes on or ends by it.
func TestOptOut(t *testing.T) {
	neither := consent.Revocation{Language: "en", Calls: true, Texts: true}
	for _, c := range []struct {
		name    string
		wish    consent.Revocation
		from    string
		also    understanding.Understanding
		begun   bool // a booking is under way
		says    flow.Kind
		entered bool
		ends    bool
		outcome ledger.Outcome
	}{
		{"nothing more", neither, caller, understanding.Understanding{FAQ: -1}, false, flow.TellOptedOutBye, true, true, ledger.Answered},
		{"while booking", neither, caller, understanding.Understanding{FAQ: -1}, true, flow.TellOptedOut, true, false, ledger.Answered},
		{"texts only", consent.Revocation{Language: "en", Calls: true}, caller, understanding.Understanding{FAQ: -1}, true, flow.TellNoCalls, true, false, ""},
		{"calls only", consent.Revocation{Language: "en", Texts: true}, caller, understanding.Understanding{FAQ: -1}, true, flow.TellNoTexts, true, false, ""},
		{"a number withheld", neither, "", understanding.Understanding{FAQ: -1}, false, flow.TellNumberUnknown, false, false, ledger.Answered},
		{"danger comes first", neither, caller, understanding.Understanding{FAQ: -1, Danger: "gas smell"}, false, flow.DangerGas, false, false, ledger.Message},
		{
			"an emergency comes first", neither, caller,
			understanding.Understanding{FAQ: -1, Urgency: "emergency", Problem: "flood"},
			false, flow.SayWorry, false, false, "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(t, monday)
			s.from = &c.from
			if c.begun {
				s.event(flow.Event{Kind: flow.Words, Understood: understanding.Understanding{
					FAQ: -1, Service: s.w.b.Services[0].Name, ServiceScore: 1, Problem: "a drip", Intents: []understanding.ScoredIntent{{Name: understanding.IntentBook, Score: 1}},
				}})
			}
			c.also.Text = "don't call me again"
			d := s.event(flow.Event{Kind: flow.Words, Understood: c.also, OptOut: c.wish})
			if !slices.ContainsFunc(d.Convey, func(x flow.Conveyance) bool { return x.Kind == c.says }) {
				t.Errorf("says %+v, want %s", d.Convey, c.says)
			}
			entered := slices.ContainsFunc(d.Effects, func(e flow.Effect) bool {
				return e.Do == flow.DoOptOut && e.Phone == c.from && e.OptOut == c.wish && e.Text == c.also.Text
			})
			if entered != c.entered || d.End != c.ends || d.Outcome != c.outcome {
				t.Errorf("entered %v, ends %v, %q; want %v, %v, %q", entered, d.End, d.Outcome, c.entered, c.ends, c.outcome)
			}
		})
	}
}
