package flow

import (
	"fixly/business"
	"fixly/ledger"
	"fixly/receptionist/understanding"
)

// screen deals with those who are not customers: sellers and recordings, wrong numbers, people looking for work; and
// with machines that call for a customer.
func (t *turn) screen() (bool, error) {
	u, s := t.u, t.s
	customer := s.has(TopicBook) && s.Details.Service != "" || s.Booked != nil
	switch {
	case u.Machine && s.top() == "":
		return t.machine()
	case u.Has(understanding.IntentSolicitor, sure) && !customer:
		t.because(WhySolicitor)
		t.outcome(ledger.Spam)
		t.end(Conveyance{Kind: TellSolicitor})
		return true, nil
	case u.Has(understanding.IntentWrongNum, sure) && !customer && s.Question != QCode && s.Question != QBookedPhone:
		t.because(WhyWrongNumber)
		t.outcome(ledger.Answered)
		t.end(Conveyance{Kind: TellWrongNumber})
		return true, nil
	case u.Has(understanding.IntentJobSeeker, sure) && s.About != "job_seeker":
		if t.byTopic(business.TopicHiring, "job_seeker") {
			return true, nil
		}
		t.because(WhyJobSeeker)
		t.say(Conveyance{Kind: TellJobSeeker, Person: firstName(t.recipientOf("job_seeker"))})
		return true, t.startMessage(u.Text, "job_seeker")
	}
	return false, nil
}

// machine answers another machine that asks for prices, hours or openings, as search engines and assistants do: all
// of it in one breath. One that names the work and asks for a time is offered times, as the customer it calls for.
func (t *turn) machine() (bool, error) {
	u, s := t.u, t.s
	s.Machine, s.Answered = true, true
	t.because(WhyMachine)
	service := u.Service != "" && u.ServiceScore >= heardService
	price := u.Has(understanding.IntentPrice, 0.5)
	books := t.wished || u.Has(understanding.IntentBook, 0.85)
	asksTime := u.Topic == "openings" || books && !price && u.Topic == "" && u.FAQ < 0
	if u.FAQ >= 0 {
		t.tellFAQs()
	}
	if price || service && !asksTime {
		t.tellPrice()
	}
	if u.Topic == "hours" && u.FAQ < 0 || len(t.d.Convey) == 0 && !service {
		t.tellHours()
	}
	t.digressed = true
	t.answered = len(t.d.Convey)
	if !asksTime {
		s.Details.Wish = Wish{} // "are you open on saturday" wishes for nothing
	}
	switch {
	case service && asksTime:
		t.startBooking()
		return true, t.next()
	case asksTime:
		return true, t.tellNext()
	}
	t.anythingElse()
	return true, nil
}

// tellNext names the next openings for work of no kind yet: the shop's shortest.
func (t *turn) tellNext() error {
	q := t.query()
	for _, s := range t.b.Services {
		if x := t.b.Service(q.Service); x == nil || s.Duration < x.Duration {
			q.Service = s.Name
		}
	}
	offered, err := t.w.Offers(q)
	if err != nil {
		return err
	}
	if len(offered.Slots) > 0 {
		t.s.Named = t.onTable(offered.Slots, q.Also)
		t.say(Conveyance{Kind: TellNext, Windows: t.windows(t.s.Named)})
	}
	t.s.Details.Wish = Wish{}
	t.anythingElse()
	return nil
}
