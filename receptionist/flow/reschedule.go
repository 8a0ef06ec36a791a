package flow

import (
	"time"

	"fixly/ledger"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// otherTime says whether another time is wished for what was just booked.
func (t *turn) otherTime() bool {
	s, u := t.s, t.u
	return s.Booked != nil && s.top() == "" && t.wished && len(u.When.Wanted) > 0 && !t.fits(*s.Booked, u.When) &&
		u.Service == "" && !u.Has(understanding.IntentBook, sure) && !u.Has(understanding.IntentGoodbye, 0.4) && !t.digressed
}

// ownDay says whether another time is wished for a visit that the caller has, its day being named with it and nothing
// else: "you're coming Thursday, could it be tomorrow?", "can you come later on Thursday, after two?"
func (t *turn) ownDay() (bool, error) {
	s, u := t.s, t.u
	if s.top() != "" || !t.wished || len(u.When.Wanted) == 0 || u.Service != "" || u.NotOffered != "" {
		return false, nil
	}
	if err := t.lookUp(); err != nil {
		return false, err
	}
	wanted := intervals(u.When.Wanted)
	own, asItIs := 0, false
	for _, x := range wanted {
		for _, j := range s.Jobs {
			if t.onDayOf(x, j) {
				own++
				asItIs = asItIs || x.Contains(j.Slot.Start)
				break
			}
		}
	}
	otherDay := own > 0 && own < len(wanted)
	otherHour := own == len(wanted) && !asItIs && u.When.HoursSaid
	return otherDay || otherHour, nil
}

// onDayOf says whether a stretch of a day, or of hours of it, is on the day of a visit.
func (t *turn) onDayOf(x scheduling.Interval, j scheduling.Job) bool {
	if x.Contains(j.Slot.Start) {
		return true
	}
	return !x.From.IsZero() && !x.To.IsZero() && x.To.Sub(x.From) <= 25*time.Hour && t.sameDay(x.From, j.Slot.Start)
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
	if t.itsOwn(o) {
		return t.agreed(o)
	}
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
	if t.accepted(moved, o) {
		moved.Status = scheduling.StatusBooked
	}
	t.do(Effect{Do: DoMove, Job: moved, OfferedAt: o.At})
	t.done(&o)
	s.Waiting, s.OwnersTime = moved.Status == scheduling.StatusTentative, time.Time{}
	t.outcome(ledger.Rescheduled)
	t.because(WhyMoved)
	if s.Waiting {
		t.tellBooked(o)
	} else {
		t.say(Conveyance{Kind: TellMoved, Service: moved.Service, Windows: t.windows([]Offer{o})})
	}
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
