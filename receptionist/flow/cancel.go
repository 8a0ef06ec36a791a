package flow

import (
	"fixly/ledger"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// nextCancel asks once whether it is meant, and offers to move the visit instead.
func (t *turn) nextCancel() error {
	if done, err := t.whose(); done || err != nil {
		return err
	}
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
	case t.wished && !cancel && t.names(*j):
		s.Details.Wish = Wish{} // "wednesday at ten", which is the one
		return false, nil
	case (t.wished || t.u.Has(understanding.IntentReschedule, sure)) && !cancel:
		s.drop(TopicCancel)
		s.push(TopicMove)
		return true, t.next()
	case yes || cancel:
		t.cancel()
		return true, nil
	case no:
		w := t.jobWindows(*j)
		s.dropVisit()
		s.Answered = true
		t.because(WhyKept)
		t.say(Conveyance{Kind: TellKept, Windows: w})
		t.anythingElse()
		return true, nil
	}
	return false, nil
}

// names says whether the time that was said is the one of a job.
func (t *turn) names(j scheduling.Job) bool {
	for _, x := range intervals(t.u.When.Wanted) {
		if x.Contains(j.Slot.Start) {
			return true
		}
	}
	return false
}

func (t *turn) cancel() {
	j := t.job()
	t.do(Effect{Do: DoCancel, Job: *j})
	w, service := t.jobWindows(*j), j.Service
	t.done(nil)
	t.outcome(ledger.Cancelled)
	t.because(WhyCancelled)
	t.say(Conveyance{Kind: TellCancelled, Service: service, Windows: w})
	t.anythingElse()
}
