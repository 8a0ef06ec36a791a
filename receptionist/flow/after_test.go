package flow_test

import (
	"testing"

	"fixly/contact"
	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
)

// "Anything else?" – "um no it's 1843 north damen" corrects what was booked; it is no goodbye.
func TestANoAfterTheBookingMayCorrectIt(t *testing.T) {
	c := newScript(t, monday)
	c.untilReadBack()
	c.say(yes())
	c.expect(flow.TellBooked)
	known := c.s.Details.Address
	c.say(u{Text: "um no it's 99 north wells", Answer: understanding.No, Address: contact.Address{Line1: "99 North Wells"}})
	if got := c.expect(flow.TellAmended).Address; got.Line1 != "99 North Wells" || got.ZIP != known.ZIP {
		t.Errorf("amended to %+v", got)
	}
	if c.d.End || c.effect(flow.DoAmend) == nil {
		t.Errorf("decided %+v", c.d)
	}
}
