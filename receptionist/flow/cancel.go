package flow

import (
	"fixly/ledger"
	"fixly/receptionist/understanding"
)

// nextCancel asks once whether it is meant.
func (t *turn) nextCancel() error {
	j := t.job()
	if j == nil {
		t.askWhichJob()
		return nil
	}
	t.ask(QCancelSure, WhyCancelSure, Conveyance{Kind: AskCancelSure, Service: j.Service, Windows: t.jobWindows(*j)})
	return nil
}

func (t *turn) answerCancel(yes, no bool) (bool, error) {
	s, j := t.s, t.job()
	if j == nil {
		return false, nil
	}
	cancel := t.u.Has(understanding.IntentCancel, sure)
	switch {
	case yes || cancel:
		t.do(Effect{Do: DoCancel, Job: *j})
		w, service := t.jobWindows(*j), j.Service
		t.done(nil)
		t.outcome(ledger.Cancelled)
		t.because(WhyCancelled)
		t.say(Conveyance{Kind: TellCancelled, Service: service, Windows: w})
		t.anythingElse()
		return true, nil
	case t.wished || t.u.Has(understanding.IntentReschedule, sure):
		s.drop(TopicCancel)
		s.push(TopicMove)
		return true, t.next()
	case no:
		s.drop(TopicCancel)
		s.Answered = true
		t.because(WhyKept)
		t.say(Conveyance{Kind: TellKept, Windows: t.jobWindows(*j)})
		t.anythingElse()
		return true, nil
	}
	return false, nil
}
