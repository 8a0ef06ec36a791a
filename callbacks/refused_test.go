package callbacks_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/callbacks"
	"fixly/consent"
	"fixly/store/storetest"
)

// says enters into the ledger what somebody says about a channel, or that they called.
func (s *shop) says(phone string, channel consent.Channel, act consent.Act, how consent.How) {
	s.Helper()
	s.tx(func(ctx context.Context, tx callbacks.Tx) error {
		_, err := tx.AddConsent(ctx, &consent.Entry{BusinessID: s.b.ID, Address: phone, Channel: channel, Act: act, How: how, At: s.clock.Now()})
		return err
	})
}

// TestWhoWantsNoCallsIsOwedNone: what is owed is closed as it is said, nothing is owed after it, nobody is bridged, until
// they call again.
func TestWhoWantsNoCallsIsOwedNone(t *testing.T) {
	each(t, func(s *shop) {
		c := s.missed("call_1", karen)
		s.clock.Advance(time.Minute)
		s.says(karen, consent.Call, consent.Withdrawn, consent.PlainWords)
		if got := s.callback(c.ID); got.Owed() || got.Outcome != callbacks.DoNotCall || got.Status != callbacks.GivenUp {
			s.Errorf("owed to who wants no calls: %+v", got)
		}
		s.clock.Advance(time.Minute)
		if got := s.missed("call_2", karen); got != nil {
			s.Errorf("owed after that: %+v", got)
		}
		try := func(do func(ctx context.Context, tx callbacks.Tx) error) error {
			return s.db.CallingBack().InTx(s.Context(), do)
		}
		err := try(func(ctx context.Context, tx callbacks.Tx) error {
			return s.desk.Bridge(ctx, tx, s.b, owner, karen, true)
		})
		if !errors.Is(err, callbacks.ErrDoNotCall) {
			s.Errorf("bridged: %v", err)
		}
		err = try(func(ctx context.Context, tx callbacks.Tx) error {
			_, err := s.desk.Note(ctx, tx, s.b, c.ID, callbacks.Noted{Later: s.clock.Now().Add(time.Hour)})
			return err
		})
		if !errors.Is(err, callbacks.ErrDoNotCall) {
			s.Errorf("planned: %v", err)
		}
		s.says(karen, consent.Text, consent.Given, consent.CalledUs)
		if got := s.missed("call_3", karen); got == nil {
			s.Error("who calls again is owed nothing")
		}
	})
}

// TestNobodyIsRungWhoSaysSoMeanwhile: while the phone rings here.
func TestNobodyIsRungWhoSaysSoMeanwhile(t *testing.T) {
	s := open(t, storetest.SQLite(t))
	c := s.missed("call_1", karen)
	s.tx(func(ctx context.Context, tx callbacks.Tx) error {
		_, err := s.desk.Call(ctx, tx, s.b, c.ID, owner, true)
		return err
	})
	tried, err := s.db.AttemptsOf(t.Context(), s.b.ID, c.ID)
	if err != nil || len(tried) != 1 {
		t.Fatalf("tried: %+v, %v", tried, err)
	}
	b := &bridge{shop: s, board: s.board(), attempt: tried[0].ID, callback: c.ID}
	b.answered()
	s.says(karen, consent.Call, consent.Withdrawn, consent.PlainWords)
	if said := b.pressed("1"); !strings.Contains(said, "don't want to be called") || strings.Contains(said, "dial") {
		t.Errorf("after the 1: %s", said)
	}
}

// TestDroppedForGood: a person's word that somebody wants no calls is in the ledger, and can be taken back.
func TestDroppedForGood(t *testing.T) {
	s := open(t, storetest.SQLite(t))
	c := s.missed("call_1", karen)
	for _, x := range []struct {
		o   callbacks.Outcome
		may bool
	}{{callbacks.DoNotCall, false}, {callbacks.WrongNumber, true}} {
		s.clock.Advance(time.Minute)
		s.tx(func(ctx context.Context, tx callbacks.Tx) error {
			_, err := s.desk.Note(ctx, tx, s.b, c.ID, callbacks.Noted{By: "Mike Rossi", Outcome: x.o})
			return err
		})
		if st, err := s.db.Standing(t.Context(), s.b.ID, karen, consent.Call); err != nil || st.MayCall() != x.may {
			t.Errorf("after %s: %+v, %v", x.o, st, err)
		}
	}
}

// TestTheShopsOwnAreOwedNothing: nor is who is blocked, at whichever number.
func TestTheShopsOwnAreOwedNothing(t *testing.T) {
	s := open(t, storetest.SQLite(t))
	s.b.OnCallPlan.People = []business.OnCallPerson{{Name: "Ann", Phone: "+13125550177"}}
	s.b.Answering.Blocked = append(s.b.Answering.Blocked, "+13125550178")
	for _, phone := range []string{mike, dana, "+13125550177", "+13125550178", s.b.Lines[0].Number} {
		if c := s.missed("call_"+phone, phone); c != nil {
			t.Errorf("%s is owed a call", phone)
		}
	}
}

// TestAPromiseToAnotherNumber: it takes the place of what was owed to the number of the call, and is settled by a later
// call from there.
func TestAPromiseToAnotherNumber(t *testing.T) {
	each(t, func(s *shop) {
		const wife = "+13125550166"
		first := s.missed("call_1", karen)
		s.clock.Advance(time.Minute)
		var c *callbacks.Callback
		s.tx(func(ctx context.Context, tx callbacks.Tx) (err error) {
			c, _, err = callbacks.Owe(ctx, tx, s.b, callbacks.Debt{
				Phone: wife, From: karen, Source: "call_2", CallID: "call_2", Kind: callbacks.MessageLeft, At: s.clock.Now(),
			})
			return err
		})
		if c == nil || c.Phone != wife || s.callback(first.ID).Owed() {
			s.Fatalf("owed: %+v, and before: %+v", c, s.callback(first.ID))
		}
		s.clock.Advance(time.Minute)
		s.tx(func(ctx context.Context, tx callbacks.Tx) error {
			return callbacks.Settle(ctx, tx, s.b, karen, callbacks.Booked, s.clock.Now())
		})
		if got := s.callback(c.ID); got.Owed() || got.Outcome != callbacks.Booked {
			s.Errorf("after a booking from her own number: %+v", got)
		}
	})
}

// TestSomebodyElseIsToldWhereTheBackupCannotBe; where nobody can be, it doesn't pass for told, and is tried again.
func TestSomebodyElseIsToldWhereTheBackupCannotBe(t *testing.T) {
	s := open(t, storetest.SQLite(t))
	c := s.missed("call_1", karen)
	s.says(dana, consent.Text, consent.Withdrawn, consent.SentWord)
	s.comesDue(c.ID)
	want := []string{"0101: STILL OWED A CALL, waiting 15 min: (312) 555-0142. Nobody has it yet. Reply MINE if you have it."}
	s.want(want)

	other := s.missed("call_2", "+13125550143")
	s.says(mike, consent.Text, consent.Withdrawn, consent.SentWord)
	for _, p := range s.b.Answering.Chain {
		s.says(p.Phone, consent.Text, consent.Withdrawn, consent.SentWord)
	}
	s.clock.Advance(other.DueAt.Sub(s.clock.Now()))
	late := callbacks.DueCallback{BusinessID: s.b.ID, CallbackID: other.ID, DueAt: other.DueAt.UnixMilli()}
	if err := s.workers.Work(t.Context(), row(t, late)); err == nil || !s.callback(other.ID).ToldAt.IsZero() {
		t.Errorf("nobody can be told: %v, %+v", err, s.callback(other.ID))
	}
	s.says(mike, consent.Text, consent.Restored, consent.SentWord)
	s.work(late)
	if got := s.texts(); len(got) != 2 || s.callback(other.ID).ToldAt.IsZero() {
		t.Errorf("told at last: %v", got)
	}
}
