package flow

import (
	"fixly/ledger"
	"fixly/receptionist/understanding"
)

// notOffered says no politely to work that the shop doesn't do, and what it does do.
func (t *turn) notOffered() (bool, error) {
	s, u := t.s, t.u
	if u.NotOffered == "" || u.Service != "" && u.ServiceScore >= heardService {
		return false, nil
	}
	if s.Details.Service != "" && s.Question != QProblem && s.Question != QDetail && s.Question != QAnythingElse && !u.Has(understanding.IntentBook, sure) {
		return false, nil
	}
	if s.Booked == nil {
		s.drop(TopicBook)
	}
	s.Answered = true
	t.outcome(ledger.Answered)
	t.because(WhyNotOffered)
	if t.warned {
		t.say(Conveyance{Kind: TellNotOurs, Text: u.NotOffered})
	} else {
		t.say(Conveyance{Kind: TellNotOffered, Text: u.NotOffered, List: serviceNames(t.b)})
	}
	return true, t.offerMessage()
}
