package e2e

import (
	"testing"

	"fixly/telephony/fakephone"
)

// A caller is put through to a person, who presses 1 and is texted what is known of the call.
func TestWhoTakesACallIsTextedWhatIsKnown(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.Person(owner, fakephone.Answers)
	call := s.Call(owen)
	call.Hears("How can I help")
	says(call, "my kitchen sink is leaking", "dripping")
	says(call, "can i talk to mike please", "Mike")
	call.Says("okay")
	call.Ends()
	if call.TakenBy() != owner {
		t.Fatalf("taken by %q:\n%s", call.TakenBy(), call.Transcript())
	}
	s.comesTo(call.SID, "transferred", "person")
	s.Texted(owner, "Your call for Mike's Plumbing & Heating: ")
}

// A caller who gives up while a person's phone rings was missed, and is texted.
func TestGivingUpWhileItRingsIsTextedBack(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.personFirst(t)
	s.Person(owner, fakephone.KeepsOn)
	call := s.Call(owen)
	call.Dials(owner)
	call.HangsUp()
	s.comesTo(call.SID, "missed", "nobody")
	s.Texted(owen, "Saw I missed your call")
}
