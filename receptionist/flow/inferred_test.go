package flow_test

import (
	"testing"

	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
)

// What books, cancels, costs or hangs up needs the caller's own plain word.
func TestNoModelSaysYesToABooking(t *testing.T) {
	for _, q := range []flow.Question{flow.QReadBack, flow.QCancelSure, flow.QFee, flow.QTriage, flow.QOut, flow.QChange, flow.QNone, flow.QMessage} {
		if s := (&flow.State{Question: q}); s.MayInfer(understanding.Yes) {
			t.Errorf("a yes to %s may be inferred", q)
		}
	}
	for _, q := range []flow.Question{flow.QAnythingElse, flow.QProblem, flow.QWhen, flow.QOfferBooking, flow.QTriage, flow.QOut} {
		if s := (&flow.State{Question: q}); s.MayInfer(understanding.No) {
			t.Errorf("a no to %s may be inferred", q)
		}
	}
	if s := (&flow.State{Question: flow.QAddressSame}); !s.MayInfer(understanding.Yes) || !s.MayInfer(understanding.No) {
		t.Error("an answer about the address on file, which is read back, may not be inferred")
	}
}

func TestNoModelIsAskedAboutDangerOrMessages(t *testing.T) {
	for _, s := range []*flow.State{{Danger: "gas leak"}, {Question: flow.QMessage}, {Ended: true}, {Question: flow.QOut}} {
		if s.MayAskModel() {
			t.Errorf("a model may be asked in %+v", s)
		}
	}
	if !flow.New().MayAskModel() {
		t.Error("no model may be asked when a call begins")
	}
}
