package receptionist_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fixly/demo"
	"fixly/receptionist"
	"fixly/receptionist/understanding"
)

// pictures has a customer text pictures without words.
func (d *desk) pictures(key string) receptionist.Reply {
	d.t.Helper()
	var reply receptionist.Reply
	err := d.mem.InTx(context.Background(), func(ctx context.Context, tx receptionist.Tx) (err error) {
		reply, err = d.r.Text(ctx, tx, receptionist.TextInput{BusinessID: "shop", From: callerNumber, Key: key, Pictures: 1})
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return reply
}

func TestPicturesWithoutWords(t *testing.T) {
	d := newDesk(t, understanding.NewEngine(demo.Business()))
	if reply := d.pictures("SM1"); reply.Asked != string(understanding.AskedProblem) || !strings.Contains(reply.Text(), "photo") {
		t.Errorf("from a stranger: %q", reply.Text())
	}
	d.text("my kitchen faucet is dripping")
	before := d.text("tomorrow at 8")
	if reply := d.pictures("SM2"); reply.Asked != before.Asked {
		t.Errorf("in the middle of a booking it asks for %q, before for %q", reply.Asked, before.Asked)
	}
}

// What the shop told us nothing about is asked of the owner, once; by day, and not what is known.
func TestWhatTheOwnerIsAsked(t *testing.T) {
	d := newDesk(t, understanding.NewEngine(demo.Business()))
	if reply := d.text("do you work on Navien?"); !strings.Contains(reply.Text(), "Mike") {
		t.Errorf("it is answered %q", reply.Text())
	}
	for _, known := range []string{"what services do you offer?", "what are your hours?", "do you fix dripping faucets?"} {
		d.text(known)
	}
	if told := d.mem.Told(); len(told) != 1 || told[0].What != "question" || told[0].Text != "do you work on Navien?" {
		t.Errorf("the owner is asked %+v", told)
	}
	d.clock.Advance(12 * time.Hour)
	d.text("do you use PEX or copper?")
	if told := d.mem.Told(); len(told) != 1 {
		t.Errorf("at night the owner is asked %+v", told)
	}
}
