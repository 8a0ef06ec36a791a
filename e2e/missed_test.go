package e2e

import (
	"net/http"
	"testing"
	"time"

	"fixly/telephony/fakephone"
)

const textBack = "Saw I missed your call"

// givesUp rings and hangs up before anybody answers.
func (s *shop) givesUp(from string) {
	s.t.Helper()
	call := s.Call(from)
	call.Dials(owner)
	call.HangsUp()
	s.comesTo(call.SID, "missed", "nobody")
}

// ringing lets every phone ring until the caller gives up.
func (s *shop) ringing(t testing.TB) {
	t.Helper()
	s.personFirst(t)
	s.Person(owner, fakephone.KeepsOn)
	s.Person(manager, fakephone.KeepsOn)
}

// Who hangs up while it rings has one text, soon, and the conversation it begins books.
func TestAMissedCallerIsTextedBackAndBooks(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database)
		s.ringing(t)
		s.givesUp(owen)
		s.Texted(owen, textBack) // within ten seconds, the contract gives thirty
		s.Texted(owner, "")
		s.calmsDown()
		s.gotTexts(owen, textBack)
		if n := len(s.Texts(owner)); n != 1 {
			t.Errorf("%d texts to the owner", n)
		}
		if owed := list[struct{ Phone, Status string }](s, "/callbacks?"); len(owed) != 1 || owed[0].Phone != owen {
			t.Errorf("calls owed: %+v", owed)
		}
		s.textsAboutTheLeak(owen)
		s.calmsDown()
		if j := s.onlyJob(); j.Source != "text" || j.Customer.Phone != owen {
			t.Errorf("booked is %+v", j)
		}
	})
}

// Who leaves the receptionist without anything having come of it has one too.
func TestAnAbandonedCallerIsTextedBack(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"relay", "gather"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			s := sqlite(t)
			if mode == "gather" {
				s.byGather(t)
			}
			call := s.Call(karen)
			call.Hears("How can I help")
			says(call, "there's a pipe dripping", "tomorrow")
			call.HangsUp()
			s.Texted(karen, textBack+". What can I help with? About the leak repair")
			s.calmsDown()
			s.gotTexts(karen, textBack)
			s.comesTo(call.SID, "abandoned", "receptionist")
		})
	}
}

// Once per caller and hour; after it, again.
func TestOneTextBackAnHour(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.ringing(t)
	for range 3 {
		s.givesUp(karen)
	}
	s.Texted(karen, textBack)
	s.calmsDown()
	s.gotTexts(karen, textBack)
	reasons := map[string]int{}
	for _, m := range s.messages(karen) {
		if m.Status == "suppressed" {
			reasons[m.Reason]++
		}
	}
	if reasons["once_per_hour"] != 2 {
		t.Errorf("not sent because of %v", reasons)
	}
	if status := s.stop(); status != 0 {
		t.Errorf("stopped with status %d", status)
	}
	s.restart(61 * time.Minute)
	s.givesUp(karen)
	s.await("a second text-back", patience, func() bool { return len(s.Texts(karen)) == 2 })
}

func TestWhoIsNotTextedBack(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	booked := s.Call(owen)
	s.talksAboutTheLeak(booked)
	says(booked, "yes that's right", "booked")
	booked.HangsUp()
	s.isBookedOnce(owen)

	s.Text(karen, "STOP").Receives("")
	s.ringing(t)
	s.givesUp(owen)        // has just booked
	s.givesUp(karen)       // has opted out
	s.givesUp("anonymous") // gave no number
	s.Call(nogood).Ends()  // is blocked
	s.givesUp(caller(1))   // and one who is
	s.Texted(caller(1), textBack)
	s.calmsDown()
	for _, m := range s.messages("") {
		if m.Kind == "text_back" && m.To != caller(1) && m.Status != "suppressed" {
			t.Errorf("a text-back to %s: %+v", m.To, m)
		}
	}
	if m := s.aText(owen, "text_back"); m.Status != "suppressed" || m.Reason != "just_booked" {
		t.Errorf("who has just booked: %+v", m)
	}
	if m := s.aText(karen, "text_back"); m.Status != "suppressed" || m.Reason != "opted_out" {
		t.Errorf("who has opted out: %+v", m)
	}
	if n := s.textsTo(); n[owen] != 1 || n[karen] != 1 || n[nogood] != 0 || n[caller(1)] != 1 {
		t.Errorf("texts: %v", n)
	}
}

func TestStopStartHelp(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.Text(karen, "Stop").Receives("")
	s.Text(karen, "my sink is dripping") // the owner hears of it, she gets nothing
	s.Text(karen, "START").Receives("")
	s.Text(karen, "HELP").Receives("")
	s.Text(karen, "my sink is dripping").Receives("tomorrow")
	s.calmsDown()
	if n := len(s.Texts(karen)); n != 4 {
		t.Errorf("%d texts, want one to each but the second", n)
	}
	// Where Twilio answers, we don't.
	for _, word := range []string{"STOP", "START", "HELP"} {
		s.Text(owen, word, "OptOutType", word)
	}
	s.calmsDown()
	s.gotTexts(owen)
	s.Text(owen, "STOP", "OptOutType", "STOP")
	s.ringing(t)
	s.givesUp(owen)
	s.Texted(owner, "")
	s.calmsDown()
	s.gotTexts(owen)
}

// Ten minutes without the carrier: nothing is lost, nothing is doubled, each gets theirs in order, and a text-back
// that is ten minutes late says so or stays away. (Hours of it, and every way of failing, are followup's tests.)
func TestTenMinutesWithoutTheCarrier(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database, onABadDay)
		s.Fail(1<<20, 0, 0) // connections are dropped
		booked := s.Call(owen)
		s.talksAboutTheLeak(booked)
		says(booked, "yes that's right", "booked")
		booked.HangsUp()
		s.comesTo(booked.SID, "booked", "receptionist")
		s.await("the confirmation is written", patience, func() bool { return len(s.messages(owen)) > 0 })
		s.Text(owen, "do you take credit cards?")
		left := s.Call(karen)
		left.Hears("How can I help")
		says(left, "there's a pipe dripping", "tomorrow")
		left.HangsUp()
		s.comesTo(left.SID, "abandoned", "receptionist")
		s.await("all have been tried", patience, func() bool {
			tried := map[string]bool{}
			for _, r := range s.Requests() {
				if r.Method == http.MethodPost {
					tried[r.Form.Get("To")] = true
				}
			}
			return tried[owner] && tried[owen] && tried[karen]
		})
		if status := s.stop(); status != 0 {
			t.Errorf("stopped with status %d", status)
		}
		s.restart(10 * time.Minute)
		s.await("all have been tried again", patience, func() bool { return len(s.Requests()) > 6 })
		s.Fail(0, 0, 0)
		s.await("all have got theirs", time.Minute, func() bool {
			n := s.textsTo()
			return n[owner] >= 2 && n[owen] >= 2
		})
		s.calmsDown()
		s.gotTexts(owen, "You're booked", "card")
		s.gotTexts(owner, "Owen Pratt", "555")
		switch m := s.aText(karen, "text_back"); {
		case m.Status == "suppressed" && m.Reason == "too_late":
			s.gotTexts(karen)
		default:
			s.gotTexts(karen, "")
			if m.Body == "Hey, this is Mike. Saw I missed your call. What can I help with?" {
				t.Errorf("late, and yet it says %q", m.Body)
			}
		}
	})
}
