package receptionist_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fixly/contact"
	"fixly/demo"
	"fixly/receptionist"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// visit is a drain cleaning of Karen's that was put down before, in the demo's zone.
func (d *desk) visit(start string, status scheduling.Status) *scheduling.Job {
	d.t.Helper()
	b := demo.Business()
	at, err := time.ParseInLocation("2006-01-02 15:04", start, b.Location())
	if err != nil {
		d.t.Fatal(err)
	}
	slot := scheduling.Slot{Technician: "Luis Ortega", Start: at, End: at.Add(90 * time.Minute)}
	j := d.mem.AddJob(scheduling.Job{
		Status: status, Service: "Drain cleaning", Problem: "kitchen sink backs up", Urgency: scheduling.Routine, Slot: slot,
		BusyUntil: slot.End.Add(30 * time.Minute), WindowEnd: at.Add(2 * time.Hour),
		Customer: contact.Customer{Name: "Karen Whitfield", Phone: callerNumber},
		Address:  contact.Address{Line1: "1842 North Damen Avenue", City: "Chicago", State: "IL", ZIP: "60647"},
	})
	return &j
}

func (d *desk) propose(p receptionist.Proposal) (receptionist.Reply, error) {
	d.t.Helper()
	var reply receptionist.Reply
	err := d.mem.InTx(context.Background(), func(ctx context.Context, tx receptionist.Tx) (err error) {
		reply, err = d.r.Propose(ctx, tx, p)
		return err
	})
	return reply, err
}

// proposed puts a change to Karen and checks what she reads.
func (d *desk) proposed(p receptionist.Proposal, words ...string) receptionist.Reply {
	d.t.Helper()
	p.Key = "offer:" + p.Change
	reply, err := d.propose(p)
	if err != nil {
		d.t.Fatal(err)
	}
	d.reads(reply, words...)
	return reply
}

func (d *desk) reads(reply receptionist.Reply, words ...string) {
	d.t.Helper()
	for _, w := range words {
		if !strings.Contains(reply.Text(), w) {
			d.t.Errorf("%q lacks %q", reply.Text(), w)
		}
	}
	if len(reply.KeptBack) > 0 || strings.Count(reply.Text(), "?") > 1 {
		d.t.Errorf("%q, kept back %q", reply.Text(), reply.KeptBack)
	}
}

// is checks where a job stands: its status and its time.
func (d *desk) is(id string, status scheduling.Status, start string) {
	d.t.Helper()
	for _, j := range d.mem.Jobs() {
		if at := j.Slot.Start.In(demo.Business().Location()).Format("2006-01-02 15:04"); j.ID == id && (j.Status != status || at != start) {
			d.t.Errorf("job %s is %s at %s, want %s at %s", id, j.Status, at, status, start)
		}
	}
}

// speaking is a desk with the receptionist's own understanding.
func speaking(t *testing.T) *desk {
	b := demo.Business()
	b.ID = "shop"
	return newDesk(t, understanding.NewEngine(b))
}

func TestAMovedVisitIsAgreedTo(t *testing.T) {
	for _, yes := range []string{"YES", "yes", "ok", "Okay thanks", "sounds good", "that works", "sure", "sí", "fine with me", "tuesday works"} {
		t.Run(yes, func(t *testing.T) {
			d := speaking(t)
			j := d.visit("2026-11-24 09:00", scheduling.StatusBooked)
			d.proposed(
				receptionist.Proposal{Job: j, Change: "moved"},
				"Mike's Plumbing", "We had to move your drain cleaning visit to tomorrow (Tue 11/24) between 9 and 11 AM.", "Reply YES",
			)
			reply := d.text(yes)
			if reply.Reason != "agreed_to_change" || !reply.End {
				t.Errorf("%q is answered %q (%s)", yes, reply.Text(), reply.Reason)
			}
			d.reads(reply)
			d.is(j.ID, scheduling.StatusBooked, "2026-11-24 09:00")
			if n := len(d.mem.Changes()); n != 0 {
				t.Errorf("%d more texts are owed", n)
			}
		})
	}
}

func TestAMovedVisitIsMovedOnceMore(t *testing.T) {
	d := speaking(t)
	j := d.visit("2026-11-24 09:00", scheduling.StatusBooked)
	d.proposed(receptionist.Proposal{Job: j, Change: "moved"})
	reply := d.text("can't do tuesday, how about friday morning")
	d.reads(reply, "Fri 11/27")
	d.text("the first one")
	d.is(j.ID, scheduling.StatusBooked, "2026-11-27 08:00")
	if c := d.mem.Changes(); len(c) != 1 || c[0].Change != "moved" || c[0].ByCall {
		t.Errorf("owed: %+v", c)
	}
}

func TestAMovedVisitThatDoesNotSuitHasOffers(t *testing.T) {
	d := speaking(t)
	j := d.visit("2026-11-24 09:00", scheduling.StatusBooked)
	d.proposed(receptionist.Proposal{Job: j, Change: "moved"})
	reply := d.text("no")
	if reply.Asked != "choice" || len(reply.Offered) < 2 {
		t.Errorf("%q offers %v", reply.Text(), reply.Offered)
	}
	for _, o := range reply.Offered {
		if o.From.Equal(j.Slot.Start) {
			t.Errorf("the time it has is offered: %q", reply.Text())
		}
	}
	d.text("cancel it please")
	d.text("yes")
	d.is(j.ID, scheduling.StatusCancelled, "2026-11-24 09:00")
}

func TestATakenTimeIsReplacedByTheNearest(t *testing.T) {
	d := speaking(t)
	j := d.visit("2026-11-25 10:00", scheduling.StatusBooked)
	reply := d.proposed(receptionist.Proposal{Job: j, Change: "taken"}, "turned out to be taken", "Wed 11/25")
	if len(reply.Offered) != 3 || reply.Asked != "choice" {
		t.Fatalf("offered %v", reply.Offered)
	}
	for _, h := range d.mem.Holds() {
		if left := h.ExpiresAt.Sub(d.clock.Now()); left != 30*time.Minute {
			t.Errorf("held for %s", left)
		}
	}
	d.clock.Advance(3 * time.Hour) // every hold has run out
	d.text("the second one")
	d.is(j.ID, scheduling.StatusBooked, reply.Offered[1].From.In(demo.Business().Location()).Format("2006-01-02 15:04"))
}

func TestATimeThatWentMeanwhileIsSaidSo(t *testing.T) {
	d := speaking(t)
	j := d.visit("2026-11-25 10:00", scheduling.StatusBooked)
	reply := d.proposed(receptionist.Proposal{Job: j, Change: "taken"})
	d.clock.Advance(time.Hour)
	gone := reply.Offered[0].From
	for _, who := range []string{"Luis Ortega", "Mike Rossi"} {
		d.mem.AddJob(scheduling.Job{Status: scheduling.StatusBooked, Service: "Leak repair", Slot: scheduling.Slot{Technician: who, Start: gone, End: gone.Add(time.Hour)}, BusyUntil: gone.Add(90 * time.Minute), WindowEnd: gone.Add(2 * time.Hour)})
	}
	if again := d.text("the first one"); again.Reason != "time_taken_meanwhile" || len(again.Offered) == 0 {
		t.Errorf("%q (%s)", again.Text(), again.Reason)
	}
	d.is(j.ID, scheduling.StatusBooked, "2026-11-25 10:00")
}

// Who was cancelled on books again in one word: nothing is asked twice.
func TestACancelledVisitIsBookedAgain(t *testing.T) {
	for _, change := range []string{"cancelled", "declined"} {
		t.Run(change, func(t *testing.T) {
			d := speaking(t)
			j := d.visit("2026-11-25 10:00", scheduling.StatusCancelled)
			words := map[string]string{"cancelled": "we had to cancel your drain cleaning visit Wed 11/25 between 10 AM and 12 PM", "declined": "Mike can't make it Wed 11/25 between 10 AM and 12 PM"}
			reply := d.proposed(receptionist.Proposal{Job: j, Change: change}, words[change])
			if again := d.text("the last one"); again.Reason != "booked" {
				t.Fatalf("%q (%s)", again.Text(), again.Reason)
			}
			jobs := d.mem.Jobs()
			if len(jobs) != 2 {
				t.Fatalf("%d jobs", len(jobs))
			}
			n := jobs[1]
			if n.Service != j.Service || n.Problem != j.Problem || n.Customer.Name != j.Customer.Name || n.Address != j.Address || !n.Slot.Start.Equal(reply.Offered[2].From) {
				t.Errorf("booked is %+v", n)
			}
		})
	}
}

// The owner would rather come at another time: a yes moves the visit and books it.
func TestABetterTimeIsAgreedTo(t *testing.T) {
	d := speaking(t)
	j := d.visit("2026-11-24 09:00", scheduling.StatusTentative)
	start := time.Date(2026, 11, 25, 8, 0, 0, 0, demo.Business().Location())
	d.proposed(receptionist.Proposal{Job: j, Change: "better_time", Start: start}, "Mike could come Wed 11/25 between 8 and 10 AM instead.")
	d.reads(d.text("yes that's fine"), "Wed 11/25")
	d.is(j.ID, scheduling.StatusBooked, "2026-11-25 08:00")
	if c := d.mem.Changes(); len(c) != 1 || c[0].Change != "moved" {
		t.Errorf("owed: %+v", c)
	}
}

// The customer would rather have a third one: the owner is asked again.
func TestABetterTimeThatDoesNotSuitIsAskedAgain(t *testing.T) {
	d := speaking(t)
	j := d.visit("2026-11-24 09:00", scheduling.StatusTentative)
	start := time.Date(2026, 11, 25, 8, 0, 0, 0, demo.Business().Location())
	d.proposed(receptionist.Proposal{Job: j, Change: "better_time", Start: start})
	d.text("no, friday at 10 would be better")
	d.reads(d.text("yes"), "confirm")
	d.is(j.ID, scheduling.StatusTentative, "2026-11-27 10:00")
}

// A better time that is gone by now is not promised.
func TestABetterTimeThatIsGone(t *testing.T) {
	d := speaking(t)
	j := d.visit("2026-11-24 09:00", scheduling.StatusTentative)
	other := d.visit("2026-11-25 08:00", scheduling.StatusBooked)
	reply := d.proposed(receptionist.Proposal{Job: j, Change: "better_time", Start: other.Slot.Start}, "Mike can't make it tomorrow (Tue 11/24)")
	if len(reply.Offered) == 0 || reply.Offered[0].From.Equal(other.Slot.Start) {
		t.Errorf("%q", reply.Text())
	}
}

// A visit that waits and was moved in the owner's calendar is the owner's time: a yes books it.
func TestAMovedVisitThatWaitsIsBookedByAYes(t *testing.T) {
	d := speaking(t)
	j := d.visit("2026-11-24 09:00", scheduling.StatusTentative)
	d.proposed(receptionist.Proposal{Job: j, Change: "moved"})
	d.text("yes")
	d.is(j.ID, scheduling.StatusBooked, "2026-11-24 09:00")
	if c := d.mem.Changes(); len(c) != 1 || c[0].Change != "booked" {
		t.Errorf("owed: %+v", c)
	}
}

func TestAProposalWaitsForWhoIsTalking(t *testing.T) {
	t.Run("on the phone", func(t *testing.T) {
		d := speaking(t)
		j := d.visit("2026-11-24 09:00", scheduling.StatusBooked)
		d.ring("call_1")
		d.say("my water heater is leaking")
		if _, err := d.propose(receptionist.Proposal{Job: j, Change: "moved", Key: "a"}); !errors.Is(err, receptionist.ErrTalking) {
			t.Errorf("error %v", err)
		}
		d.clock.Advance(6 * time.Minute) // the carrier never said that it ended
		d.proposed(receptionist.Proposal{Job: j, Change: "moved"})
	})
	t.Run("by text", func(t *testing.T) {
		d := speaking(t)
		j := d.visit("2026-11-24 09:00", scheduling.StatusBooked)
		d.text("my water heater is leaking, can someone come")
		if _, err := d.propose(receptionist.Proposal{Job: j, Change: "moved", Key: "a"}); !errors.Is(err, receptionist.ErrTalking) {
			t.Errorf("error %v", err)
		}
		d.clock.Advance(11 * time.Minute)
		reply := d.proposed(receptionist.Proposal{Job: j, Change: "moved"})
		if strings.Contains(reply.Text(), "virtual assistant") {
			t.Errorf("introduced twice: %q", reply.Text())
		}
		// the booking that it came in between of goes on
		if reply := d.text("yes"); reply.Reason != "agreed_to_change" || reply.End || reply.Asked == "" {
			t.Errorf("%q (%s, %s)", reply.Text(), reply.Reason, reply.Asked)
		}
		if n := len(d.mem.Conversations()); n != 1 {
			t.Errorf("%d threads", n)
		}
	})
}

// The owner moves a visit and deletes it a minute later: the customer need not answer the first before hearing of the
// second.
func TestAProposalOvertakesAnother(t *testing.T) {
	d := speaking(t)
	j := d.visit("2026-11-24 09:00", scheduling.StatusBooked)
	d.proposed(receptionist.Proposal{Job: j, Change: "moved", Key: "a"})
	d.clock.Advance(time.Minute)
	if reply := d.proposed(receptionist.Proposal{Job: j, Change: "cancelled", Key: "b"}); reply.Asked == "" {
		t.Errorf("%q asks for nothing", reply.Text())
	}
	if n := len(d.mem.Conversations()); n != 1 {
		t.Errorf("%d threads", n)
	}
}

// The same proposal twice is one text.
func TestAProposalIsMadeOnce(t *testing.T) {
	d := speaking(t)
	j := d.visit("2026-11-24 09:00", scheduling.StatusBooked)
	first := d.proposed(receptionist.Proposal{Job: j, Change: "moved"})
	again := d.proposed(receptionist.Proposal{Job: j, Change: "moved"})
	if first.Text() != again.Text() || len(d.mem.AllTurns()) != 1 {
		t.Errorf("%q, then %q, in %d turns", first.Text(), again.Text(), len(d.mem.AllTurns()))
	}
}
