package flow

import (
	"strings"

	"fixly/business/trades"

	"fixly/contact"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// emergency takes the signs of one: worry is met, the step that limits the harm is said, the people on call are
// alerted at once, and the soonest time is offered.
func (t *turn) emergency() (bool, error) {
	u, d := t.u, &t.s.Details
	if u.Urgency != "emergency" && !u.Has(understanding.IntentEmergency, sure) {
		return false, nil
	}
	if d.Urgency == scheduling.Emergency || t.s.top() == TopicMessage || t.s.top() == TopicArea {
		return false, nil
	}
	if t.s.Question == QTriage && u.Answer == understanding.No {
		return false, nil
	}
	if !t.b.Emergencies.Accepted {
		d.Urgency = scheduling.Urgent
		return false, nil
	}
	if u.NotOffered != "" && d.Service == "" {
		return false, nil
	}
	d.Urgency = scheduling.Emergency
	if !t.s.has(TopicBook) {
		t.startBooking()
	}
	t.declareEmergency()
	t.learned = true
	return true, t.next()
}

// declareEmergency marks the booking, alerts, and says what limits the harm.
func (t *turn) declareEmergency() {
	d := &t.s.Details
	d.Urgency = scheduling.Emergency
	if t.s.Chosen != nil || len(t.s.Offers) > 0 {
		t.letGo() // sooner times open up
	}
	d.Wish = Wish{}
	t.because(WhyEmergency)
	if !t.outside() { // its words promise that somebody comes
		t.say(Conveyance{Kind: SayWorry})
	}
	if step, ok := steps[t.s.Step]; ok && !t.warned {
		t.say(Conveyance{Kind: step})
	}
	if len(t.b.OnCallPlan.People) > 0 && t.s.Alerted != "emergency" {
		t.say(Conveyance{Kind: TellPaging, Person: t.alertee()}) // as the alert, stored with this turn, will do
	}
	t.alert("emergency", t.problem())
}

// problem is what is wrong, as far as it is known, for the owner: with the service, where the words are not in a
// language that owners read.
func (t *turn) problem() string {
	d := &t.s.Details
	words, service := quoted(d.Problem, d.WordsIn), d.Service
	switch {
	case words == "" && service == "":
		return quoted(t.u.Text, t.wordsIn())
	case words == "":
		return service
	case words != d.Problem && service != "":
		return service + ", " + words
	}
	return words
}

// alert tells the people on call, once per conversation and kind: what, who, where and the number to call.
func (t *turn) alert(what, text string) {
	if t.s.Alerted == what {
		return
	}
	t.s.Alerted = what
	d := &t.s.Details
	phone := d.Phone
	if phone == "" {
		phone = t.e.CallerID
	}
	text = withCaller(text, d.Name, phone)
	if d.Address.Line1 != "" {
		text += ", " + oneLine(d.Address)
	}
	t.do(Effect{Do: DoAlert, What: what, Text: text})
}

// withCaller puts who called, and the number to call, to what there is to tell.
func withCaller(text, name, phone string) string {
	if name != "" {
		text += ". " + name
	}
	if phone == "" {
		return text + ", number withheld"
	}
	return text + ", " + contact.National(phone)
}

// steps are the fixed words for the vetted first steps.
var steps = map[string]Kind{
	trades.StepElectric: StepElectric,
	trades.StepSewage:   StepSewage,
	trades.StepHeat:     StepHeat,
	trades.StepWater:    StepWater,
}

// triage gives the condition to ask about when what is wrong is half of a sign ("no heat with an infant or
// elderly person": no heat, with whom?); empty when there is nothing to ask.
func (t *turn) triage() string {
	s, d := t.s, &t.s.Details
	if s.Triaged || d.Urgency == scheduling.Emergency || !t.b.Emergencies.Accepted || s.Chosen != nil || len(s.Offers) > 0 {
		return ""
	}
	return s.Condition
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// calmDown takes back an emergency that the caller would rather have another day: it is urgent then, and is visited in
// opening hours. The people on call were alerted all the same.
func (t *turn) calmDown() {
	d := &t.s.Details
	if d.Urgency != scheduling.Emergency || t.s.Question != QChoice || !t.wished || t.u.Urgency == "emergency" || len(d.Wish.Wanted) == 0 {
		return
	}
	for _, w := range d.Wish.Wanted {
		if w.From.Sub(t.w.Now()) <= emergencyWithin {
			return
		}
	}
	d.Urgency = scheduling.Urgent
}

// beforeEmergency settles what comes before a time is offered: when nobody can come soon the call goes to the
// people on call; outside opening hours the fee is agreed to first.
func (t *turn) beforeEmergency(slots []scheduling.Slot) (bool, error) {
	s := t.s
	if len(slots) == 0 || slots[0].Start.Sub(t.w.Now()) > emergencyWithin {
		if people := t.onCall(); len(people) > 0 && !s.Rung && !t.e.Text {
			t.handOver(people, WhyHandOverUrgent)
			return true, nil
		}
		return false, nil
	}
	if fee := t.b.Emergencies.AfterHoursFee; fee != "" && !s.FeeAgreed && !t.b.IsOpen(slots[0].Start) {
		t.ask(QFee, WhyFee, Conveyance{Kind: AskFee, Price: fee})
		return true, nil
	}
	return false, nil
}
