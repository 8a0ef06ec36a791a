package flow

import (
	"fixly/ledger"
	"fixly/receptionist/understanding"
)

// screen deals with those who are not customers: sellers, wrong numbers, people looking for work.
func (t *turn) screen() (bool, error) {
	u, s := t.u, t.s
	customer := s.has(TopicBook) && s.Details.Service != "" || s.Booked != nil
	switch {
	case u.Has(understanding.IntentSolicitor, sure) && !customer:
		t.because(WhySolicitor)
		t.outcome(ledger.Spam)
		t.end(Conveyance{Kind: TellSolicitor})
		return true, nil
	case u.Has(understanding.IntentWrongNum, sure) && !customer:
		t.because(WhyWrongNumber)
		t.outcome(ledger.Answered)
		t.end(Conveyance{Kind: TellWrongNumber})
		return true, nil
	case u.Has(understanding.IntentJobSeeker, sure) && s.About != "job_seeker":
		t.because(WhyJobSeeker)
		t.say(Conveyance{Kind: TellJobSeeker, Person: firstName(t.recipient())})
		return true, t.startMessage(u.Text, "job_seeker")
	}
	return false, nil
}
