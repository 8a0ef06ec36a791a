package receptionist_test

import (
	"context"
	"strings"
	"testing"

	"fixly/demo"
	"fixly/receptionist"
	"fixly/receptionist/understanding"
)

// listens has the receptionist read along in a thread that people hold.
func (d *desk) listens(person bool, body string) {
	d.t.Helper()
	err := d.mem.InTx(context.Background(), func(ctx context.Context, tx receptionist.Tx) error {
		return d.r.Listen(ctx, tx, receptionist.Heard{BusinessID: "shop", Number: callerNumber, Body: body, Person: person})
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

// What is told to people is known afterwards, nothing of it is booked, and what was asked before is let go.
func TestReadingAlong(t *testing.T) {
	d := newDesk(t, understanding.NewEngine(demo.Business()))
	d.text("my kitchen faucet is dripping, can somebody come tomorrow at 8")
	d.listens(true, "Hi, Mike here. What's the address?")
	d.listens(false, "Karen Whitfield, 1842 North Damen Avenue, 60647. tomorrow at 8 is perfect, yes book it")
	d.listens(true, "I'll see what I can do.")
	if n := len(d.mem.Jobs()); n != 0 {
		t.Fatalf("%d visits are booked where people talk", n)
	}
	reply := d.text("can you book me for the dripping faucet tomorrow at 8 then")
	if strings.Contains(reply.Text(), "name") || strings.Contains(reply.Text(), "address") {
		t.Errorf("what was told to people is asked again: %q", reply.Text())
	}
	for _, body := range []string{"8 works", "yes", "yes that's right"} {
		if len(d.mem.Jobs()) == 0 {
			reply = d.text(body)
		}
	}
	jobs := d.mem.Jobs()
	if len(jobs) != 1 || jobs[0].Customer.Name != "Karen Whitfield" || jobs[0].Address.ZIP != "60647" {
		t.Errorf("jobs %+v; last %q", jobs, reply.Text())
	}
}

// An answer to what people wrote means nothing to the receptionist and is left to them; a wish of its own is answered.
func TestAnAnswerToPeopleIsTheirs(t *testing.T) {
	d := newDesk(t, understanding.NewEngine(demo.Business()))
	d.listens(true, "Can you make Tuesday at 9?")
	for _, body := range []string{"yes", "9 is ok", "the blue one"} {
		if reply := d.text(body); !reply.ForPeople || reply.Text() != "" {
			t.Errorf("%q is answered %q", body, reply.Text())
		}
	}
	if reply := d.text("what are your hours?"); reply.ForPeople || reply.Text() == "" {
		t.Errorf("a question is answered %+v", reply)
	}
	if reply := d.text("ok"); reply.ForPeople {
		t.Error("after it has answered, an ok is its own again")
	}
}

// A danger told to people alerts those on call.
func TestADangerToldToPeople(t *testing.T) {
	d := newDesk(t, understanding.NewEngine(demo.Business()))
	d.listens(true, "Hi, Mike here.")
	d.listens(false, "I smell gas in the basement")
	alerts := d.mem.Alerts()
	if len(alerts) != 1 {
		t.Errorf("alerts: %q", alerts)
	}
}
