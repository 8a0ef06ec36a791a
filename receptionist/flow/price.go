package flow

import (
	"strings"

	"fixly/scheduling"
)

// tellPrice names a price, from the price list and nowhere else.
func (t *turn) tellPrice() {
	t.because(WhyPrice)
	name := t.s.Details.Service
	if t.u.Service != "" && t.u.ServiceScore >= heardService {
		name = t.u.Service
	}
	if t.s.Details.Urgency == scheduling.Emergency && t.b.Emergencies.AfterHoursFee != "" && !t.b.IsOpen(t.w.Now()) {
		defer t.say(Conveyance{Kind: TellFee, Price: t.b.Emergencies.AfterHoursFee})
	}
	s := t.b.Service(name)
	switch {
	case s == nil:
		t.say(Conveyance{Kind: TellPriceWhich})
	case strings.EqualFold(s.Price, "free"):
		t.say(Conveyance{Kind: TellFree, Service: s.Name})
	default:
		t.say(Conveyance{Kind: TellPrice, Service: s.Name, Price: s.Price})
	}
}
