package flow_test

import (
	"testing"
	"time"

	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// Somebody else's visit, and the number it is booked under.
const (
	booked    = "+17735550199"
	nobodys   = "+17735550100"
	wednesday = "2026-11-25 10:00"
)

// fromElsewhere is a call from a number with nothing booked, while another has a visit.
func fromElsewhere(t *testing.T) *script {
	c := newScript(t, monday)
	j := job(t, "job_1", wednesday)
	j.Customer.Phone, j.Customer.Name = booked, "Nadia Bloom"
	c.w.jobs = []scheduling.Job{j}
	return c
}

func (c *script) withheldOr(number string) { c.from = &number }

func phoned(number string) u { return u{Text: number, Phone: number} }
func code(digits string) u   { return u{Text: digits, Digits: digits} }

// tellsNothing fails when anything of a visit is conveyed or done.
func (c *script) tellsNothing() {
	c.t.Helper()
	for _, k := range []flow.Kind{flow.TellStatus, flow.TellStatusToday, flow.TellStatusAlso, flow.AskCancelSure, flow.TellCancelled, flow.TellMoved, flow.TellMoveOffer, flow.AskWhichJob, flow.AskAddressSame, flow.TellOver, flow.TellWasCancelled, flow.TellLate, flow.TellAmended} {
		c.refute(k)
	}
	for _, do := range []flow.EffectKind{flow.DoMove, flow.DoCancel, flow.DoAmend, flow.DoAddWork} {
		if c.effect(do) != nil {
			c.t.Fatalf("%s is done", do)
		}
	}
	if len(c.s.Jobs) > 0 {
		c.t.Fatal("jobs of somebody else are in the state")
	}
}

func TestACodeProvesWhoseBookingItIs(t *testing.T) {
	for name, wish := range map[string]struct {
		intent understanding.Intent
		then   flow.Kind
	}{
		"status": {understanding.IntentStatus, flow.TellStatus},
		"cancel": {understanding.IntentCancel, flow.AskCancelSure},
		"move":   {understanding.IntentReschedule, flow.AskWhen},
	} {
		t.Run(name, func(t *testing.T) {
			c := fromElsewhere(t)
			c.say(intent(wish.intent))
			c.expect(flow.TellNoJob)
			c.expect(flow.AskBookedPhone)
			c.say(phoned(booked))
			c.expect(flow.TellCodeSent)
			c.expect(flow.AskCode)
			c.tellsNothing()
			if e := c.effect(flow.DoTextCode); e == nil || e.Phone != booked || e.N != 1 {
				t.Fatalf("effects %+v", c.d.Effects)
			}
			c.say(code(codeOf(booked, 1)))
			c.expect(flow.SayProven)
			c.expect(wish.then)
		})
	}
}

func TestNothingToldSaysWhetherThereIsAVisit(t *testing.T) {
	said := map[string][][]flow.Kind{}
	for who, number := range map[string]string{"a customer's": booked, "nobody's": nobodys} {
		c := fromElsewhere(t)
		c.say(intent(understanding.IntentStatus))
		c.say(phoned(number))
		if e := c.effect(flow.DoTextCode); (e != nil) != (number == booked) {
			t.Errorf("%s number: effects %+v", who, c.d.Effects)
		}
		for range 4 {
			said[who] = append(said[who], kinds(c.d))
			c.say(code("000000"))
			c.tellsNothing()
		}
	}
	for i := range said["nobody's"] {
		if a, b := said["nobody's"][i], said["a customer's"][i]; !equal(a, b) {
			t.Errorf("turn %d differs: %v and %v", i, a, b)
		}
	}
}

func equal(a, b []flow.Kind) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestWrongCodesComeToAnEnd(t *testing.T) {
	c := fromElsewhere(t)
	c.say(intent(understanding.IntentCancel))
	c.say(phoned(booked))
	c.say(code("111111"))
	c.expect(flow.TellCodeWrong)
	c.say(code("22222")) // a digit short is a wrong code
	c.expect(flow.TellCodeWrong)
	c.say(code("333333"))
	c.expect(flow.TellUnproven)
	c.expect(flow.AskOfferMessage)
	c.tellsNothing()
	// the right one is of no use any more, nor is another number
	c.say(code(codeOf(booked, 1)))
	c.tellsNothing()
	c.say(intent(understanding.IntentCancel))
	c.say(phoned(booked))
	c.tellsNothing()
	if c.effect(flow.DoTextCode) != nil {
		t.Error("another code is sent")
	}
}

func TestACodeRunsOut(t *testing.T) {
	c := fromElsewhere(t)
	c.say(intent(understanding.IntentStatus))
	c.say(phoned(booked))
	c.w.now = c.w.now.Add(11 * time.Minute)
	c.say(code(codeOf(booked, 1)))
	c.expect(flow.TellCodeExpired)
	c.expect(flow.AskCode)
	c.tellsNothing()
	if e := c.effect(flow.DoTextCode); e == nil || e.N != 2 {
		t.Fatalf("effects %+v", c.d.Effects)
	}
	c.say(code(codeOf(booked, 1)))
	c.expect(flow.TellCodeWrong)
	c.say(code(codeOf(booked, 2)))
	c.expect(flow.TellStatus)
}

func TestTooManyCodesForANumberOpenNothing(t *testing.T) {
	c := fromElsewhere(t)
	c.w.sent = flow.CodesPerDay
	c.say(intent(understanding.IntentStatus))
	c.say(phoned(booked))
	c.expect(flow.TellCodeSent) // the same words
	if c.effect(flow.DoTextCode) != nil {
		t.Error("a code is sent")
	}
	c.say(code(codeOf(booked, 1)))
	c.expect(flow.TellCodeWrong)
	c.tellsNothing()
}

func TestANameGetsTheCodeToItsNumber(t *testing.T) {
	c := fromElsewhere(t)
	c.say(intent(understanding.IntentStatus))
	c.say(named("nadia bloom"))
	c.expect(flow.TellCodeSentName)
	if e := c.effect(flow.DoTextCode); e == nil || e.Phone != booked {
		t.Fatalf("effects %+v", c.d.Effects)
	}
	c.say(code(codeOf(booked, 1)))
	c.expect(flow.TellStatus)

	// two people of that name: neither gets one, and the words are the same
	c = fromElsewhere(t)
	j := job(t, "job_2", "2026-11-27 10:00")
	j.Customer.Phone, j.Customer.Name = nobodys, "Nadia Bloom"
	c.w.jobs = append(c.w.jobs, j)
	c.say(intent(understanding.IntentStatus))
	c.say(named("Nadia Bloom"))
	c.expect(flow.TellCodeSentName)
	if c.effect(flow.DoTextCode) != nil {
		t.Error("a code is sent to one of two")
	}
}

func TestADoubtedCallerIDProvesNothing(t *testing.T) {
	c := newScript(t, monday)
	c.w.jobs = []scheduling.Job{job(t, "job_1", wednesday)}
	c.doubt = true
	c.say(intent(understanding.IntentStatus))
	c.expect(flow.TellCodeSentHere)
	c.tellsNothing()
	if e := c.effect(flow.DoTextCode); e == nil || e.Phone != caller {
		t.Fatalf("effects %+v", c.d.Effects)
	}
	c.say(code(codeOf(caller, 1)))
	c.expect(flow.TellStatus)

	// and what is on file is not offered for a booking
	c = newScript(t, monday)
	c.w.jobs = []scheduling.Job{job(t, "job_1", wednesday)}
	c.w.jobs[0].Address.Line1, c.w.jobs[0].Address.ZIP = "2145 North Damen Avenue", "60647"
	c.doubt = true
	c.say(problem("Leak repair", "a leak"))
	c.say(choice(0))
	c.expect(flow.AskName)
	c.say(named("Nadia Bloom"))
	c.say(yes())
	c.expect(flow.AskAddress)
	c.refute(flow.AskAddressSame)
}

func TestAWithheldNumberIsAskedForTheBookings(t *testing.T) {
	c := fromElsewhere(t)
	c.withheldOr("")
	c.say(intent(understanding.IntentStatus))
	c.refute(flow.TellNoJob) // there is no number of theirs to say that of
	c.expect(flow.AskBookedPhone)
	c.say(phoned(booked))
	c.say(code(codeOf(booked, 1)))
	c.expect(flow.TellStatus)
}

func TestWhoCannotGetTheCodeLeavesAMessage(t *testing.T) {
	noText := no()
	noText.Text = "i don't have that phone with me"
	c := fromElsewhere(t)
	x := intent(understanding.IntentCancel)
	x.Text = "i have to cancel the visit at my mother's on wednesday"
	c.say(x)
	c.say(phoned(booked))
	c.say(noText)
	c.expect(flow.TellCodeWait)
	c.say(noText)
	c.expect(flow.TellUnproven)
	c.expect(flow.AskOfferMessage)
	c.say(yes())
	c.expect(flow.AskName)
	c.say(named("Dan Bloom"))
	c.expect(flow.TellMessage)
	if c.s.Message == "" {
		t.Error("the message does not say what it is about")
	}
	if c.s.Details.Phone != caller {
		t.Errorf("the call back goes to %s, not to who called", c.s.Details.Phone)
	}
}

func TestTheCodeIsKeyedIn(t *testing.T) {
	c := fromElsewhere(t)
	c.say(intent(understanding.IntentStatus))
	for _, k := range booked[2:] {
		c.event(flow.Event{Kind: flow.Keys, Keys: string(k)})
	}
	c.expect(flow.TellCodeSent)
	for _, k := range codeOf(booked, 1) {
		c.event(flow.Event{Kind: flow.Keys, Keys: string(k)})
	}
	c.expect(flow.TellStatus)
}

func TestAQuestionWhileTheCodeIsOnItsWay(t *testing.T) {
	c := fromElsewhere(t)
	c.say(intent(understanding.IntentStatus))
	c.say(phoned(booked))
	c.say(u{Text: "hang on, my glasses", HoldOn: true})
	c.expect(flow.SayTakeYour)
	ask := intent(understanding.IntentQuestion)
	ask.FAQ, ask.FAQs = 1, []int{1}
	c.say(ask)
	c.expect(flow.TellFAQ)
	c.expect(flow.AskCode)
	c.say(code(codeOf(booked, 1)))
	c.expect(flow.TellStatus)
}

func TestTheNumberOfAThreadIsProof(t *testing.T) {
	c := newScript(t, monday)
	c.text = true
	c.w.jobs = []scheduling.Job{job(t, "job_1", wednesday)}
	c.say(intent(understanding.IntentStatus))
	c.expect(flow.TellStatus)
}
