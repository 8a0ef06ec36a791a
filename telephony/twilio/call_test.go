package twilio

import (
	"context"
	"strings"
	"testing"

	"fixly/ledger"
	"fixly/receptionist"
	"fixly/telephony/fakephone"
)

func TestACallIsAnsweredByTheReceptionist(t *testing.T) {
	r := newRig(t, parrot)
	call := r.phone.Call(sink, "CallerName", "JANE DOE", "StirVerstat", "TN-Validation-Passed-A")
	call.Hears("How can I help")
	call.Says("my sink is leaking")
	call.Hears("You said: my sink is leaking.")
	r.comesTo(ledger.Booked)
	call.HangsUp()

	c := r.ends(t, ledger.Booked, ledger.ByReceptionist)
	if c.From != sink || c.Route != "receptionist_first" || c.AnsweredAt.IsZero() || c.Mode != "relay" || c.CallerName != "JANE DOE" {
		t.Errorf("the call is stored as %+v", c)
	}
	want := receptionist.Caller{Number: sink, Name: "JANE DOE", Attestation: "TN-Validation-Passed-A"}
	if len(r.starts) != 1 || r.starts[0].Caller != want || r.starts[0].CallID != c.ID {
		t.Errorf("the receptionist was told %+v", r.starts)
	}
	relay := call.Relay(0)
	for attr, want := range map[string]string{
		"dtmfDetection": "true", "partialPrompts": "true", "language": "en-US", "interruptible": "any", "welcomeGreetingInterruptible": "any",
		"welcomeGreeting": "Thanks for calling Mike's Plumbing & Heating. How can I help?",
		"hints":           "drain,water heater,Rossi  Mike,O'Rourke & Sons",
		"url":             strings.Replace(r.server.URL, "http", "ws", 1) + "/twilio/relay",
	} {
		if got := relay.Attr[attr]; got != want {
			t.Errorf("ConversationRelay's %s is %q, want %q", attr, got, want)
		}
	}
}

func TestHangingUpAtTheGreetingIsAbandoned(t *testing.T) {
	r := newRig(t, parrot)
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	call.Says("hm") // so that the session is surely up
	call.Hears("hm")
	call.HangsUp()
	r.ends(t, ledger.Abandoned, ledger.ByReceptionist)
}

func TestABlockedNumberHearsNothing(t *testing.T) {
	r := newRig(t, parrot)
	call := r.phone.Call(nogood)
	call.Ends()
	if doc := call.Documents()[0]; !strings.Contains(doc, "<Reject/>") || strings.Contains(doc, "Say") {
		t.Errorf("answered with %s", doc)
	}
	r.ends(t, ledger.Spam, ledger.ByNobody)
	if len(r.starts) > 0 {
		t.Error("the receptionist was asked")
	}
}

func TestAVIPRingsAPerson(t *testing.T) {
	t.Run("who answers", func(t *testing.T) {
		r := newRig(t, parrot)
		r.phone.Person(owner, fakephone.Answers)
		call := r.phone.Call(vip)
		call.Ends()
		if call.TakenBy() != owner {
			t.Errorf("taken by %q:\n%s", call.TakenBy(), call.Transcript())
		}
		if c := r.ends(t, ledger.Transferred, ledger.ByPerson); c.Route != "vip" || c.AnsweredAt.IsZero() {
			t.Errorf("stored as %+v", c)
		}
	})
	t.Run("who does not answer", func(t *testing.T) {
		r := newRig(t, parrot)
		call := r.phone.Call(vip)
		call.Hears("How can I help")
		call.Says("it's me")
		call.Hears("it's me")
		call.HangsUp()
		if got := call.Dialled(); len(got) != 1 || got[0] != owner {
			t.Errorf("rang %v, want the first of the chain only", got)
		}
		if !r.starts[0].Caller.VIP {
			t.Error("the receptionist does not know that it is a VIP")
		}
		r.ends(t, ledger.Abandoned, ledger.ByReceptionist)
	})
}

func TestPeopleFirst(t *testing.T) {
	for _, c := range []struct {
		name         string
		mike, dana   fakephone.Person
		taken        string
		rung         int
		receptionist bool
	}{
		{"the first answers", fakephone.Answers, fakephone.Answers, owner, 1, false},
		{"the second answers", fakephone.NoAnswer, fakephone.Answers, dana, 2, false},
		{"a voicemail takes no calls", fakephone.Voicemail, fakephone.Answers, dana, 2, false},
		{"busy, out of order", fakephone.Busy, fakephone.OutOfOrder, "", 2, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, parrot, personFirst)
			r.phone.Person(owner, c.mike)
			r.phone.Person(dana, c.dana)
			call := r.phone.Call(sink)
			if c.receptionist {
				call.Hears("How can I help")
				call.HangsUp()
			} else {
				call.Ends()
			}
			if call.TakenBy() != c.taken || len(call.Dialled()) != c.rung {
				t.Errorf("taken by %q after ringing %v:\n%s", call.TakenBy(), call.Dialled(), call.Transcript())
			}
			if !c.receptionist {
				r.ends(t, ledger.Transferred, ledger.ByPerson)
			}
			if !strings.Contains(call.Transcript(), "A call for Mike's Plumbing & Heating. 3 1 2, 5 5 5, 0 1 4 2. Press 1") && c.rung > 0 && c.taken != "" {
				t.Errorf("the person is not told who calls:\n%s", call.Transcript())
			}
		})
	}
}

func TestGivingUpWhileItRingsIsMissed(t *testing.T) {
	r := newRig(t, parrot, personFirst)
	r.phone.Person(owner, fakephone.KeepsOn)
	call := r.phone.Call(sink)
	call.Dials(owner)
	call.HangsUp()
	r.ends(t, ledger.Missed, ledger.ByNobody)
}

// handsOver puts the caller through when they ask for Mike.
func handsOver(in receptionist.Input) receptionist.Reply {
	r := parrot(in)
	if in.Text == "mike please" {
		r = reply("I'll put you through.")
		r.Transfer = []receptionist.TransferTo{{Name: "Mike Rossi", Phone: owner}, {Name: "Dana Rossi", Phone: dana}}
	}
	if in.Text == "bye" {
		r = reply("Bye!")
		r.End = true
	}
	return r
}

func TestATransfer(t *testing.T) {
	for name, settings := range map[string][]setting{"relay": nil, "gather": {byGather}} {
		t.Run(name+", taken", func(t *testing.T) {
			r := newRig(t, handsOver, settings...)
			r.phone.Person(dana, fakephone.Answers)
			call := r.phone.Call(sink)
			call.Hears("How can I help")
			call.Says("mike please")
			call.Hears("put you through")
			call.Says("okay") // in a relay this cuts the goodbye short; a <Dial> hears nothing
			call.Ends()
			if call.TakenBy() != dana || len(call.Dialled()) != 2 {
				t.Errorf("taken by %q after ringing %v:\n%s", call.TakenBy(), call.Dialled(), call.Transcript())
			}
			r.ends(t, ledger.Transferred, ledger.ByPerson)
		})
		t.Run(name+", nobody there", func(t *testing.T) {
			r := newRig(t, handsOver, settings...)
			call := r.phone.Call(sink)
			call.Hears("How can I help")
			call.Says("mike please")
			call.Hears("put you through")
			if name == "relay" {
				call.Says("okay")
			}
			call.Hears("Can I take a message?")
			call.Says("tell him the pump is out")
			call.Hears("You said: tell him the pump is out.")
			r.comesTo(ledger.Message)
			call.HangsUp()
			if strings.Count(call.Transcript(), "How can I help") != 1 {
				t.Errorf("greeted again:\n%s", call.Transcript())
			}
			r.ends(t, ledger.Message, ledger.ByReceptionist)
		})
	}
}

func TestALostSessionIsResumed(t *testing.T) {
	r := newRig(t, parrot)
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	call.Says("my sink")
	call.Hears("my sink")
	call.LosesTheSession()
	call.Hears("we were cut off")
	call.Says("is leaking")
	call.Hears("is leaking")
	if call.Relay(1).Attr["welcomeGreeting"] != "" {
		t.Error("the caller is greeted again")
	}
	call.LosesTheSession()
	call.Hears("we were cut off")
	call.LosesTheSession() // the third time it goes on without a WebSocket
	call.Hears("we were cut off")
	call.Says("since Monday")
	call.Hears("You said: since Monday.")
	if call.Relay(3) != nil {
		t.Error("connected a fourth time")
	}
	call.HangsUp()
	r.ends(t, ledger.Abandoned, ledger.ByReceptionist)
	if len(r.opened) != 1 {
		t.Errorf("%d conversations were opened", len(r.opened))
	}
}

func TestAnInterruptionIsNoted(t *testing.T) {
	r := newRig(t, parrot)
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	call.Interrupts("Thanks for calling")
	call.Interrupts("again") // nothing new was said since
	call.Says("my sink")
	call.Hears("my sink")
	call.Interrupts("You")
	call.Says("is leaking")
	call.Hears("is leaking")
	call.HangsUp()
	if len(r.heard) != 2 || r.heard[0] != "Thanks for calling" || r.heard[1] != "You" {
		t.Errorf("heard %q", r.heard)
	}
}

func TestKeys(t *testing.T) {
	asks := func(what string) func(receptionist.Input) receptionist.Reply {
		return func(in receptionist.Input) receptionist.Reply {
			r := parrot(in)
			r.Asked = what
			return r
		}
	}
	for _, c := range []struct{ asked, keys, want string }{
		{"phone", "3125550142", "You pressed 3125550142."},
		{"phone", "13125550142", "You pressed 13125550142."},
		{"choice", "2", "You pressed 2."},
		{"address", "60614#", "You pressed 60614."},
		{"address", "123*60614#", "You pressed 60614."},
	} {
		t.Run(c.asked+" "+c.keys, func(t *testing.T) {
			r := newRig(t, asks(c.asked))
			call := r.phone.Call(sink)
			call.Hears("How can I help")
			call.Says("hello")
			call.Hears("hello")
			call.Presses(c.keys)
			call.Hears(c.want)
			call.HangsUp()
		})
	}
}

func TestACallByGather(t *testing.T) {
	r := newRig(t, handsOver, byGather)
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	call.Says("my sink is leaking")
	call.Hears("You said: my sink is leaking.")
	call.Presses("3125550142")
	call.Hears("You pressed 3125550142.")
	call.IsSilent()
	call.Hears("Are you still there?")
	call.Says("yes")
	call.Hears("You said: yes.")
	call.IsSilent()
	call.Hears("Are you still there?")
	call.IsSilent()
	call.Hears("Are you still there?")
	call.IsSilent()
	call.Hears("Are you still there?")
	call.Ends() // three times in a row is enough
	r.ends(t, ledger.Abandoned, ledger.ByReceptionist)
	in := r.asked()[0]
	if in.Kind != receptionist.Words || in.Confidence != 0.87 || in.Lang != "en-US" {
		t.Errorf("the receptionist was given %+v", in)
	}
	if len(r.starts) != 1 {
		t.Errorf("the conversation was opened %d times", len(r.starts))
	}
}

func TestHangingUpAtTheGreetingByGatherIsAbandoned(t *testing.T) {
	r := newRig(t, parrot, byGather)
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	call.HangsUp()
	r.ends(t, ledger.Abandoned, ledger.ByReceptionist)
}

func TestAGoodbyeByGatherHangsUp(t *testing.T) {
	r := newRig(t, handsOver, byGather)
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	call.Says("bye")
	call.Hears("Bye!")
	call.Ends()
}

// TestRepeatedWebhooksChangeNothing plays calls of each kind with every webhook delivered three times. The phone
// itself fails the test when a repeat is answered differently.
func TestRepeatedWebhooksChangeNothing(t *testing.T) {
	t.Run("gather", func(t *testing.T) {
		r := newRig(t, handsOver, byGather)
		r.phone.RepeatWebhooks(3)
		call := r.phone.Call(sink)
		call.Hears("How can I help")
		call.Says("my sink is leaking")
		call.Hears("my sink is leaking")
		call.Says("mike please")
		call.Hears("take a message?")
		call.Says("the pump is out")
		call.Hears("the pump is out")
		call.HangsUp()
		if n := len(r.asked()); n != 4 {
			t.Errorf("%d turns were taken, want 4", n)
		}
		r.ends(t, ledger.Abandoned, ledger.ByReceptionist)
	})
	t.Run("relay", func(t *testing.T) {
		r := newRig(t, handsOver)
		r.phone.RepeatWebhooks(3)
		r.phone.Person(owner, fakephone.Answers)
		call := r.phone.Call(sink)
		call.Hears("How can I help")
		call.Says("mike please")
		call.Hears("put you through")
		call.Says("okay")
		call.Ends()
		r.ends(t, ledger.Transferred, ledger.ByPerson)
	})
	t.Run("blocked", func(t *testing.T) {
		r := newRig(t, parrot)
		r.phone.RepeatWebhooks(3)
		r.phone.Call(nogood).Ends()
		r.ends(t, ledger.Spam, ledger.ByNobody)
	})
}

func TestSpanish(t *testing.T) {
	r := newRig(t, func(in receptionist.Input) receptionist.Reply {
		r := reply("Claro.")
		r.Language = "es"
		return r
	})
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	call.Says("habla español?")
	call.Hears("Claro.")
	call.Says("una fuga")
	call.Hears("Claro.")
	call.HangsUp()
	if got := call.Languages(); len(got) != 1 || got[0] != "es-US" {
		t.Errorf("changed to %v, want es-US once", got)
	}
}

func TestAWithheldNumber(t *testing.T) {
	r := newRig(t, parrot)
	call := r.phone.Call("anonymous")
	call.Hears("How can I help")
	call.Says("hello")
	call.Hears("hello")
	call.HangsUp()
	if c := r.ends(t, ledger.Abandoned, ledger.ByReceptionist); c.From != "" {
		t.Errorf("the caller's number is %q", c.From)
	}
}

func TestTheDatabaseIsGone(t *testing.T) {
	// A first call lets the handler remember the line.
	warm := func(t *testing.T, settings ...setting) *rig {
		r := newRig(t, parrot, settings...)
		call := r.phone.Call(sink)
		call.Hears("How can I help")
		call.HangsUp()
		r.phone.Person(owner, fakephone.Answers)
		return r
	}
	t.Run("before the call", func(t *testing.T) {
		r := warm(t)
		r.setDown(true)
		status, body, err := r.phone.Webhook("/twilio/voice", r.phone.Form(sink, "ringing"))
		if err != nil || status != 200 || !strings.Contains(body, ">"+owner+"</Number>") || !strings.Contains(body, "sorry") {
			t.Errorf("answered %d %s (%v)", status, body, err)
		}
	})
	for name, settings := range map[string][]setting{"relay": nil, "gather": {byGather}} {
		t.Run("in the middle of a call by "+name, func(t *testing.T) {
			r := warm(t, settings...)
			call := r.phone.Call(sink)
			call.Hears("How can I help")
			call.Says("my sink is leaking")
			call.Hears("my sink is leaking")
			r.setDown(true)
			call.Says("can you come today")
			call.Hears("something went wrong on my side")
			call.Dials(owner)
			r.setDown(false) // for the end to be stored
		})
	}
	t.Run("and nothing is remembered", func(t *testing.T) {
		r := newRig(t, parrot)
		r.setDown(true)
		status, _, err := r.phone.Webhook("/twilio/voice", r.phone.Form(sink, "ringing"))
		if err != nil || status != 503 {
			t.Errorf("answered %d (%v), want 503", status, err)
		}
	})
}

func TestATurnThatFailsOnceIsTriedAgain(t *testing.T) {
	r := newRig(t, parrot)
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	r.script.mu.Lock()
	r.failing = 1
	r.script.mu.Unlock()
	call.Says("my sink")
	call.Hears("You said: my sink.")
	call.HangsUp()
}

func TestStop(t *testing.T) {
	r := newRig(t, parrot)
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	call.Says("my sink")
	call.Hears("my sink")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if err := r.handler.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	// Twilio asks how to go on; this server takes no sessions any more, so the call goes on by <Gather>.
	call.Hears("we were cut off")
	if doc := call.Documents()[1]; !strings.Contains(doc, `<Pause length="3"`) || !strings.Contains(doc, "<ConversationRelay") {
		t.Errorf("a call that was cut by the stop is not told to wait for the next server: %s", doc)
	}
	call.Says("is leaking")
	call.Hears("You said: is leaking.")
	call.HangsUp()
	r.ends(t, ledger.Abandoned, ledger.ByReceptionist)
}
