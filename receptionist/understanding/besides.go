package understanding

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// bookBesides says whether work is asked for in words of its own, beside those about a visit that is booked already or
// about a bill.
func (u *utterance) bookBesides() bool {
	var others, asks []*grammar.Span
	u.chart.Each(m.KIntent, func(s *grammar.Span) {
		switch Intent(s.Value.(m.Hit).Intent) {
		case IntentCancel, IntentReschedule, IntentStatus, IntentBilling:
			others = append(others, s)
		case IntentBook:
			asks = append(asks, s)
		}
	})
	if len(others) == 0 {
		return false
	}
	for _, a := range asks {
		apart := true
		for _, o := range others {
			apart = apart && (a.To <= o.From || a.From >= o.To)
		}
		if apart {
			return true
		}
	}
	return false
}
