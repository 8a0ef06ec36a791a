package receptionist_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fixly/receptionist"
)

func (d *desk) text(body string) receptionist.Reply {
	d.t.Helper()
	d.clock.Advance(time.Minute)
	var reply receptionist.Reply
	err := d.mem.InTx(context.Background(), func(ctx context.Context, tx receptionist.Tx) (err error) {
		reply, err = d.r.Text(ctx, tx, receptionist.TextInput{BusinessID: "shop", From: callerNumber, Body: body, Key: "SM" + body})
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return reply
}

func TestAThreadTakesUpTheCallThatBrokeOff(t *testing.T) {
	d := newDesk(t, meanings)
	d.ring("call_1")
	d.say("my sink leaks")
	d.say("the second one")
	d.say("karen whitfield") // and the line goes dead
	if reply := d.text("how much is it"); !strings.Contains(reply.Text(), "$129") {
		t.Errorf("it is not known what this is about: %q", reply.Text())
	}
	for _, body := range []string{"the first one", "1842 n damen, 60647", "yes"} { // the name is known
		d.text(body)
	}
	jobs := d.mem.Jobs()
	if len(jobs) != 1 || jobs[0].Customer.Name != "Karen Whitfield" || jobs[0].Service != "Leak repair" {
		t.Errorf("jobs %+v", jobs)
	}
}

func TestAThreadTakesUpNoCallThatIsDoneOrLongAgo(t *testing.T) {
	t.Run("long ago", func(t *testing.T) {
		d := newDesk(t, meanings)
		d.ring("call_1")
		d.say("my sink leaks")
		d.clock.Advance(25 * time.Hour)
		d.text("karen whitfield")
		if s := string(d.conversation().State); strings.Contains(s, "Leak repair") {
			t.Errorf("state %s", s)
		}
	})
	t.Run("booked", func(t *testing.T) {
		d := newDesk(t, meanings)
		d.ring("call_1")
		for _, s := range []string{"my sink leaks", "the second one", "karen whitfield", "yes", "1842 n damen, 60647", "yes"} {
			d.say(s)
		}
		d.text("how much is it")
		if s := string(d.conversation().State); strings.Contains(s, `"stack":["book"]`) {
			t.Errorf("state %s", s)
		}
	})
}

func TestAnAddressAskedByTextFinishesTheBooking(t *testing.T) {
	known := meant{"mumble": {}, "mumble again": {}, "more mumble": {}}
	for text, u := range meanings {
		known[text] = u
	}
	d := newDesk(t, known)
	d.ring("call_1")
	for _, s := range []string{"my sink leaks", "the second one", "karen whitfield", "yes", "mumble", "mumble again", "more mumble"} {
		d.say(s)
	}
	if got := d.mem.Asked(); len(got) != 1 || got[0] != callerNumber {
		t.Fatalf("asked by text: %v", got)
	}
	if reply := d.text("1842 n damen, 60647"); !strings.Contains(reply.Text(), "1842 North Damen") {
		t.Errorf("the address is not read back: %q", reply.Text())
	}
	d.text("yes")
	jobs := d.mem.Jobs()
	if len(jobs) != 1 || jobs[0].Address.ZIP != "60647" || jobs[0].Customer.Name != "Karen Whitfield" {
		t.Errorf("jobs %+v", jobs)
	}
}
