package flow

import (
	"cmp"

	"fixly/ledger"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// nextStatus says when the visits are, and who comes.
func (t *turn) nextStatus() error {
	if done, err := t.whose(); done || err != nil {
		return err
	}
	s := t.s
	if t.onlyDay && !t.u.Asks && t.job() != nil {
		return t.askAboutJob()
	}
	j, more := t.s.Jobs[0], t.s.Jobs[1:]
	if x := t.job(); x != nil {
		j, more = *x, nil
	}
	s.dropVisit()
	s.Details.Wish = Wish{}
	s.Answered = true
	t.because(WhyStatus)
	told := s.Said[TellStatus]+s.Said[TellStatusToday] > 0
	if t.u.Topic == "who" && told && j.Slot.Technician != "" {
		t.say(Conveyance{Kind: TellWho, Person: firstName(j.Slot.Technician)})
		t.anythingElse()
		return nil
	}
	t.tellVisit(j)
	if len(more) > 0 {
		t.say(Conveyance{Kind: TellStatusAlso, Service: more[0].Service, Windows: t.jobWindows(more[0])})
	}
	t.anythingElse()
	return nil
}

// tellVisit says when a visit is, and who comes.
func (t *turn) tellVisit(j scheduling.Job) {
	if j.Status == scheduling.StatusTentative {
		t.say(Conveyance{Kind: TellStatusWaiting, Service: j.Service, Windows: t.jobWindows(j), Person: t.owner()})
		return
	}
	kind := TellStatus
	if t.sameDay(j.Slot.Start, t.w.Now()) {
		kind = TellStatusToday
	}
	t.say(Conveyance{Kind: kind, Service: j.Service, Windows: t.jobWindows(j), Person: firstName(j.Slot.Technician)})
}

// askAboutJob names the visit on the day that was named, and asks what is to become of it.
func (t *turn) askAboutJob() error {
	s, j := t.s, t.job()
	s.dropVisit()
	s.Details.Wish = Wish{}
	s.Answered = true
	t.because(WhyAboutJob)
	t.tellVisit(*j)
	if t.e.Text {
		t.anythingElse() // "friday" may be no more than a nod at what was agreed
		return nil
	}
	t.ask(QAboutJob, WhyAboutJob, Conveyance{Kind: AskAboutJob})
	return nil
}

// tellPast answers who asks about a visit that is over, that was cancelled, or to which nobody came.
func (t *turn) tellPast() error {
	s, j := t.s, t.s.Past
	wasStatus := s.top() == TopicStatus
	s.Answered = true
	due := Conveyance{Service: j.Service, Windows: t.jobWindows(*j), Person: firstName(j.Slot.Technician)}
	switch {
	case j.Status == scheduling.StatusCancelled:
		due.Kind = TellWasCancelled
		t.because(WhyWasCancelled)
	case wasStatus && j.Live() && (t.sameDay(j.WindowEnd, t.w.Now()) || t.u.Has(understanding.IntentComplaint, 0.5)):
		return t.late(due)
	default:
		due.Kind = TellOver
		t.because(WhyOver)
	}
	wantsNew := s.top() == TopicMove
	s.dropVisit()
	t.say(due)
	if wantsNew {
		t.offerBooking()
		return nil
	}
	t.anythingElse()
	return nil
}

// late tells the owner at once that somebody is waiting: the window of the visit is over and nobody has closed it.
func (t *turn) late(due Conveyance) error {
	s, j := t.s, t.s.Past
	due.Kind = TellLate
	t.because(WhyLate)
	t.say(due)
	words := s.VisitWords
	s.dropVisit()
	t.do(Effect{Do: DoLink, Job: *j})
	t.tellOwner("late", t.visitLine(*j)+". Said: "+clip(t.u.Text, 120))
	if words == "" {
		words = "Where is the technician?"
	}
	s.Message, s.About = words+" ("+t.visitLine(*j)+")", "late"
	d := &s.Details
	d.Name, d.Phone = cmp.Or(d.Name, s.OnFileName), cmp.Or(d.Phone, t.e.CallerID)
	t.outcome(ledger.Message)
	t.anythingElse()
	return nil
}

// visitLine names a visit for the owner.
func (t *turn) visitLine(j scheduling.Job) string {
	line := j.Service + ", " + j.Slot.Start.In(t.b.Location()).Format("Mon Jan 2 3:04 PM")
	if p := firstName(j.Slot.Technician); p != "" {
		line += ", " + p
	}
	return line
}

// tellOwner texts the owner ahead of the call's summary: what, whose and the number to call.
func (t *turn) tellOwner(what, text string) {
	d := &t.s.Details
	name, phone := d.Name, d.Phone
	if name == "" {
		name = t.s.OnFileName
	}
	if phone == "" {
		phone = t.e.CallerID
	}
	t.do(Effect{Do: DoTellOwner, What: what, Text: withCaller(text, name, phone)})
}
