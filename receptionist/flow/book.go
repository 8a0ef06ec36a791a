package flow

import (
	"strings"

	"fixly/ledger"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// wants starts what the caller came for, when nothing else took the turn.
func (t *turn) wants() (bool, error) {
	s, u := t.s, t.u
	if t.wantsMessage() {
		return true, t.startMessage(u.Text, "")
	}
	if s.top() != "" {
		return false, nil
	}
	d := &s.Details
	asked := s.Question == QProblem || s.Question == QDetail || s.Question == QOfferBooking || s.Question == QAnythingElse
	problem := u.Service != "" && u.ServiceScore >= heardService || u.Problem != "" && asked && !t.digressed
	if s.Booked != nil && !u.Has(understanding.IntentBook, sure) && !(problem && u.Service != "" && u.Service != d.Service && u.Service != d.Wants) {
		return false, nil // a remark about what was just booked is no second booking
	}
	if !u.Has(understanding.IntentBook, sure) && !problem && !(t.wished && asked && !t.digressed) {
		return false, nil
	}
	if t.digressed && !problem && !u.Has(understanding.IntentBook, sure) {
		return false, nil
	}
	t.startBooking()
	return true, t.next()
}

// startBooking begins a booking; after one is done the next keeps who and where.
func (t *turn) startBooking() {
	s, u := t.s, t.u
	if s.Booked != nil {
		d := &s.Details
		wish := Wish{}
		if t.wished {
			wish = d.Wish
		}
		*d = Details{Name: d.Name, Spelt: d.Spelt, Phone: d.Phone, Extension: d.Extension, Address: d.Address, Wish: wish, Urgency: t.urgency()}
		if u.Service != "" && u.ServiceScore >= heardService {
			d.Service = u.Service
		}
		d.Problem, d.WordsIn = u.Problem, t.wordsIn()
		s.Booked, s.Triaged, s.FeeAgreed, s.Refusals = nil, false, false, 0
		s.Next, s.Condition, s.Step, s.Explored = [2]string{}, "", "", 0
		t.absorbKnown()
		t.absorbAlso()
		s.Offers, s.Chosen = nil, nil
	}
	s.push(TopicBook)
	a := s.Details.Address
	placed := a.City == "" && a.ZIP == "" || t.knownCity(a.City) || t.b.InArea(a.ZIP)
	hello := t.e.Text && s.Turns == 1
	if s.Details.Service != "" && placed && !hello && !t.digressed && s.Said[SayCanHelp] == 0 && s.Details.Urgency != scheduling.Emergency {
		if d := &s.Details; len(d.Also) > 0 && s.Said[SayBoth] == 0 {
			t.say(Conveyance{Kind: SayBoth, List: d.services()})
			return
		}
		t.say(Conveyance{Kind: SayCanHelp})
	}
}

// services are those of all the work that was asked for.
func (d *Details) services() []string {
	out := []string{d.Service}
	for _, w := range d.Also {
		out = append(out, w.Service)
	}
	return out
}

// urgency is how urgent what was just said is.
func (t *turn) urgency() scheduling.Urgency {
	switch t.u.Urgency {
	case "emergency":
		return scheduling.Emergency
	case "urgent":
		return scheduling.Urgent
	}
	return ""
}

// nextBook asks for the first thing that is missing, in the order in which a good receptionist asks: what, when,
// who, where. When nothing is missing it reads everything back once, and books.
func (t *turn) nextBook() error {
	s, d := t.s, &t.s.Details
	if t.outside() {
		return t.tellOutOfArea()
	}
	if d.Service == "" {
		t.askProblem()
		return nil
	}
	if t.unsureOfPlace() {
		return nil
	}
	if cond := t.triage(); cond != "" {
		t.ask(QTriage, WhyTriage, Conveyance{Kind: AskTriage, Text: cond})
		return nil
	}
	if q := t.nextQuestion(); q != nil {
		t.askNext(q)
		return nil
	}
	if err := t.quoteFirst(); err != nil {
		return err
	}
	if s.Chosen == nil {
		if len(s.Offers) > 0 && !t.changed {
			t.askChoiceAgain()
			return nil
		}
		if err := t.leaveOutOwnJobs(); err != nil {
			return err
		}
		if t.b.Scheduling.PlanDriving { // the times that suit depend on where the caller lives
			if err := t.lookUp(); err != nil {
				return err
			}
		}
		return t.offer()
	}
	if t.e.CallerID != "" && (d.Name == "" || d.Address.Line1 == "") {
		if err := t.lookUp(); err != nil {
			return err
		}
		if d.Name == "" {
			d.Name = s.OnFileName
		}
	}
	switch {
	case d.Name == "":
		t.ask(QName, WhyNeedName, Conveyance{Kind: AskName})
	case !strings.Contains(d.Name, " ") && !s.MoreName:
		t.ask(QLastName, WhyNeedName, Conveyance{Kind: AskLastName, Name: d.Name})
	case d.Phone == "" && s.ForOther:
		t.ask(QPhone, WhyNeedPhone, Conveyance{Kind: AskPhoneOther})
	case d.Phone == "" && t.e.Text:
		d.Phone = t.e.CallerID
		return t.nextBook()
	case d.Phone == "" && t.e.CallerID != "" && s.Question != QPhone:
		t.ask(QPhoneSame, WhyNeedPhone, Conveyance{Kind: AskPhoneSame, Phone: t.e.CallerID})
	case d.Phone == "":
		t.ask(QPhone, WhyNeedPhone, Conveyance{Kind: AskPhone})
	case d.Address.Line1 == "" && !s.OnFile.IsZero() && !s.OnFileNo && t.b.InArea(s.OnFile.ZIP):
		t.ask(QAddressSame, WhyOnFile, Conveyance{Kind: AskAddressSame, Address: s.OnFile})
	case d.Address.Line1 == "" && d.Address.ZIP != "":
		t.ask(QAddress, WhyNeedAddress, Conveyance{Kind: AskStreet})
	case d.Address.Line1 == "":
		t.ask(QAddress, WhyNeedAddress, Conveyance{Kind: AskAddress})
	case !numberedHouse(d.Address.Line1) && !s.NoNumber:
		t.ask(QHouse, WhyNeedHouse, Conveyance{Kind: AskHouse, Address: d.Address})
	case d.Address.ZIP == "":
		t.ask(QZIP, WhyNeedZIP, Conveyance{Kind: AskZIP})
	case !d.Confirmed:
		t.readBack(AskReadBack)
	default:
		return t.book()
	}
	return nil
}

// readBack reads what will be booked, for a yes or a no.
func (t *turn) readBack(kind Kind) {
	d := &t.s.Details
	t.ask(QReadBack, WhyReadBack, Conveyance{Kind: kind, Name: d.Name, Phone: d.Phone, Extension: d.Extension, Address: d.Address, Windows: t.windows([]Offer{*t.s.Chosen})})
}

// book puts the job into the calendar, if its time is still open. What is conveyed is only said once the
// transaction that books it is committed.
func (t *turn) book() error {
	s, d := t.s, &t.s.Details
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
	urgency := d.Urgency
	if urgency == "" {
		urgency = scheduling.Routine
	}
	source := scheduling.FromCall
	if t.e.Text {
		source = scheduling.FromText
	}
	waits, err := t.needsApproval(urgency)
	if err != nil {
		return err
	}
	status := scheduling.StatusBooked
	if waits {
		status = scheduling.StatusTentative
	}
	j := scheduling.Job{
		Status: status, Service: d.Service, Problem: d.work(), Urgency: urgency,
		Slot: o.Slot, WindowEnd: o.WindowEnd, Address: d.Address, Source: source,
	}
	if d.Extension != "" { // kept where people read about the visit: a telephone number of ours has none
		j.Problem += " (phone extension " + d.Extension + ")"
	}
	j.Customer.Name, j.Customer.Phone = d.Name, d.Phone
	t.do(Effect{Do: DoBook, Job: j, Also: o.Also, OfferedAt: o.At})
	s.Booked, s.Chosen, s.Offers, s.Waiting = &o, nil, nil, waits
	s.LookedUp, s.Amended = false, "" // the list of jobs has grown
	s.drop(TopicBook)
	t.outcome(ledger.Booked)
	if waits {
		t.because(WhyPutDown)
	}
	t.because(WhyBooked)
	t.tellBooked(o)
	t.wishPhoto(o)
	t.anythingElse()
	return nil
}

// amend corrects what was booked a moment ago: "wait, it's 1843, not 1842".
func (t *turn) amend() (bool, error) {
	s, d := t.s, &t.s.Details
	if s.Booked == nil && s.Amended == "" || s.top() != "" || !t.amended || d.Service == "" || t.outside() {
		return false, nil
	}
	j := scheduling.Job{ID: s.Amended}
	j.Customer.Name, j.Customer.Phone, j.Address = d.Name, d.Phone, d.Address
	t.do(Effect{Do: DoAmend, Job: j})
	t.because(WhyCorrected)
	t.say(Conveyance{Kind: TellAmended, Name: d.Name, Phone: d.Phone, Extension: d.Extension, Address: d.Address})
	t.anythingElse()
	return true, nil
}

// askProblem asks what is wrong; when something was said that names no service, what exactly.
func (t *turn) askProblem() {
	if t.explore() {
		return
	}
	if t.s.Details.Problem != "" || t.s.Question == QDetail || t.s.Said[AskDetail] > 0 {
		t.ask(QDetail, WhyNeedDetail, Conveyance{Kind: AskDetail, List: serviceNames(t.b)})
		return
	}
	t.ask(QProblem, WhyNeedProblem, Conveyance{Kind: AskProblem})
}
