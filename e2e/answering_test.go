package e2e

import (
	"strings"
	"testing"

	"fixly/telephony/fakephone"
)

func TestAVIPRingsAPersonThenTheReceptionist(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.Person(owner, fakephone.Answers)
	taken := s.Call(vip)
	taken.Ends()
	if taken.TakenBy() != owner {
		t.Errorf("taken by %q:\n%s", taken.TakenBy(), taken.Transcript())
	}
	s.comesTo(taken.SID, "transferred", "person")

	s.Person(owner, fakephone.NoAnswer)
	call := s.Call(vip)
	call.Dials(owner)
	s.talksAboutTheLeak(call)
	says(call, "yes that's right", "booked")
	call.HangsUp()
	s.comesTo(call.SID, "booked", "receptionist")
	s.isBookedOnce(vip)
}

func TestABlockedNumberHearsAndGetsNothing(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	call := s.Call(nogood)
	call.Ends()
	if doc := call.Documents()[0]; !strings.Contains(doc, "<Reject") {
		t.Errorf("answered with %s", doc)
	}
	s.comesTo(call.SID, "spam", "nobody")
	s.calmsDown()
	if n := s.textsTo(); len(n) > 0 {
		t.Errorf("texts: %v", n)
	}
}

func TestNobodyPicksUpThenTheReceptionist(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.personFirst(t)
	call := s.Call(owen)
	s.talksAboutTheLeak(call)
	if rang := call.Dialled(); len(rang) == 0 || rang[0] != owner {
		t.Errorf("rang %v", rang)
	}
	says(call, "yes that's right", "booked")
	call.HangsUp()
	s.isBookedOnce(owen)
	s.comesTo(call.SID, "booked", "receptionist")
}

func TestAPersonWhoPicksUpHasTheCall(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.personFirst(t)
	s.Person(owner, fakephone.Answers)
	call := s.Call(karen)
	call.Ends()
	if call.TakenBy() != owner {
		t.Errorf("taken by %q:\n%s", call.TakenBy(), call.Transcript())
	}
	s.comesTo(call.SID, "transferred", "person")
	s.calmsDown()
	if n := s.textsTo(); n[karen] > 0 {
		t.Errorf("texts: %v", n)
	}
}

// The receptionist is asked for a person, nobody takes the call, and the message gets to the owner.
func TestNobodyTakesATransfer(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	call := s.Call(karen)
	call.Hears("How can I help")
	call.Says("I want to talk to a real person please")
	call.Dials(owner)
	call.Hears("message")
	call.HangsUp()
	s.Texted(owner, "")
	s.calmsDown()
	if n := s.textsTo()[owner]; n != 1 {
		t.Errorf("%d texts to the owner", n)
	}
}
