package flow_test

import (
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/ledger"
	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

func TestEmergencies(t *testing.T) {
	flood := problem("Leak repair", "the basement is flooding")
	flood.Urgency, flood.Step = "emergency", "water"

	t.Run("the caller hears who is paged, by the rota", func(t *testing.T) {
		c := newScript(t, "2026-11-23 10:30")
		c.refute(flow.TellPaging)
		c.w.b.OnCallPlan = business.OnCall{Since: "2026-11-23", People: []business.OnCallPerson{{Name: "Luis Ortega", Phone: "+13125550103"}}}
		c.say(flood)
		if p := c.expect(flow.TellPaging).Person; p != "Luis" {
			t.Errorf("paged is %q", p)
		}
		c.say(yes())
		c.refute(flow.TellPaging)
	})

	t.Run("in hours the soonest time is offered and the chain alerted", func(t *testing.T) {
		c := newScript(t, "2026-11-23 10:30")
		c.say(flood)
		c.expect(flow.SayWorry)
		c.expect(flow.StepWater)
		c.refute(flow.AskFee)
		if w := c.expect(flow.TellOffer).Windows; len(w) != 1 || w[0].From.Sub(c.w.now) > 2*time.Hour {
			t.Errorf("offered %v", w)
		}
		if e := c.effect(flow.DoAlert); e == nil || e.What != "emergency" {
			t.Errorf("effects %+v", c.d.Effects)
		}
		c.say(yes())
		if c.effect(flow.DoAlert) != nil {
			t.Error("alerted twice")
		}
		c.say(named("Megan O'Rourke"))
		c.say(yes())
		c.say(lives("2846 North Mildred Avenue", "60657"))
		c.say(yes())
		if e := c.effect(flow.DoBook); e == nil || e.Job.Urgency != scheduling.Emergency {
			t.Errorf("booked %+v", e)
		}
	})
	t.Run("after hours the fee comes first", func(t *testing.T) {
		c := newScript(t, "2026-11-23 20:30")
		c.say(flood)
		if p := c.expect(flow.AskFee).Price; p != "$150 after-hours fee" {
			t.Errorf("fee %q", p)
		}
		c.say(yes())
		if w := c.expect(flow.TellOffer).Windows; w[0].From.Sub(c.w.now) > 2*time.Hour {
			t.Errorf("offered %v", w)
		}
	})
	t.Run("without the fee it waits for the morning", func(t *testing.T) {
		c := newScript(t, "2026-11-23 20:30")
		c.say(flood)
		c.say(no())
		if w := c.expect(flow.TellOffer).Windows; !c.w.b.IsOpen(w[0].From) {
			t.Errorf("offered %v", w)
		}
	})
	t.Run("nobody free soon: the people on call are rung", func(t *testing.T) {
		c := newScript(t, "2026-11-23 10:30")
		for _, m := range c.w.b.Team {
			c.w.busy = append(c.w.busy, scheduling.Busy{Technician: m.Name, From: c.w.now, To: c.w.now.Add(48 * time.Hour)})
		}
		c.say(flood)
		if len(c.d.Transfer) == 0 || c.d.Transfer[0].Phone != "+13125550101" {
			t.Fatalf("transfer %v", c.d.Transfer)
		}
		c.event(flow.Event{Kind: flow.PersonGone})
		c.expect(flow.AskGoOn)
		c.say(yes())
		c.expect(flow.TellOffer)
	})
	t.Run("who would rather have another day gets it in opening hours", func(t *testing.T) {
		c := newScript(t, "2026-11-23 10:30")
		c.say(flood)
		c.say(c.wish("2026-11-24 00:00", "2026-11-25 00:00"))
		for _, w := range c.expect(flow.TellOffer).Windows {
			if !c.w.b.IsOpen(w.From) || w.From.Day() != 24 {
				t.Errorf("offered %v", w)
			}
		}
		if len(c.d.Transfer) > 0 {
			t.Errorf("rang %v", c.d.Transfer)
		}
	})
	t.Run("half a sign is asked about", func(t *testing.T) {
		c := newScript(t, monday)
		cold := problem("Furnace repair", "no heat since last night")
		cold.Condition, cold.Step = "an infant or elderly person", "heat"
		c.say(cold)
		if got := c.expect(flow.AskTriage).Text; got != "an infant or elderly person" {
			t.Errorf("asked about %q", got)
		}
		c.say(yes())
		c.expect(flow.StepHeat)
		if c.effect(flow.DoAlert) == nil {
			t.Error("nobody alerted")
		}
	})
}

func TestDangerIsNeverBooked(t *testing.T) {
	c := newScript(t, "2026-11-23 18:55")
	gas := intent(understanding.IntentDanger)
	gas.Danger, gas.Service, gas.ServiceScore = "smell gas", "Gas line service", 0.9
	c.say(gas)
	c.expect(flow.DangerGas)
	if e := c.effect(flow.DoAlert); e == nil || e.What != "danger" {
		t.Fatalf("effects %+v", c.d.Effects)
	}
	// nothing else is talked about, whatever is said
	for range 4 {
		c.say(problem("Gas line service", "book me for tomorrow"))
		c.refute(flow.TellOffer)
		if c.effect(flow.DoBook) != nil || c.effect(flow.DoHold) != nil {
			t.Fatal("a time is held")
		}
		if c.d.End {
			break
		}
	}
	if !c.d.End || c.d.Outcome != ledger.Message {
		t.Errorf("end %v, outcome %q", c.d.End, c.d.Outcome)
	}
}

func TestAPersonIsAlwaysHonoured(t *testing.T) {
	c := newScript(t, "2026-11-23 14:05")
	c.say(intent(understanding.IntentPerson))
	c.expect(flow.TellHandOver)
	if len(c.d.Transfer) != 2 {
		t.Fatalf("transfer %v", c.d.Transfer)
	}
	c.event(flow.Event{Kind: flow.PersonGone})
	c.expect(flow.TellNobody)
	c.expect(flow.AskMessage)
	c.say(u{Text: "tell mike that sheila grant called about the sump pump he put in", Name: "Sheila Grant"})
	c.expect(flow.TellMessage)
	if c.d.Outcome != ledger.Message {
		t.Errorf("outcome %q", c.d.Outcome)
	}
	for _, part := range []string{"Sheila Grant", "sump pump", "(312) 555-0142"} {
		if !strings.Contains(c.d.Summary, part) {
			t.Errorf("the summary %q lacks %q", c.d.Summary, part)
		}
	}
}

func TestAfterHoursOnlyWhoTakesCallsIsRung(t *testing.T) {
	c := newScript(t, "2026-11-23 22:00")
	c.say(intent(understanding.IntentPerson))
	if len(c.d.Transfer) != 1 || c.d.Transfer[0].Name != "Mike Rossi" {
		t.Errorf("transfer %v", c.d.Transfer)
	}
}

func TestNotCustomers(t *testing.T) {
	for _, x := range []struct {
		intent  understanding.Intent
		kind    flow.Kind
		outcome ledger.Outcome
	}{
		{understanding.IntentSolicitor, flow.TellSolicitor, ledger.Spam},
		{understanding.IntentWrongNum, flow.TellWrongNumber, ledger.Answered},
	} {
		c := newScript(t, monday)
		c.say(intent(x.intent))
		c.expect(x.kind)
		if !c.d.End || c.d.Outcome != x.outcome || c.d.Transfer != nil {
			t.Errorf("%s: end %v, outcome %q, transfer %v", x.intent, c.d.End, c.d.Outcome, c.d.Transfer)
		}
	}
	c := newScript(t, monday)
	c.say(intent(understanding.IntentJobSeeker))
	c.expect(flow.TellJobSeeker)
}

func job(t *testing.T, id, start string) scheduling.Job {
	s := at(t, start)
	return scheduling.Job{
		ID: id, Status: scheduling.StatusBooked, Service: "Drain cleaning", Slot: scheduling.Slot{Technician: "Luis Ortega", Start: s, End: s.Add(90 * time.Minute)},
		WindowEnd: s.Add(2 * time.Hour), Customer: contact.Customer{Name: "Nadia Bloom", Phone: caller},
	}
}

func TestJobsThatExist(t *testing.T) {
	t.Run("when is it", func(t *testing.T) {
		c := newScript(t, monday)
		c.w.jobs = []scheduling.Job{job(t, "job_1", "2026-11-25 10:00")}
		c.say(intent(understanding.IntentStatus))
		if got := c.expect(flow.TellStatus); got.Person != "Luis" || got.Windows[0].From.Day() != 25 {
			t.Errorf("said %+v", got)
		}
		if c.d.Outcome != ledger.Answered {
			t.Errorf("outcome %q", c.d.Outcome)
		}
	})
	t.Run("move it", func(t *testing.T) {
		c := newScript(t, monday)
		c.w.jobs = []scheduling.Job{job(t, "job_1", "2026-11-25 10:00")}
		x := intent(understanding.IntentReschedule)
		x.When = c.wish("2026-11-27 12:00", "2026-11-27 17:00").When
		c.say(x)
		c.expect(flow.TellMoveOffer)
		c.say(choice(0))
		if e := c.effect(flow.DoMove); e == nil || e.Job.ID != "job_1" || e.Job.Slot.Start.Weekday() != time.Friday {
			t.Fatalf("effects %+v", c.d.Effects)
		}
		if c.d.Outcome != ledger.Rescheduled {
			t.Errorf("outcome %q", c.d.Outcome)
		}
	})
	t.Run("cancel it, once sure", func(t *testing.T) {
		c := newScript(t, monday)
		c.w.jobs = []scheduling.Job{job(t, "job_1", "2026-11-24 10:00"), job(t, "job_2", "2026-11-27 10:00")}
		x := intent(understanding.IntentCancel)
		x.When = c.wish("2026-11-27 00:00", "2026-11-28 00:00").When
		c.say(x)
		c.expect(flow.AskCancelSure)
		if c.effect(flow.DoCancel) != nil {
			t.Fatal("cancelled unasked")
		}
		c.say(yes())
		if e := c.effect(flow.DoCancel); e == nil || e.Job.ID != "job_2" {
			t.Errorf("effects %+v", c.d.Effects)
		}
		if c.d.Outcome != ledger.Cancelled {
			t.Errorf("outcome %q", c.d.Outcome)
		}
	})
	t.Run("nothing is said to another number", func(t *testing.T) {
		c := newScript(t, monday)
		j := job(t, "job_1", "2026-11-25 10:00")
		j.Customer.Phone = "+17735550199"
		c.w.jobs = []scheduling.Job{j}
		x := intent(understanding.IntentStatus)
		x.Name, x.Phone = "Nadia Bloom", "+17735550199"
		c.say(x)
		c.expect(flow.TellNoJob)
		c.refute(flow.TellStatus)
	})
}

func TestNotUnderstoodNeverLoops(t *testing.T) {
	for _, setUp := range map[string]func(c *script){
		"from the start": func(*script) {},
		"at the choice":  func(c *script) { c.say(problem("Leak repair", "a leak")) },
		"at the phone": func(c *script) {
			c.say(problem("Leak repair", "a leak"))
			c.say(choice(0))
			c.say(named("Karen Whitfield"))
		},
	} {
		c := newScript(t, monday)
		setUp(c)
		for i := 0; !c.d.End; i++ {
			if i > 14 {
				t.Fatalf("no end in sight: %v", kinds(c.d))
			}
			c.say(u{Text: "mumble"})
		}
	}
}

func TestSilenceChecksInThenEnds(t *testing.T) {
	c := newScript(t, monday)
	c.event(flow.Event{Kind: flow.Silence})
	c.expect(flow.SayStillThere)
	c.event(flow.Event{Kind: flow.Silence})
	c.expect(flow.SayCantHear)
	c.event(flow.Event{Kind: flow.Silence})
	c.expect(flow.SaySilenceBye)
	if !c.d.End {
		t.Error("not ended")
	}
}

func TestReconnectedSaysWhereItStopped(t *testing.T) {
	c := newScript(t, monday)
	c.untilReadBack()
	c.event(flow.Event{Kind: flow.Reconnected})
	c.expect(flow.SayCutOff)
	c.expect(flow.AskReadBack)
	c.say(yes())
	c.event(flow.Event{Kind: flow.Reconnected})
	c.expect(flow.TellBooked)
	if c.effect(flow.DoBook) != nil {
		t.Error("booked again")
	}
}

func TestKeys(t *testing.T) {
	c := newScript(t, monday)
	c.say(problem("Leak repair", "a leak"))
	c.event(flow.Event{Kind: flow.Keys, Keys: "2"})
	c.expect(flow.AskName)
	c.say(named("Karen Whitfield"))
	c.event(flow.Event{Kind: flow.Keys, Keys: "2"}) // no, another number
	c.expect(flow.AskPhone)
	for _, k := range "7735550170" {
		c.event(flow.Event{Kind: flow.Keys, Keys: string(k)})
	}
	c.expect(flow.AskAddress)
	if c.s.Details.Phone != "+17735550170" {
		t.Errorf("phone %s", c.s.Details.Phone)
	}
	c.event(flow.Event{Kind: flow.Keys, Keys: "0"})
	if c.d.Transfer == nil {
		t.Error("zero rings nobody")
	}
}

func TestWaitsAndRepeats(t *testing.T) {
	c := newScript(t, monday)
	c.say(problem("Leak repair", "a leak"))
	c.say(u{Text: "hang on", HoldOn: true})
	c.expect(flow.SayTakeYour)
	c.say(intent(understanding.IntentRepeat))
	c.expect(flow.AskChoiceAgain)
	c.say(choice(0))
	c.expect(flow.AskName)
}

func TestATextIsAnsweredInItsOwnWay(t *testing.T) {
	c := newScript(t, monday)
	c.text = true
	c.say(problem("Fixture installation", "new garbage disposal"))
	c.expect(flow.SayHello)
	c.say(choice(0))
	c.say(named("Bri Coleman"))
	c.expect(flow.AskAddress) // the number is the one that texts
	c.say(lives("2023 N Sheffield Ave", "60614"))
	c.expect(flow.AskReadBack)
	c.say(yes())
	if e := c.effect(flow.DoBook); e == nil || e.Job.Source != scheduling.FromText {
		t.Errorf("booked %+v", e)
	}
}

func TestWhoWantsACallInPlaceOfATimeLeavesAMessage(t *testing.T) {
	c := newScript(t, "2026-11-23 10:30")
	c.say(problem("Leak repair", "the sink is leaking"))
	c.expect(flow.TellOffer)
	c.say(understanding.Understanding{
		Text: "no i just want somebody to call me", Answer: understanding.No, FAQ: -1, Choice: &understanding.Choice{Index: -1, Refused: true},
		Intents: []understanding.ScoredIntent{{Name: understanding.IntentMessage, Score: 0.95}},
	})
	c.refute(flow.TellOffer)
	if c.s.Question == flow.QChoice {
		t.Errorf("still asks to choose a time: %+v", c.d.Convey)
	}
}
