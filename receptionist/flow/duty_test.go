package flow_test

import (
	"testing"

	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
)

// TestWhoWorksThen: that nobody works at the wished time is not called booked up.
func TestWhoWorksThen(t *testing.T) {
	c := newScript(t, monday)
	c.w.b.Team[1].Off = []string{"2026-11-25"} // Luis, who alone does drains
	c.say(understanding.Understanding{
		Text: "my drain is clogged, can you come wednesday", Service: "Drain cleaning", ServiceScore: 1, Problem: "my drain is clogged", FAQ: -1,
		When: understanding.When{Kind: understanding.TimeDay, DaySaid: true, Wanted: []understanding.TimeInterval{{From: at(t, "2026-11-25 00:00"), To: at(t, "2026-11-26 00:00")}}},
	})
	c.expect(flow.TellOffDuty)
	if len(c.s.Offers) == 0 {
		t.Error("nothing is offered instead")
	}
	for _, o := range c.s.Offers {
		if o.Slot.Start.In(c.w.b.Location()).Day() == 25 {
			t.Errorf("offers %v, a day off", o.Slot)
		}
	}
}
