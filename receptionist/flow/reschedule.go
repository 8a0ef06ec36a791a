package flow

import (
	"fixly/ledger"
	"fixly/receptionist/understanding"
)

// otherTime says whether another time is wished for what was just booked.
func (t *turn) otherTime() bool {
	s, u := t.s, t.u
	return s.Booked != nil && s.top() == "" && t.wished && len(u.When.Wanted) > 0 && !t.fits(*s.Booked, u.When) &&
		u.Service == "" && !u.Has(understanding.IntentBook, sure) && !u.Has(understanding.IntentGoodbye, 0.4) && !t.digressed
}

// ownDay says whether another day is wished and the day of a visit that the caller has is named with it, and nothing
// else: "you're coming Thursday, could it be tomorrow?"
func (t *turn) ownDay() (bool, error) {
	s, u := t.s, t.u
	if s.top() != "" || !t.wished || len(u.When.Wanted) < 2 || u.Service != "" {
		return false, nil
	}
	if err := t.lookUp(); err != nil {
		return false, err
	}
	for _, x := range intervals(u.When.Wanted) {
		for _, j := range s.Jobs {
			if x.Contains(j.Slot.Start) {
				return true, nil
			}
		}
	}
	return false, nil
}

// nextMove finds another time for a job, and moves it once one is chosen.
func (t *turn) nextMove() error {
	s := t.s
	if done, err := t.whose(); done || err != nil {
		return err
	}
	j := t.job()
	if j == nil {
		t.askWhichJob()
		return nil
	}
	if s.Chosen == nil {
		w := s.Details.Wish
		if len(s.Offers) > 0 {
			t.askChoiceAgain()
			return nil
		}
		if w.Kind == "" && len(w.Wanted) == 0 && len(w.Avoid) == 0 {
			t.ask(QWhen, WhyNeedWhen, Conveyance{Kind: AskWhen})
			return nil
		}
		return t.offer()
	}
	o := *s.Chosen
	open, err := t.stillOpen(o)
	if err != nil {
		return err
	}
	if !open {
		t.because(WhyTaken)
		s.Chosen = nil
		t.say(Conveyance{Kind: SayTaken, Windows: t.windows([]Offer{o})})
		return t.offer()
	}
	moved := *j
	moved.Slot, moved.WindowEnd = o.Slot, o.WindowEnd
	t.do(Effect{Do: DoMove, Job: moved, OfferedAt: o.At})
	t.done(&o)
	t.outcome(ledger.Rescheduled)
	t.because(WhyMoved)
	t.say(Conveyance{Kind: TellMoved, Service: j.Service, Windows: t.windows([]Offer{o})})
	t.anythingElse()
	return nil
}

// done forgets the job that was moved or cancelled and what was said about times.
func (t *turn) done(o *Offer) {
	s := t.s
	s.Booked, s.Chosen, s.Offers, s.Jobs, s.LookedUp = o, nil, nil, nil, false
	s.Details.Wish = Wish{}
	s.dropVisit()
}
