package flow

import (
	"strings"

	"fixly/ledger"
	"fixly/scheduling"
)

// Amending is what of a visit that is booked is to be changed, besides its time.
type Amending string

// What can be changed.
const (
	AmendAddress Amending = "address"
	AmendPhone   Amending = "phone"
	AmendWork    Amending = "work" // more is to be done
)

// amendWish is what of a booked visit the caller wants changed; empty when nothing. A booking that is under way takes
// such corrections by itself.
func (t *turn) amendWish() Amending {
	s := t.s
	if s.has(TopicBook) || s.has(TopicMessage) || s.has(TopicMove) || s.Question == QOfferMessage {
		return ""
	}
	switch a := Amending(t.u.VisitWish); a {
	case AmendAddress, AmendPhone, AmendWork:
		return a
	}
	return ""
}

// wantsAmend is amendWish, where there is a visit to add work to: without one "and could you also look at the toilet"
// begins a booking.
func (t *turn) wantsAmend() (Amending, error) {
	a := t.amendWish()
	if a != AmendWork {
		return a, nil
	}
	if err := t.lookUp(); err != nil || len(t.s.Jobs) == 0 {
		return "", err
	}
	return a, nil
}

// nextAmend asks for the new detail of a visit, and changes it.
func (t *turn) nextAmend() error {
	if done, err := t.whose(); done || err != nil {
		return err
	}
	j := t.job()
	if j == nil {
		t.askWhichJob()
		return nil
	}
	switch t.s.Amending {
	case AmendAddress:
		t.amendAddress(*j)
	case AmendPhone:
		t.amendPhone(*j)
	default:
		t.amendWork(*j)
	}
	return nil
}

func (t *turn) amendAddress(j scheduling.Job) {
	s := t.s
	a := s.Details.Address
	switch {
	case a.Line1 == "" || strings.EqualFold(a.Line1, j.Address.Line1) && a.ZIP == j.Address.ZIP && a.Unit == j.Address.Unit:
		s.Details.Address.Line1 = ""
		t.ask(QNewAddress, WhyVisitAddress, Conveyance{Kind: AskNewAddress})
		return
	case a.ZIP == "":
		t.ask(QZIP, WhyNeedZIP, Conveyance{Kind: AskZIP})
		return
	case t.outside():
		s.dropVisit()
		t.because(WhyOutOfArea)
		t.say(Conveyance{Kind: TellOutOfArea, Place: a.ZIP, List: t.b.ServiceArea.Cities})
		_ = t.offerMessage() // it only asks
		return
	}
	j.Address = a
	t.amendJob(j, WhyVisitAddress)
}

func (t *turn) amendPhone(j scheduling.Job) {
	phone := t.s.Details.Phone
	if phone == "" || phone == j.Customer.Phone {
		t.ask(QNewPhone, WhyVisitPhone, Conveyance{Kind: AskNewPhone})
		return
	}
	j.Customer.Phone = phone
	t.amendJob(j, WhyVisitPhone)
}

// amendJob changes who and where of a job, and reads out how it stands now.
func (t *turn) amendJob(j scheduling.Job, why Reason) {
	s := t.s
	t.do(Effect{Do: DoAmend, Job: j})
	t.visitChanged()
	s.Amended = j.ID
	d := &s.Details
	d.Name, d.Phone, d.Address, d.Service = j.Customer.Name, j.Customer.Phone, j.Address, j.Service
	t.because(why)
	t.say(Conveyance{Kind: TellAmended, Name: j.Customer.Name, Phone: j.Customer.Phone, Address: j.Address})
	t.anythingElse()
}

// amendWork adds to what is to be done. How long it takes, and what it costs, is for the people of the shop to say.
func (t *turn) amendWork(j scheduling.Job) {
	s, u := t.s, t.u
	more := u.Problem
	if more == "" && s.Question == QMoreWork {
		more = strings.TrimSpace(u.Text)
	}
	if more == "" && u.Service != "" {
		more = strings.ToLower(u.Service)
	}
	if more == "" {
		t.ask(QMoreWork, WhyMoreWork, Conveyance{Kind: AskMoreWork, Person: firstName(j.Slot.Technician)})
		return
	}
	who := firstName(j.Slot.Technician)
	j.Problem = strings.TrimPrefix(j.Problem+"; also "+more, "; ")
	t.do(Effect{Do: DoAddWork, Job: j})
	t.tellOwner("more_work", t.visitLine(j)+". Also: "+clip(more, 120))
	t.visitChanged()
	s.Details.Service, s.Details.Problem = j.Service, j.Problem
	t.because(WhyMoreWork)
	t.say(Conveyance{Kind: TellMoreWork, Person: who})
	t.anythingElse()
}

// visitChanged forgets what was said of the visit, and that its jobs were looked up.
func (t *turn) visitChanged() {
	s := t.s
	s.dropVisit()
	s.Amending, s.LookedUp, s.Jobs = "", false, nil
	s.Details.Wish = Wish{}
	s.Answered = true
	t.outcome(ledger.Answered)
}
