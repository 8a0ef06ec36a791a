package flow

import (
	"fixly/ledger"
	"fixly/receptionist/understanding"
)

// complaint takes what went wrong to a person: nobody is promised anything, and nobody is argued with.
func (t *turn) complaint() (bool, error) {
	u, s := t.u, t.s
	who := firstName(t.recipient())
	switch {
	case s.top() == TopicMessage || s.Outcome == ledger.Message:
		return false, nil
	case u.Has(understanding.IntentComplaint, sure):
		t.because(WhyComplaint)
		t.say(Conveyance{Kind: TellComplaint, Person: who})
		return true, t.startMessage(u.Text, "complaint")
	case u.Has(understanding.IntentBilling, sure) && u.FAQ < 0:
		t.because(WhyBilling)
		t.rememberBooking()
		t.say(Conveyance{Kind: TellBilling, Person: who})
		return true, t.startMessage(u.Text, "billing")
	}
	return false, nil
}
