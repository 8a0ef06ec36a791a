package twilio

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"testing"
	"time"

	"fixly/business"
	"fixly/ledger"
	"fixly/telephony"
	"fixly/telephony/fakephone"
)

func coldly(b *business.Business, _ *fakephone.Options) {
	b.Answering.HandOver = business.HandOverCold
	b.Answering.MachineDetection = true
}

// knows has something be known of the only conversation.
func (r *rig) knows(state string) {
	r.memory.mu.Lock()
	defer r.memory.mu.Unlock()
	for id, c := range r.conversations {
		c.State = []byte(state)
		r.conversations[id] = c
	}
}

// An emergency is never handed over cold: a voicemail would take it, and nobody would be paged any more.
func TestWhoIsInNeedIsPutThroughToAPerson(t *testing.T) {
	for name, state := range map[string]string{
		"an emergency": `{"details":{"urgency":"emergency"}}`, "a danger": `{"danger":"I smell gas"}`, "nobody can tell": `{"danger":1}`,
	} {
		for mode, settings := range map[string][]setting{"relay": {coldly}, "gather": {coldly, byGather}} {
			t.Run(name+", "+mode, func(t *testing.T) {
				r := newRig(t, handsOver, settings...)
				r.phone.Person(owner, fakephone.Voicemail)
				r.phone.Person(dana, fakephone.Answers)
				call := r.phone.Call(sink)
				call.Hears("How can I help")
				call.Says("water everywhere")
				call.Hears("water everywhere")
				r.knows(state)
				call.Says("mike please")
				call.Hears("put you through")
				if mode == "relay" {
					call.Says("okay")
				}
				call.Ends()
				if c := r.ends(t, ledger.Transferred, ledger.ByPerson); c.TakenBy != dana {
					t.Errorf("taken by %q:\n%s", c.TakenBy, call.Transcript())
				}
				r.memory.mu.Lock()
				defer r.memory.mu.Unlock()
				if !telephony.ByKey(r.rings) {
					t.Errorf("nobody was asked to press 1: %+v", r.rings)
				}
			})
		}
	}
}

// Where the carrier's verdict can't be looked at, nobody's talk is cut.
func TestAVerdictThatCannotBeCheckedCutsNoTalk(t *testing.T) {
	r := newRig(t, parrot, personFirst)
	r.phone.Person(owner, fakephone.KeepsOn)
	call := r.phone.Call(sink)
	call.Dials(owner)
	r.pressesOne(t, owner)
	verdict := func() {
		form := r.leg(owner)
		form.Set("AnsweredBy", "machine_start")
		address := machinePath + "?" + url.Values{"call": {"call1"}, "line": {"+13125550100"}, "phone": {owner}}.Encode()
		if status, _, err := r.phone.Webhook(address, form); err != nil || status != http.StatusNoContent {
			t.Errorf("the verdict is answered %d, %v", status, err)
		}
	}
	verdict()
	r.memory.setDown(true)
	verdict()
	r.memory.setDown(false)
	if got := r.phone.Requests(); len(got) != 0 {
		t.Errorf("a person's talk is cut: %+v", got)
	}
	call.HangsUp()
}

// twice runs each transaction twice, as databases do that find two at odds; changing has the world change between.
type twice struct {
	*memory
	changing func()
}

func (s *twice) InTx(ctx context.Context, f func(ctx context.Context, tx telephony.Tx) error) error {
	conflict := errors.New("could not serialize access")
	err := s.memory.InTx(ctx, func(ctx context.Context, tx telephony.Tx) error {
		if err := f(ctx, tx); err != nil {
			return err
		}
		return conflict
	})
	if !errors.Is(err, conflict) {
		return err
	}
	if s.changing != nil {
		s.changing()
	}
	return s.memory.InTx(ctx, f)
}

// What was thought of a <Dial> in a transaction that came to nothing is forgotten: here a machine's verdict that the other
// transaction took back, because they pressed 1.
func TestATransactionThatRunsTwiceStartsAnew(t *testing.T) {
	r := newRig(t, parrot, personFirst)
	r.phone.Person(owner, fakephone.KeepsOn)
	call := r.phone.Call(sink)
	call.Dials(owner)
	settled := func(result telephony.RingResult) {
		r.memory.mu.Lock()
		defer r.memory.mu.Unlock()
		for i := range r.rings {
			r.rings[i].Result, r.rings[i].SettledAt = result, monday
		}
	}
	settled(telephony.Machine)
	r.handler.storage = &twice{memory: r.memory, changing: func() { settled(telephony.Taken) }}
	form := call.Form("in-progress")
	form.Set("DialCallStatus", "completed")
	form.Set("DialBridged", "true")
	form.Set("DialCallDuration", "64")
	address := dialPath + "?" + url.Values{"call": {"call1"}, "rang": {owner}, "attempt": {"1"}}.Encode()
	r.clock.Advance(2 * time.Minute)
	status, body, err := r.phone.Webhook(address, form)
	if err != nil || status != http.StatusOK {
		t.Fatalf("%d, %v", status, err)
	}
	if verbs, err := fakephone.ParseTwiML(body); err != nil || len(verbs) != 1 || verbs[0].Name != "Hangup" {
		t.Errorf("after their talk: %s, %v", body, err)
	}
	if c := r.onlyCall(t); c.HandledBy != ledger.ByPerson || c.TakenBy != owner {
		t.Errorf("stored as %+v", c)
	}
	r.memory.mu.Lock()
	told := len(r.taken)
	r.memory.mu.Unlock()
	if told != 1 {
		t.Errorf("who took it is told %d times", told)
	}
	call.HangsUp()
}
