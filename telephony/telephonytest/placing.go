package telephonytest

import (
	"context"
	"testing"

	"fixly/followup"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
	"fixly/telephony/fakephone"
)

// RunPlacing runs the suite of calls that a carrier places for us.
func RunPlacing(t *testing.T, p Placing) {
	t.Helper()
	for _, c := range []struct {
		name string
		run  func(t *testing.T, x *Exchange)
	}{
		{"two people are put through", twoPeople},
		{"busy", ends(fakephone.Busy, "ended busy")},
		{"no answer", ends(fakephone.NoAnswer, "ended no_answer")},
		{"out of order", ends(fakephone.OutOfOrder, "ended failed")},
		{"a voicemail", ends(fakephone.Voicemail, "answered machine, ended completed")},
		{"nothing is pressed", nothingPressed},
		{"they hang up", theyHangUp},
		{"the other is busy", otherBusy},
		{"the answer is lost", answerLost},
		{"hung up while it rings", hungUp},
		{"looked at", lookedAt},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, NewExchange(t, p, storetest.SQLite(t)))
		})
	}
}

func twoPeople(t *testing.T, x *Exchange) {
	x.Phone.Person(karen, fakephone.Answers)
	out, call := x.Rings(fakephone.ByHand, true)
	call.Hears("A customer. Press 1")
	call.Presses("7")
	call.Hears("Press 1, please")
	call.Presses("1")
	call.Hears("That was it")
	call.Ends()
	if call.TakenBy() != karen {
		t.Errorf("they talked to %q", call.TakenBy())
	}
	x.Heard(`answered human, pressed "7", pressed "1", ` + karen + ` completed after 1m4s, ended completed`)
	if c := x.Stored(out); c.State != telephony.CallCompleted || c.CarrierID != call.SID || c.Keys != "1" || c.AnsweredBy != telephony.ByHuman || c.AnsweredAt.IsZero() {
		t.Errorf("stored as %+v", c)
	}
}

func ends(how fakephone.Person, want string) func(t *testing.T, x *Exchange) {
	return func(_ *testing.T, x *Exchange) {
		_, call := x.Rings(how, true)
		call.Ends()
		x.Heard(want)
	}
}

func nothingPressed(_ *testing.T, x *Exchange) {
	_, call := x.Rings(fakephone.Voicemail, false)
	call.Hears("Adiós")
	call.Ends()
	x.Heard(`answered , pressed "", ended completed`)
}

func theyHangUp(_ *testing.T, x *Exchange) {
	_, call := x.Rings(fakephone.ByHand, false)
	call.Hears("Press 1")
	call.HangsUp()
	x.Heard(`answered , ended completed`)
}

func otherBusy(_ *testing.T, x *Exchange) {
	x.Phone.Person(karen, fakephone.Busy)
	_, call := x.Rings(fakephone.Answers, false)
	call.Hears("That was it")
	call.Ends()
	x.Heard(`answered , pressed "1", ` + karen + ` busy after 0s, ended completed`)
}

// answerLost is a call that the carrier placed, and its answer got lost: its first webhook says so, and nobody is rung twice.
func answerLost(t *testing.T, x *Exchange) {
	x.Phone.LoseAnswers(1)
	out, call := x.Rings(fakephone.ByHand, false)
	call.Hears("Press 1")
	if c := x.Stored(out); c.State != telephony.CallAnswered || c.CarrierID != call.SID {
		t.Errorf("stored as %+v", c)
	}
	call.HangsUp()
	if n := len(x.Phone.PlacedCalls()); n != 1 {
		t.Errorf("rung %d times", n)
	}
}

func hungUp(t *testing.T, x *Exchange) {
	out, call := x.Rings(fakephone.KeepsOn, false)
	err := x.DB.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return tx.Enqueue(ctx, followup.HangUpCall{BusinessID: out.BusinessID, CallID: out.ID}, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	call.Ends()
	x.Heard("ended cancelled")
	if err := x.Placer.HangUp(t.Context(), call.SID); err != nil {
		t.Errorf("to hang up what is over is an error: %v", err)
	}
}

// lookedAt is a call whose end is never reported.
func lookedAt(t *testing.T, x *Exchange) {
	x.Phone.WithholdCallReports()
	_, call := x.Rings(fakephone.ByHand, false)
	call.Hears("Press 1")
	if s, err := x.Placer.Look(t.Context(), call.SID); err != nil || s != telephony.CallPlaced && s != telephony.CallAnswered {
		t.Errorf("a call that goes on is %s, %v", s, err)
	}
	call.HangsUp()
	if s, err := x.Placer.Look(t.Context(), call.SID); err != nil || s != telephony.CallCompleted {
		t.Errorf("a call that is over is %s, %v", s, err)
	}
}
