// Package telephonytest is what every carrier of calls has to pass: calls as they come, against a running server whose line
// is at a fake of the carrier.
package telephonytest

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"fixly/telephony/fakephone"
)

// Numbers of the demo business, and of people who call it.
const (
	owner   = "+13125550101"
	vip     = "+13125550150"
	blocked = "+13125550199"
	karen   = "+13125550142"
	owen    = "+13125550143"
)

// The cases that go another way in each mode of a line.
const (
	Booked          = "a leak is booked"
	Twice           = "every webhook comes twice"
	Abandoned       = "a caller hangs up"
	HandedOver      = "a person is asked for"
	PutThrough      = "a person is asked for and takes it"
	ColdToVoicemail = "a voicemail is handed a caller"
)

// Server is a server with the demo business.
type Server struct {
	*fakephone.Phone

	PersonFirst func(t testing.TB)                                    // lets people be rung before the receptionist answers
	Cold        func(t testing.TB)                                    // has callers handed over cold, and machines detected
	ComesTo     func(t testing.TB, callID, outcome, handledBy string) // waits until a call has come to something
	BookedOnce  func(t testing.TB, phone string)                      // checks the job of the leak, and the texts about it
	CalmsDown   func(t testing.TB)                                    // waits until nothing is left to do
	TextsTo     func(t testing.TB, number string) (bodies []string)   // what was sent
}

// Run runs the suite, or only some cases of it. Open gives a server for each case, with its line at the carrier in one of
// its modes.
func Run(t *testing.T, open func(t *testing.T) Server, only ...string) {
	t.Helper()
	for _, c := range []struct {
		name string
		run  func(t *testing.T, s Server)
	}{
		{Booked, booked},
		{Twice, twice},
		{Abandoned, abandoned},
		{"a blocked number", rejected},
		{"a person takes it", taken},
		{"nobody takes it", nobody},
		{"a machine takes it", machine},
		{"a line is busy", busy},
		{HandedOver, handedOver},
		{PutThrough, putThrough},
		{ColdToVoicemail, coldToVoicemail},
		{"forged", forged},
		{"a text", text},
	} {
		if len(only) > 0 && !slices.Contains(only, c.name) {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, open(t))
		})
	}
}

func leak(call *fakephone.Call) {
	call.Hears("How can I help")
	for _, x := range [][2]string{
		{"hi there's a pipe dripping in my laundry room", "tomorrow"},
		{"tomorrow at eight", "name"},
		{"my name is owen pratt", "number"},
		{"yes it is", "address"},
		{"fourteen twelve north wood street six oh six two two", "1412 North Wood"},
		{"yes that's right", "booked"},
	} {
		call.Says(x[0])
		call.Hears(x[1])
	}
}

func booked(t *testing.T, s Server) {
	call := s.Call(owen)
	leak(call)
	call.HangsUp()
	s.BookedOnce(t, owen)
	s.ComesTo(t, call.SID, "booked", "receptionist")
}

func twice(t *testing.T, s Server) {
	s.RepeatWebhooks(2)
	call := s.Call(owen)
	leak(call)
	call.HangsUp()
	s.BookedOnce(t, owen)
	s.ComesTo(t, call.SID, "booked", "receptionist")
}

func abandoned(t *testing.T, s Server) {
	call := s.Call(karen)
	call.Hears("How can I help")
	call.Says("there's a pipe dripping")
	call.Hears("tomorrow")
	call.HangsUp()
	s.ComesTo(t, call.SID, "abandoned", "receptionist")
	s.Texted(karen, "Saw I missed your call")
	s.CalmsDown(t)
	if n := s.TextsTo(t, karen); len(n) != 1 {
		t.Errorf("texted back %q", n)
	}
}

func rejected(t *testing.T, s Server) {
	call := s.Call(blocked)
	call.Ends()
	s.ComesTo(t, call.SID, "spam", "nobody")
	s.CalmsDown(t)
	if n := s.TextsTo(t, blocked); len(n) != 0 {
		t.Errorf("texted %q", n)
	}
}

func taken(t *testing.T, s Server) {
	s.Person(owner, fakephone.Answers)
	call := s.Call(vip)
	call.Ends()
	if call.TakenBy() != owner {
		t.Errorf("taken by %q:\n%s", call.TakenBy(), call.Transcript())
	}
	s.ComesTo(t, call.SID, "transferred", "person")
	s.CalmsDown(t)
	if n := s.TextsTo(t, vip); len(n) != 0 {
		t.Errorf("texted %q", n)
	}
}

func nobody(t *testing.T, s Server)  { receptionistAfter(t, s, fakephone.NoAnswer) }
func machine(t *testing.T, s Server) { receptionistAfter(t, s, fakephone.Voicemail) }
func busy(t *testing.T, s Server)    { receptionistAfter(t, s, fakephone.Busy) }

func receptionistAfter(t *testing.T, s Server, how fakephone.Person) {
	t.Helper()
	s.PersonFirst(t)
	s.Person(owner, how)
	call := s.Call(owen)
	call.Dials(owner)
	leak(call)
	call.HangsUp()
	s.BookedOnce(t, owen)
	s.ComesTo(t, call.SID, "booked", "receptionist")
}

// handedOver is a caller who asks for a person, whom nobody takes.
func handedOver(t *testing.T, s Server) {
	call := s.Call(karen)
	call.Hears("How can I help")
	call.Says("I want to talk to a real person please")
	call.Dials(owner)
	call.Hears("message")
	call.HangsUp()
	s.Texted(owner, "")
	s.CalmsDown(t)
	if n := s.TextsTo(t, owner); len(n) != 1 {
		t.Errorf("the owner was texted %q", n)
	}
}

func putThrough(t *testing.T, s Server) {
	s.Person(owner, fakephone.Answers)
	call := s.Call(karen)
	call.Hears("How can I help")
	call.Says("I want to talk to a real person please")
	call.Ends()
	if call.TakenBy() != owner {
		t.Errorf("taken by %q:\n%s", call.TakenBy(), call.Transcript())
	}
	s.ComesTo(t, call.SID, "transferred", "person")
}

// coldToVoicemail is a caller who is handed over to whoever picks up, which is a voicemail: it is hung up on, and the
// receptionist goes on.
func coldToVoicemail(t *testing.T, s Server) {
	s.Cold(t)
	s.Person(owner, fakephone.Voicemail)
	call := s.Call(karen)
	call.Hears("How can I help")
	call.Says("I want to talk to a real person please")
	call.Hears("message")
	call.HangsUp()
	if said := call.Transcript(); !strings.Contains(said, owner+" is hung up on") {
		t.Errorf("the voicemail keeps the line:\n%s", said)
	}
}

// forged delivers what the carrier's account did not sign to every address that it posted to in a call.
func forged(t *testing.T, s Server) {
	s.PersonFirst(t)
	s.Person(owner, fakephone.Answers)
	call := s.Call(karen)
	call.Ends()
	s.ComesTo(t, call.SID, "transferred", "person")
	posted := s.Webhooks()
	if len(posted) < 3 {
		t.Fatalf("only %d webhooks", len(posted))
	}
	for _, w := range posted {
		for _, token := range []string{"", "not-the-token"} {
			status, body, err := s.WebhookSigned(w.Address, w.Form, token)
			if err != nil || status != http.StatusForbidden || strings.Contains(body, "<Response") {
				t.Errorf("%s, signed with %q, is answered %d %q, %v", w.Address, token, status, body, err)
			}
		}
	}
}

func text(_ *testing.T, s Server) {
	s.Text(owen, "hi a pipe is dripping in my laundry room, any chance tmrw?").Receives("tomorrow")
	s.Text(owen, "first one works").Receives("name")
}
