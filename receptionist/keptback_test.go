package receptionist_test

import (
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/demo"
	"fixly/receptionist"
	"fixly/receptionist/memory"
	"fixly/receptionist/understanding"
)

// TestNothingIsBookedOnAReadBackThatWasNotSaid lets the guard take the place that the caller gives for a number that
// nobody knows: what it keeps back was never read to the caller, so their yes confirms nothing.
func TestNothingIsBookedOnAReadBackThatWasNotSaid(t *testing.T) {
	b := demo.Business()
	b.ID = "shop"
	said := meant{"the address": {Address: contact.Address{Line1: "1842 North Damen Avenue", City: "Chicago", ZIP: "6064755501"}}}
	for text, u := range meanings {
		said[text] = u
	}
	d := &desk{t: t, mem: memory.New(b), clock: clock.NewManual(time.Date(2026, 11, 23, 10, 5, 0, 0, b.Location()))}
	d.r = receptionist.New(receptionist.Options{
		Storage: d.mem, Clock: d.clock, Compile: func(*business.Business) receptionist.Understander { return said },
	})
	d.ring("call_1")
	for _, s := range []string{"my sink leaks", "the second one", "karen whitfield", "yes", "the address"} {
		d.say(s)
	}
	if reply := d.say("yes"); len(d.mem.Jobs()) != 0 || reply.Asked != string(understanding.AskedConfirm) {
		t.Errorf("booked %v after %q, asked for %q", d.mem.Jobs(), reply.Text(), reply.Asked)
	}
}
