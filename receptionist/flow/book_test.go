package flow_test

import (
	"testing"
	"time"

	"fixly/contact"
	"fixly/ledger"
	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

func TestBooksWhatWasReadBack(t *testing.T) {
	c := newScript(t, monday)
	c.untilReadBack()
	back := c.expect(flow.AskReadBack)
	if back.Phone != caller || back.Name != "Karen Whitfield" || back.Address.City != "Chicago" || back.Address.State != "IL" {
		t.Errorf("read back %+v", back)
	}
	if c.effect(flow.DoBook) != nil {
		t.Fatal("booked before it was confirmed")
	}
	c.say(yes())
	booked := c.effect(flow.DoBook)
	if booked == nil {
		t.Fatalf("not booked: %v", kinds(c.d))
	}
	if j := booked.Job; j.Service != "Leak repair" || j.Customer.Phone != caller || j.Problem != "water dripping under the sink" || j.Urgency != scheduling.Routine || j.Source != scheduling.FromCall {
		t.Errorf("booked %+v", j)
	}
	if !booked.Job.Slot.Start.Equal(back.Windows[0].From) {
		t.Errorf("booked at %s, read back %s", booked.Job.Slot.Start, back.Windows[0].From)
	}
	c.expect(flow.TellBooked)
	c.expect(flow.AskAnythingElse)
	if c.d.Outcome != ledger.Booked {
		t.Errorf("outcome %q", c.d.Outcome)
	}
	c.say(no())
	c.expect(flow.TellByeBooked)
	if !c.d.End || c.d.Outcome != ledger.Booked {
		t.Errorf("end %v, outcome %q", c.d.End, c.d.Outcome)
	}
}

func TestAsksOnlyForWhatIsMissing(t *testing.T) {
	c := newScript(t, "2026-11-23 09:20")
	all := problem("Drain cleaning", "bathroom sink backed up")
	all.Name = "Dave Kowalski"
	all.Address = contact.Address{Line1: "2236 West Roscoe Street", ZIP: "60618"}
	all.When = c.wish("2026-11-25 12:00", "2026-11-25 17:00").When
	c.say(all)
	if w := c.expect(flow.TellOffer).Windows; w[0].From.Weekday() != time.Wednesday || w[0].From.Hour() < 12 {
		t.Errorf("offered %v", w)
	}
	c.say(choice(0))
	c.expect(flow.AskPhoneSame)
	c.say(u{SameNumber: true})
	c.expect(flow.AskReadBack)
}

func TestCorrectionsAtTheReadBack(t *testing.T) {
	t.Run("a number", func(t *testing.T) {
		c := newScript(t, monday)
		c.untilReadBack()
		c.say(u{Text: "no use my cell", Answer: understanding.No, Phone: "+17735550170"})
		if got := c.expect(flow.AskReadBackShort).Phone; got != "+17735550170" {
			t.Errorf("read back %s", got)
		}
		c.say(yes())
		if e := c.effect(flow.DoBook); e == nil || e.Job.Customer.Phone != "+17735550170" {
			t.Errorf("booked %+v", e)
		}
	})
	t.Run("the time gives back the hold and offers others", func(t *testing.T) {
		c := newScript(t, monday)
		c.untilReadBack()
		x := c.wish("2026-11-27 12:00", "2026-11-27 17:00")
		x.Correction = true
		c.say(x)
		if w := c.expect(flow.TellOffer).Windows; w[0].From.Weekday() != time.Friday {
			t.Errorf("offered %v", w)
		}
		if c.effect(flow.DoHold) == nil || c.effect(flow.DoBook) != nil {
			t.Errorf("effects %+v", c.d.Effects)
		}
		c.say(choice(0))
		c.expect(flow.AskReadBack)
		c.say(yes())
		if e := c.effect(flow.DoBook); e == nil || e.Job.Slot.Start.Weekday() != time.Friday {
			t.Errorf("booked %+v", e)
		}
	})
	t.Run("a bare no asks what is wrong", func(t *testing.T) {
		c := newScript(t, monday)
		c.untilReadBack()
		c.say(no())
		c.expect(flow.AskChange)
		c.say(named("Karen Whitman"))
		if got := c.expect(flow.AskReadBackShort).Name; got != "Karen Whitman" {
			t.Errorf("read back %s", got)
		}
	})
	t.Run("a spelled last name takes the place of the heard one", func(t *testing.T) {
		c := newScript(t, monday)
		c.untilReadBack()
		c.say(u{Text: "w h i t m a n", Name: "Whitman", Spelt: true, Answer: understanding.No})
		if got := c.expect(flow.AskReadBackShort).Name; got != "Karen Whitman" {
			t.Errorf("read back %s", got)
		}
	})
}

func TestOffersAreNegotiated(t *testing.T) {
	c := newScript(t, monday)
	c.say(problem("Leak repair", "a dripping faucet"))
	first := c.expect(flow.TellOffer).Windows
	c.say(u{Text: "what else have you got", Choice: &understanding.Choice{Index: -1, Refused: true}})
	second := c.expect(flow.TellOffer).Windows
	for _, a := range first {
		for _, b := range second {
			if a == b {
				t.Errorf("%v is offered again", a)
			}
		}
	}
	c.say(u{Text: "no", Choice: &understanding.Choice{Index: -1, Refused: true}})
	c.expect(flow.AskWhen)
	c.say(c.wish("2026-11-27 12:00", "2026-11-27 17:00"))
	third := c.expect(flow.TellOffer).Windows
	for _, w := range third {
		if w.From.Weekday() != time.Friday || w.From.Hour() < 12 {
			t.Errorf("offered %v for Friday afternoon", w)
		}
	}
	// "the later one", by its hour
	c.say(u{Text: "at three", When: understanding.When{Kind: understanding.TimeMoment, HoursSaid: true, Wanted: []understanding.TimeInterval{{From: at(t, "2026-11-23 15:00"), To: at(t, "2026-11-23 19:00")}}}})
	if got := c.effect(flow.DoHold).Offers; len(got) != 1 || got[0].Slot.Start.Hour() != 15 || got[0].Slot.Start.Weekday() != time.Friday {
		t.Errorf("took %+v", got)
	}
	c.expect(flow.AskName)
}

func TestClosedDaysAreNamed(t *testing.T) {
	c := newScript(t, "2026-11-23 15:00")
	x := problem("Drain cleaning", "slow drain")
	x.When = c.wish("2026-11-26 00:00", "2026-11-27 00:00").When
	c.say(x)
	if d := c.expect(flow.TellClosed).Day; d.Day() != 26 {
		t.Errorf("closed on %s", d)
	}
	if w := c.expect(flow.TellOffer).Windows; len(w) == 0 {
		t.Error("nothing is offered instead")
	}
}

func TestAQuestionOnTheWayPicksUpTheThread(t *testing.T) {
	c := newScript(t, monday)
	c.say(problem("Drain cleaning", "clogged tub"))
	c.say(choice(0))
	c.say(named("Jasmine Ford"))
	c.say(yes())
	c.expect(flow.AskAddress)
	c.say(intent(understanding.IntentPrice))
	if p := c.expect(flow.TellPrice); p.Price != "from $149" || p.Service != "Drain cleaning" {
		t.Errorf("said %+v", p)
	}
	c.expect(flow.AskAddress)
	c.say(lives("3712 North Campbell Avenue", "60618"))
	c.expect(flow.AskReadBack)
}

func TestTakenMeanwhile(t *testing.T) {
	c := newScript(t, monday)
	c.untilReadBack()
	lost := c.expect(flow.AskReadBack).Windows[0]
	for _, m := range c.w.b.Team {
		c.w.busy = append(c.w.busy, scheduling.Busy{Technician: m.Name, From: lost.From, To: lost.To})
	}
	c.say(yes())
	c.expect(flow.SayTaken)
	for _, w := range c.expect(flow.TellOffer).Windows {
		if w == lost {
			t.Error("the lost time is offered again")
		}
	}
	if c.effect(flow.DoBook) != nil || c.d.Outcome == ledger.Booked {
		t.Error("booked all the same")
	}
	c.say(choice(0)) // who and where are confirmed already
	c.expect(flow.TellBooked)
}

func TestTheNumberOnFileIsAskedAbout(t *testing.T) {
	c := newScript(t, monday)
	old := at(t, "2026-06-01 10:00")
	c.w.jobs = []scheduling.Job{{
		ID: "job_1", Status: scheduling.StatusCompleted, Service: "Drain cleaning", Slot: scheduling.Slot{Technician: "Luis Ortega", Start: old, End: old.Add(90 * time.Minute)},
		WindowEnd: old.Add(2 * time.Hour), Customer: contact.Customer{Name: "Beth Amari", Phone: caller},
		Address: contact.Address{Line1: "1537 West Fry Street", City: "Chicago", State: "IL", ZIP: "60622"},
	}}
	c.say(problem("Leak repair", "a leak"))
	c.say(choice(0))
	c.expect(flow.AskPhoneSame)
	c.say(yes())
	c.expect(flow.AskAddressSame)
	c.say(no())
	c.expect(flow.AskAddress)
	c.say(lives("2200 South Canalport Avenue", "60608"))
	if got := c.expect(flow.AskReadBack); got.Name != "Beth Amari" || got.Address.ZIP != "60608" {
		t.Errorf("read back %+v", got)
	}
}

func TestASecondBookingKeepsWhoAndWhere(t *testing.T) {
	c := newScript(t, monday)
	c.untilReadBack()
	c.say(yes())
	c.say(problem("Fixture installation", "put in a faucet"))
	c.expect(flow.TellOffer)
	c.say(choice(0))
	c.expect(flow.AskReadBack)
	c.say(yes())
	if e := c.effect(flow.DoBook); e == nil || e.Job.Service != "Fixture installation" {
		t.Errorf("booked %+v", e)
	}
}

func TestOutsideTheArea(t *testing.T) {
	c := newScript(t, monday)
	x := problem("Water heater service", "no hot water")
	x.CityOnly = "Naperville"
	c.say(x)
	c.refute(flow.TellOffer)
	c.expect(flow.AskPlaceZIP)
	c.say(u{Text: "60540", Address: contact.Address{ZIP: "60540"}})
	if got := c.expect(flow.TellOutOfArea).Place; got != "Naperville" {
		t.Errorf("said %q", got)
	}
	c.expect(flow.AskOfferMessage)
	t.Run("a misheard ZIP goes on", func(t *testing.T) {
		d := *c
		state := *c.s
		d.s = &state
		d.say(u{Text: "no, 60647", Answer: understanding.No, Address: contact.Address{ZIP: "60647"}})
		d.expect(flow.TellOffer)
	})
	c.say(no())
	if !c.d.End || c.d.Outcome != ledger.Answered {
		t.Errorf("end %v, outcome %q", c.d.End, c.d.Outcome)
	}
}

func TestWorkThatIsNotDone(t *testing.T) {
	c := newScript(t, monday)
	x := intent(understanding.IntentBook)
	x.NotOffered, x.Problem = "roofing", "shingles on the roof"
	c.say(x)
	c.expect(flow.TellNotOffered)
	c.expect(flow.AskOfferMessage)
	c.say(no())
	if !c.d.End || c.d.Outcome != ledger.Answered {
		t.Errorf("end %v, outcome %q", c.d.End, c.d.Outcome)
	}
}

func TestPartsOfANumberArePutTogether(t *testing.T) {
	c := newScript(t, monday)
	c.say(problem("Leak repair", "a leak"))
	c.say(choice(0))
	c.say(named("Dorothy Haas"))
	c.say(no())
	c.expect(flow.AskPhone)
	c.say(u{Text: "seven seven three", Digits: "773"})
	c.expect(flow.SayListening)
	if c.s.Pending != "seven seven three" {
		t.Errorf("pending %q", c.s.Pending)
	}
	c.say(u{Text: "five five five oh one four oh", Phone: "+17735550140"})
	c.expect(flow.AskAddress)
}

func TestWhatWasBookedIsAmended(t *testing.T) {
	c := newScript(t, monday)
	c.untilReadBack()
	c.say(yes())
	x := lives("1843 North Damen Avenue", "")
	x.Correction = true
	c.say(x)
	if e := c.effect(flow.DoAmend); e == nil || e.Job.Address.Line1 != "1843 North Damen Avenue" || e.Job.Customer.Phone != caller {
		t.Fatalf("effects %+v", c.d.Effects)
	}
	c.expect(flow.TellAmended)
	// another time for it is a move
	c.w.jobs = []scheduling.Job{{
		ID: "job_1", Status: scheduling.StatusBooked, Service: "Leak repair", Slot: c.s.Booked.Slot, WindowEnd: c.s.Booked.WindowEnd,
		Customer: contact.Customer{Name: "Karen Whitfield", Phone: caller},
	}}
	c.say(c.wish("2026-11-27 12:00", "2026-11-27 17:00"))
	c.expect(flow.TellMoveOffer)
}

// TestWhatIsSaidAgainIsReadBackAgain: who says what we have as a correction is not asked what to change.
func TestWhatIsSaidAgainIsReadBackAgain(t *testing.T) {
	c := newScript(t, monday)
	c.say(problem("Drain cleaning", "clogged tub"))
	c.say(u{Text: "the first one", Choice: &understanding.Choice{Index: 0}})
	c.say(u{Text: "karen whitfield", Name: "Karen Whitfield"})
	c.say(u{Text: "this one", Answer: understanding.Yes, SameNumber: true})
	c.say(u{Text: "1842 north damen avenue 60647", Address: contact.Address{Line1: "1842 North Damen Avenue", ZIP: "60647"}})
	c.expect(flow.AskReadBack)
	c.say(u{Text: "no it's 1842 north damen", Answer: understanding.No, Correction: true, Address: contact.Address{Line1: "1842 North Damen Avenue"}})
	c.expect(flow.AskReadBackShort)
	c.say(u{Text: "no", Answer: understanding.No})
	c.expect(flow.AskChange)
	c.say(u{Text: "karen whitfield", Name: "Karen Whitfield"})
	c.expect(flow.AskReadBackShort)
}
