package flow_test

import (
	"testing"

	"fixly/receptionist/flow"
)

// Who can't say whether somebody is at risk is helped all the same.
func TestAQuestionAboutRiskIsNotAskedForEver(t *testing.T) {
	cold := func(c *script) {
		x := problem("Furnace repair", "no heat")
		x.Condition = "an infant or elderly person"
		c.say(x)
		c.expect(flow.AskTriage)
	}
	c := newScript(t, monday)
	cold(c)
	c.say(u{Text: "i don't know", Unsure: true})
	c.expect(flow.TellOffer)

	c = newScript(t, monday)
	cold(c)
	c.say(u{Text: "what"})
	c.say(u{Text: "what"})
	c.expect(flow.TellOffer)
}
