package flow

import (
	"time"

	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// answerChoice takes what the caller makes of the times on the table: one of them, another wish, or none.
func (t *turn) answerChoice() (bool, error) {
	s, u := t.s, t.u
	if len(s.Offers) == 0 {
		return t.wished, t.resumeIf(t.wished)
	}
	if t.wantsMessage() && !t.wished && t.picked() < 0 {
		return false, nil // "no, i just want somebody to call me" asks for no other time
	}
	if u.When.Kind == understanding.TimeSoonest && u.Asks && u.Answer == understanding.NoAnswer {
		return true, t.offerEarliest()
	}
	if i := t.picked(); i >= 0 {
		return true, t.take(i)
	}
	some := t.narrowed()
	switch {
	case len(some) > 1:
		// "tuesday" when both are on Tuesday: ask which, of those
		s.Offers = some
		t.askChoiceAgain()
		return true, nil
	case t.wished:
		t.because(WhyRefused)
		t.leaveOutRefused()
		t.turnDown(false)
		return true, t.next()
	case u.Choice != nil && u.Choice.Refused, u.Answer == understanding.No:
		t.because(WhyRefused)
		t.turnDown(true)
		if s.Refusals >= 2 {
			t.ask(QWhen, WhyNeedWhen, Conveyance{Kind: AskWhen})
			return true, nil
		}
		return true, t.next()
	case u.Answer == understanding.Yes:
		// a yes to several leaves open which
		t.askChoiceAgain()
		return true, nil
	}
	return false, nil
}

func (t *turn) resumeIf(b bool) error {
	if b {
		return t.next()
	}
	return nil
}

// picked is the offer that was taken, or -1.
func (t *turn) picked() int {
	s, u := t.s, t.u
	if c := u.Choice; c != nil && !c.Refused {
		if c.Index >= 0 && c.Index < len(s.Offers) {
			return c.Index
		}
		if c.Either {
			return 0
		}
	}
	if u.Answer == understanding.Yes && len(s.Offers) == 1 && !t.wished {
		return 0
	}
	if k := u.When.Kind; k == understanding.TimeAny || k == understanding.TimeSoonest {
		if u.Answer != understanding.No {
			return 0
		}
	}
	if c := u.Choice; c != nil && c.Refused && u.Answer == understanding.No && u.When.Kind != understanding.TimeMoment {
		return -1 // "no, what about the afternoon" takes none of those on the table
	}
	if len(u.When.Wanted) > 0 {
		only := -1
		for i, o := range s.Offers {
			if !t.fits(o, u.When) {
				continue
			}
			if only >= 0 && u.When.Kind != understanding.TimeMoment {
				return -1
			}
			if only < 0 || u.When.Wanted[0].From.Equal(o.Slot.Start) {
				only = i
			}
		}
		if only < 0 && u.When.Kind == understanding.TimeMoment {
			return t.pickedByClock(u.When.Wanted[0].From)
		}
		return only
	}
	return -1
}

// pickedByClock is the offer on the weekday and at the hour that was said: "Monday at eight" means the Monday on
// the table, whichever Monday that is.
func (t *turn) pickedByClock(said time.Time) int {
	loc := t.b.Location()
	said = said.In(loc)
	for i, o := range t.s.Offers {
		at := o.Slot.Start.In(loc)
		if at.Weekday() == said.Weekday() && at.Hour() == said.Hour() && at.Minute() == said.Minute() {
			return i
		}
	}
	return -1
}

// narrowed are the offers that fit a wish that does not single one out.
func (t *turn) narrowed() []Offer {
	if len(t.u.When.Wanted) == 0 {
		return nil
	}
	var out []Offer
	for _, o := range t.s.Offers {
		if t.fits(o, t.u.When) {
			out = append(out, o)
		}
	}
	if len(out) == len(t.s.Offers) && t.u.Answer == understanding.No {
		return nil
	}
	return out
}

// take chooses an offer, if it is still open, and keeps it.
func (t *turn) take(i int) error {
	o := t.s.Offers[i]
	open, err := t.stillOpen(o)
	if err != nil {
		return err
	}
	several := len(t.s.Offers) > 1
	t.s.Laid, t.s.Offers = t.s.Offers, nil
	if !open {
		t.because(WhyTaken)
		t.say(Conveyance{Kind: SayTaken, Windows: t.windows([]Offer{o})})
		return t.next()
	}
	t.s.Chosen = &o
	t.s.Refusals = 0
	t.s.Tries = 0
	t.do(Effect{Do: DoHold, Offers: t.holdable([]Offer{o})})
	d := &t.s.Details
	if several && t.s.top() == TopicBook && !d.Confirmed && (d.Name == "" || t.leftOpen()) {
		t.say(Conveyance{Kind: SayPicked, Windows: t.windows([]Offer{o})}) // so that nobody is left in doubt which
	}
	return t.next()
}

// leftOpen says whether the choice was left to us: "either", "whatever's soonest".
func (t *turn) leftOpen() bool {
	u := t.u
	return u.Choice == nil || u.Choice.Either || u.When.Kind == understanding.TimeAny || u.When.Kind == understanding.TimeSoonest
}

// stillOpen asks the scheduler about one time: an offer's hold may have run out since.
func (t *turn) stillOpen(o Offer) (bool, error) {
	if t.itsOwn(o) {
		return true, nil
	}
	job := ""
	if t.s.top() == TopicMove {
		job = t.s.JobID
	}
	return t.w.Free(o.Slot, job)
}

// leaveOutRefused keeps the very times that were refused from being offered again in answer to the wish that came with
// the refusal: "no i'm working then, what about thursday".
func (t *turn) leaveOutRefused() {
	if t.u.Answer != understanding.No || t.u.Choice == nil || !t.u.Choice.Refused {
		return
	}
	for _, o := range t.s.Offers {
		t.s.Details.Wish.Avoid = append(t.s.Details.Wish.Avoid, scheduling.Interval{From: o.Slot.Start, To: o.Slot.Start.Add(time.Minute)})
	}
}

// turnDown takes the offers off the table. Without another wish the half days they lie in are avoided from now
// on, so that the next ones differ.
func (t *turn) turnDown(avoid bool) {
	t.s.Refusals++
	if avoid {
		for _, o := range t.s.Offers {
			from, to := halfDay(o.Slot.Start.In(t.b.Location()))
			t.s.Details.Wish.Avoid = append(t.s.Details.Wish.Avoid, scheduling.Interval{From: from, To: to})
		}
	}
	t.s.Offers = nil
}

// halfDay is the morning or the rest of the day that holds a time.
func halfDay(at time.Time) (from, to time.Time) {
	y, m, d := at.Date()
	noon := time.Date(y, m, d, 12, 0, 0, 0, at.Location())
	if at.Before(noon) {
		return time.Date(y, m, d, 0, 0, 0, 0, at.Location()), noon
	}
	return noon, time.Date(y, m, d+1, 0, 0, 0, 0, at.Location())
}

// shift turns "anything later?" and "anything sooner?" into a wish relative to what is on the table.
func (t *turn) shift(later bool) {
	wish := &t.s.Details.Wish
	if len(t.s.Offers) == 0 {
		return
	}
	first, last := t.s.Offers[0].Slot.Start, t.s.Offers[0].Slot.Start
	for _, o := range t.s.Offers {
		if o.Slot.Start.Before(first) {
			first = o.Slot.Start
		}
		if o.Slot.Start.After(last) {
			last = o.Slot.Start
		}
	}
	if later {
		*wish = Wish{Kind: understanding.TimeLater, Wanted: []scheduling.Interval{{From: last.Add(time.Minute)}}}
		return
	}
	*wish = Wish{Kind: understanding.TimeEarlier, Wanted: []scheduling.Interval{{To: first}}}
}
