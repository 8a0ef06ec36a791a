package twilio

import (
	"fmt"
	"strings"
	"testing"

	"fixly/business"
	"fixly/ledger"
	"fixly/telephony"
	"fixly/telephony/fakephone"
)

func nobodyTook(b *business.Business, _ *fakephone.Options) {
	b.Answering.Voicemail = business.VoicemailNobodyTook
}

// TestVoicemails: where they are taken, what is said before, and what becomes of them.
func TestVoicemails(t *testing.T) {
	var log strings.Builder
	t.Run("a shop that wants one where nobody took the call", func(t *testing.T) {
		r := newRig(t, parrot, personFirst, nobodyTook)
		call := r.phone.Call(sink)
		call.Hears("Your message is recorded.")
		call.Says("hi this is jane my furnace is out and my card is 4242 4242 4242 4242")
		call.Hears("We have your message")
		call.Ends()
		r.left(t, ledger.Message, "hi this is jane my furnace is out and my card is")
		log.WriteString(r.exchanges())
	})
	t.Run("nobody says anything", func(t *testing.T) {
		r := newRig(t, parrot, personFirst, nobodyTook)
		call := r.phone.Call(sink)
		call.Hears("Your message is recorded.")
		call.IsSilent()
		call.Hears("Please call again")
		call.Ends()
		r.ends(t, ledger.Missed, ledger.ByNobody)
	})
	t.Run("hangs up at the tone", func(t *testing.T) {
		r := newRig(t, parrot, personFirst, nobodyTook)
		call := r.phone.Call(sink)
		call.Hears("Your message is recorded.")
		call.HangsUp()
		r.ends(t, ledger.Missed, ledger.ByNobody)
	})
	t.Run("the database is away and the owner does not pick up", func(t *testing.T) {
		r := newRig(t, parrot)
		first := r.phone.Call(sink) // the line is remembered from here on
		first.Hears("How can I help")
		first.HangsUp()
		r.setDown(true)
		call := r.phone.Call(vip)
		call.Hears("something went wrong")
		call.Hears("Your message is recorded.")
		r.setDown(false)
		call.Says("it is ann please call me back")
		call.Hears("We have your message")
		call.Ends()
		r.memory.mu.Lock()
		defer r.memory.mu.Unlock()
		if n := len(r.calls); n != 2 || r.calls[1].Outcome != ledger.Message || r.calls[1].From != vip || len(r.recordings) != 1 {
			t.Errorf("stored %+v, %+v", r.calls, r.recordings)
		}
	})
	t.Run("the receptionist is broken for good", func(t *testing.T) {
		r := newRig(t, parrot, byGather)
		r.script.mu.Lock()
		r.failing = 1000
		r.script.mu.Unlock()
		call := r.phone.Call(sink)
		call.Hears("How can I help")
		call.Says("my sink is leaking")
		call.Hears("something went wrong")
		call.Hears("Your message is recorded.")
		if n := len(call.Dialled()); n != 2 {
			t.Errorf("the owner is rung %d times", n)
		}
		call.Says("my sink is leaking please call me")
		call.Ends()
		r.left(t, ledger.Message, "my sink is leaking please call me")
	})
	t.Run("a shop that wants none", func(t *testing.T) {
		r := newRig(t, parrot, func(b *business.Business, _ *fakephone.Options) {
			b.Answering.Voicemail, b.Profile.Owner.Phone = business.VoicemailOff, ""
		})
		r.script.mu.Lock()
		r.failing = 1000
		r.script.mu.Unlock()
		call := r.phone.Call(sink)
		call.Hears("How can I help")
		call.Says("hello")
		call.Hears("Please call again")
		call.Ends()
	})
	golden(t, "voicemail", log.String())
}

// left checks that the only call came to a voicemail with some words.
func (r *rig) left(t *testing.T, outcome ledger.Outcome, words string) {
	t.Helper()
	by := ledger.ByNobody
	if len(r.opened) > 0 {
		by = ledger.ByReceptionist
	}
	c := r.ends(t, outcome, by)
	r.memory.mu.Lock()
	defer r.memory.mu.Unlock()
	if len(r.recordings) != 1 || !strings.HasPrefix(r.recordings[0].Words, words) || strings.Contains(r.recordings[0].Words, "4242 4242") {
		t.Fatalf("recorded %+v", r.recordings)
	}
	x := r.recordings[0]
	if x.CallID != c.ID || x.Kind != telephony.Voicemail || c.Summary != fmt.Sprintf("Voicemail, %d seconds", x.Seconds) {
		t.Errorf("recorded %+v of %+v", x, c)
	}
}
