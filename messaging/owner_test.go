package messaging_test

import (
	"context"
	"testing"

	"fixly/business"
	"fixly/messaging"
)

// ownersDesk takes "Y" and nothing else.
type ownersDesk struct{}

func (ownersDesk) Concerns(context.Context, messaging.Tx, *business.Business, messaging.StaffText) ([]string, error) {
	return nil, nil
}

func (ownersDesk) Answer(_ context.Context, _ messaging.Tx, _ *business.Business, t messaging.StaffText) (string, bool, error) {
	return "Booked.", t.Body == "Y", nil
}

// The owner's answer reaches his desk, everything else the receptionist; a customer's Y is the customer's.
func TestTheOwnersAnswerIsNoCustomersText(t *testing.T) {
	each(t, func(d *desk) {
		d.inbox.Owner = ownersDesk{}
		d.receive(messaging.Incoming{From: owner, Body: "Y", CarrierID: "SM1"})
		d.receive(messaging.Incoming{From: owner, Body: "Y", CarrierID: "SM1"}) // delivered twice
		d.receive(messaging.Incoming{From: owner, Body: "my own sink leaks", CarrierID: "SM2"})
		d.receive(messaging.Incoming{Body: "Y", CarrierID: "SM3"})
		d.want(
			"conversation received >0100 : Y",
			"conversation queued >0101 they_wrote: Booked.",
			"conversation received >0100 : my own sink leaks",
			"conversation queued >0101 they_wrote: You said: my own sink leaks",
			"conversation received >0100 : Y",
			"conversation queued >0166 they_wrote: You said: Y",
		)
	})
}

// Carriers take a bare YES for START. From who has opted out it is one, from anybody else the answer to a text of ours.
func TestAYesThatTheCarrierTakesForStart(t *testing.T) {
	each(t, func(d *desk) {
		d.receive(messaging.Incoming{Body: "YES", CarrierID: "SM1", OptOut: messaging.Start})
		d.receive(messaging.Incoming{Body: "STOP", CarrierID: "SM2", OptOut: messaging.Stop})
		d.receive(messaging.Incoming{Body: "yes", CarrierID: "SM3", OptOut: messaging.Start})
		d.want(
			"conversation received >0100 : YES",
			"conversation queued >0166 they_wrote: You said: YES",
			"conversation received >0100 carrier_did_it: STOP",
			"conversation received >0100 carrier_did_it: yes",
		)
		if d.optedOut() {
			d.t.Error("they are opted out still")
		}
	})
}
