package flow_test

import (
	"slices"
	"testing"

	"fixly/business"
	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
)

// withOffice is the demo business with somebody in the office for bills and complaints, and a technician for heating.
func withOffice(c *script) {
	c.w.b.Answering.Chain = []business.Person{
		{Name: "Mike Rossi", Phone: "+13125550101", Hours: "always"},
		{Name: "Dana Rossi", Phone: "+13125550102", Hours: "mon-fri 09:00-15:00", Topics: []string{"billing", "complaints", "hiring"}},
		{Name: "Luis Ortega", Phone: "+13125550103", Hours: "always", Topics: []string{"Furnace repair"}},
	}
}

func rung(d flow.Decision) []string {
	var out []string
	for _, p := range d.Transfer {
		out = append(out, p.Name[:4])
	}
	return out
}

func wants(text string, intents ...understanding.Intent) understanding.Understanding {
	u := understanding.Understanding{Text: text, Confidence: 0.9}
	for _, i := range intents {
		u.Intents = append(u.Intents, understanding.ScoredIntent{Name: i, Score: 0.9})
	}
	return u
}

func TestWhoIsRungForWhat(t *testing.T) {
	for _, c := range []struct {
		name  string
		now   string
		said  understanding.Understanding
		rings []string
	}{
		{"a person, about nothing yet", monday, wants("a person please", understanding.IntentPerson), []string{"Mike"}},
		{"by name", monday, wants("can i talk to dana", understanding.IntentPerson), []string{"Dana", "Mike"}},
		{"by a name that is not there now", "2026-11-23 16:30", wants("can i talk to dana", understanding.IntentPerson), []string{"Mike"}},
		{"a bill, asked for a person", monday, wants("someone about my bill", understanding.IntentPerson, understanding.IntentBilling), []string{"Dana", "Mike"}},
		{"a bill, without asking", monday, wants("i have a question about my invoice", understanding.IntentBilling), []string{"Dana"}},
		{"a bill, out of office hours", "2026-11-23 16:30", wants("i have a question about my invoice", understanding.IntentBilling), nil},
		{"a complaint", monday, wants("your guy left a mess", understanding.IntentComplaint), []string{"Dana"}},
		{"work", monday, wants("are you hiring", understanding.IntentJobSeeker), []string{"Dana"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(t, c.now)
			withOffice(s)
			if got := rung(s.say(c.said)); !slices.Equal(got, c.rings) {
				t.Errorf("rings %v, want %v (%s)", got, c.rings, s.d.Reason)
			}
			if c.rings != nil {
				s.expect(flow.TellHandOver)
			}
		})
	}
}

// TestAHandOverThatFailsIsNoDeadEnd: what was said is the message already, for whoever was to be reached.
func TestAHandOverThatFailsIsNoDeadEnd(t *testing.T) {
	s := newScript(t, monday)
	withOffice(s)
	s.say(wants("i was charged twice on my last invoice", understanding.IntentBilling))
	s.event(flow.Event{Kind: flow.PersonGone})
	if got := s.expect(flow.TellNobody).Person; got != "Dana" {
		t.Errorf("told about %q", got)
	}
	if s.s.Message != "i was charged twice on my last invoice" || s.s.MessageFor != "Dana" || s.s.About != "billing" {
		t.Errorf("the message is %q for %q about %q", s.s.Message, s.s.MessageFor, s.s.About)
	}
	if s.d.Transfer != nil {
		t.Error("rings again")
	}
	s.say(wants("let me talk to someone anyway", understanding.IntentPerson))
	if s.d.Transfer != nil {
		t.Error("rings again who did not pick up")
	}
}

// TestAPhoneThatForwardedTheCallIsNotRung: it was just not answered.
func TestAPhoneThatForwardedTheCallIsNotRung(t *testing.T) {
	s := newScript(t, monday)
	s.forwarded = "+13125550101"
	if got := rung(s.say(wants("mike please", understanding.IntentPerson))); !slices.Equal(got, []string{"Dana"}) {
		t.Errorf("rings %v", got)
	}
}
