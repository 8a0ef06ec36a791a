package messaging_test

import (
	"context"
	"strings"
	"testing"

	"fixly/messaging"
)

// sent stores a text that the carrier has accepted, or that is still being handed over when id is empty.
func (d *desk) sent(kind messaging.Kind, id string) *messaging.Message {
	d.t.Helper()
	var m messaging.Message
	err := d.db.Messaging().InTx(d.t.Context(), func(ctx context.Context, tx messaging.Tx) (err error) {
		m, _, err = messaging.Write(ctx, tx, d.clock.Now(), messaging.Message{
			BusinessID: d.shop.ID, From: line, To: customer, Body: "hello", Kind: kind, Key: "key", Reason: "job_booked",
		}, messaging.Known{})
		if err != nil {
			return err
		}
		m.Status, m.CarrierID = messaging.Sending, id
		if id != "" {
			m.Status = messaging.Sent
		}
		return tx.UpdateMessage(ctx, &m)
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return &m
}

func (d *desk) report(r messaging.Report) {
	d.t.Helper()
	r.Line, r.To = line, customer
	if err := d.inbox.Report(d.t.Context(), r); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) status(id string) string {
	d.t.Helper()
	m, err := d.db.Message(d.t.Context(), d.shop.ID, id)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(m.Status) + " " + m.CarrierID + " " + m.ErrorCode
}

// Some gateways do not say to whom a text went.
func TestAReportThatNamesNobody(t *testing.T) {
	each(t, func(d *desk) {
		m := d.sent(messaging.Confirmation, "")
		for _, id := range []string{"msg_other", m.ID} {
			r := messaging.Report{Line: line, CarrierID: "1/" + id, MessageID: id, Status: messaging.Delivered}
			if err := d.inbox.Report(d.t.Context(), r); err != nil {
				d.t.Fatal(err)
			}
		}
		if got := d.status(m.ID); got != "delivered 1/"+m.ID+" " {
			d.t.Errorf("left as %s", got)
		}
	})
}

func TestReportsOnlyMoveOn(t *testing.T) {
	each(t, func(d *desk) {
		m := d.sent(messaging.Confirmation, "SM9")
		for _, r := range []messaging.Status{messaging.Delivered, messaging.Sent, messaging.Undelivered, messaging.Delivered} {
			d.report(messaging.Report{CarrierID: "SM9", Status: r})
			if got := d.status(m.ID); got != "delivered SM9 " {
				d.t.Fatalf("after %s: %s", r, got)
			}
		}
	})
}

func TestAReportBeforeTheAnswer(t *testing.T) {
	each(t, func(d *desk) {
		m := d.sent(messaging.Confirmation, "")
		d.report(messaging.Report{CarrierID: "SM9", MessageID: m.ID, Status: messaging.Sent})
		if got := d.status(m.ID); got != "sent SM9 " {
			d.t.Errorf("status %s", got)
		}
		d.report(messaging.Report{CarrierID: "SM8", MessageID: m.ID, Status: messaging.Delivered}) // another of Twilio's
		if got := d.status(m.ID); got != "sent SM9 " {
			d.t.Errorf("status %s", got)
		}
	})
}

func TestTheOwnerHearsOfAnUndeliveredConfirmationOnce(t *testing.T) {
	each(t, func(d *desk) {
		m := d.sent(messaging.Confirmation, "SM9")
		for range 2 {
			d.report(messaging.Report{
				CarrierID: "SM9", Status: messaging.Undelivered, Class: "landline", ErrorCode: "30006", Tell: "The number is a landline.",
			})
		}
		if got := d.status(m.ID); got != "undelivered SM9 30006" {
			d.t.Errorf("status %s", got)
		}
		got := d.texts()
		if len(got) != 2 || !strings.HasSuffix(got[1], "Not delivered: the confirmation to (773) 555-0166. The number is a landline. Please call them.") {
			d.t.Errorf("texts %q", got)
		}
	})
}

func TestAnOptOutLearnedFromAReport(t *testing.T) {
	each(t, func(d *desk) {
		d.sent(messaging.OptOut, "SM9")
		d.report(messaging.Report{CarrierID: "SM9", Status: messaging.Failed, Class: "opted_out", ErrorCode: "21610"})
		if !d.optedOut() {
			d.t.Error("not noted")
		}
		if got := d.texts(); len(got) != 1 {
			d.t.Errorf("texts %q", got)
		}
	})
}

func TestReportsAboutOthersTextsChangeNothing(t *testing.T) {
	each(t, func(d *desk) {
		d.report(messaging.Report{CarrierID: "SM1", MessageID: "msg_unknown", Status: messaging.Delivered})
		if got := d.texts(); len(got) != 0 {
			d.t.Errorf("texts %q", got)
		}
	})
}
