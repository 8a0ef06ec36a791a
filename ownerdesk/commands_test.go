package ownerdesk_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/ownerdesk"
	"fixly/scheduling"
)

func TestTodayAndTomorrow(t *testing.T) {
	each(t, func(d *desk) {
		d.wants(owner, "today", "Today, Mon Nov 23: no visits.")
		d.book(23, 10, "Karen Whitfield", karen, "Luis Ortega")
		d.book(23, 13, "Owen Pratt", owen, "Mike Rossi")
		d.book(24, 11, "Owen Pratt", owen, "Luis Ortega")
		d.wants(owner, "Today.", "Today, Mon Nov 23:\n10 am-12 pm Karen Whitfield, Leak repair, 1842 North Damen Avenue (Luis)\n1-3 pm Owen Pratt, Leak repair, 1842 North Damen Avenue (Mike)")
		d.wants(owner, "tomorrow", "Tomorrow, Tue Nov 24:\n11 am-1 pm Owen Pratt, Leak repair, 1842 North Damen Avenue (Luis)")
		d.wants(luis, "today", "Today, Mon Nov 23:\n10 am-12 pm Karen Whitfield, Leak repair, 1842 North Damen Avenue") // his own
	})
}

func TestDone(t *testing.T) {
	each(t, func(d *desk) {
		d.wants(luis, "done", "There is no visit under way.")
		later := d.book(23, 13, "Owen Pratt", owen, "Luis Ortega")
		d.wants(luis, "done", "No visit has begun yet. Next: 1-3 pm Owen Pratt...")
		d.wants(luis, "omw", "I tell Owen that you are on the way.")
		now := d.book(23, 10, "Karen Whitfield", karen, "Luis Ortega")
		d.wants(luis, "done", "Done: Karen Whitfield, Mon Nov 23 10 am-12 pm (Luis).")
		if j := d.job(now.ID); j.Status != scheduling.StatusCompleted {
			d.t.Errorf("the visit is %s", j.Status)
		}
		if j := d.job(later.ID); j.Status != scheduling.StatusBooked {
			d.t.Errorf("the next visit is %s", j.Status)
		}
		d.wants(owner, "done karen", "No visit has begun yet...")
	})
}

func TestWhichVisit(t *testing.T) {
	each(t, func(d *desk) {
		d.b.Profile.Owner.Name = "Pat Lane" // who goes to no visits
		d.book(23, 10, "Karen Whitfield", karen, "Luis Ortega")
		d.book(23, 10, "Owen Pratt", owen, "Mike Rossi")
		d.wants(owner, "done", "Which one?\n10 am-12 pm Karen Whitfield, Leak repair...")
		d.wants(owner, "done owen", "Done: Owen Pratt...")
		d.wants(owner, "late 20 max", "There is no visit to max today that this could be about.")
		d.wants(owner, "done", "Done: Karen Whitfield...")
	})
}

func TestLate(t *testing.T) {
	each(t, func(d *desk) {
		d.wants(luis, "late 20", "No visit is left today.")
		j := d.book(23, 11, "Karen Whitfield", karen, "Luis Ortega")
		d.book(23, 13, "Owen Pratt", owen, "Luis Ortega")
		d.wants(luis, "late", "By how many minutes...")
		d.wants(luis, "late 900", "By how many minutes...")
		d.wants(luis, "late 20", "I tell Karen: about 20 minutes late, by 1:20 pm at the latest.")
		if got := d.job(j.ID); !got.WindowEnd.Equal(j.WindowEnd.Add(20*time.Minute)) || !got.Slot.Start.Equal(j.Slot.Start) {
			d.t.Errorf("the window is %s to %s", got.Slot.Start, got.WindowEnd)
		}
		d.wants(owner, "late 45 min karen", "I tell Karen: about 45 minutes late, by 2:05 pm at the latest. It runs into the next: 1-3 pm Owen Pratt...")
	})
}

func TestBlock(t *testing.T) {
	each(t, func(d *desk) {
		d.book(27, 13, "Karen Whitfield", karen, "Luis Ortega")
		d.wants(owner, "block", `Say when: "block fri 1-5pm"...`)
		d.wants(owner, "block friday afternoon luis", "Blocked: Fri Nov 27 12-5 pm for Luis.\nOne visit lies in it and stays until you move it: Fri Nov 27 1-3 pm Karen Whitfield, Leak repair, 1842 North Damen Avenue (Luis).")
		d.wants(owner, "block fri pm", "Blocked: Fri Nov 27 12-6 pm for everybody.\nOne visit...")
		d.wants(owner, "block dec 24", "Blocked: Thu Dec 24 for everybody.")
		d.wants(owner, "block tomorrow 2-4pm me", "Blocked: Tue Nov 24 2-4 pm for Mike.")
		d.wants(luis, "block tomorrow 2-4pm", "Blocked: Tue Nov 24 2-4 pm for Luis.")
		d.wants(owner, "block february 30", "There is no ...")
		blocks, err := d.db.Blocks(d.t.Context(), d.b.ID, time.Time{}, time.Time{})
		if err != nil || len(blocks) != 5 {
			d.t.Fatalf("blocks: %+v, %v", blocks, err)
		}
		offers, err := scheduling.New(d.clock, nil).Offers(d.t.Context(), d.db, d.b, scheduling.Query{Service: "Leak repair", Limit: 1, Wanted: []scheduling.Interval{{
			From: time.Date(2026, 12, 24, 8, 0, 0, 0, d.b.Location()), To: time.Date(2026, 12, 24, 17, 0, 0, 0, d.b.Location()),
		}}})
		if err == nil && offers.Refusal == nil {
			d.t.Errorf("on the blocked day is offered %+v", offers.Slots)
		}
	})
}

// bridge notes who is connected with whom.
type bridge struct{ calls []string }

func (c *bridge) Bridge(_ context.Context, _ ownerdesk.Tx, _ *business.Business, from business.Staff, customer, _ string) error {
	c.calls = append(c.calls, from.Phone+" "+customer)
	return nil
}

func TestCall(t *testing.T) {
	each(t, func(d *desk) {
		d.wants(owner, "call", "Whom? ...")
		d.book(23, 11, "Karen Whitfield", karen, "Luis Ortega")
		d.wants(owner, "call karen", "Karen Whitfield: (312) 555-0142")
		d.wants(owner, "call Max", "I know nobody called Max...")
		c := &bridge{}
		d.Bridge = c
		d.wants(luis, "call", "Calling you, then Karen Whitfield.")
		d.wants(owner, "call 312 555 0143", "Calling you, then (312) 555-0143.")
		d.tells(owen)
		d.wants(owner, "call", "Calling you, then (312) 555-0143.") // who was told of last
		want := []string{luis + " " + karen, owner + " " + owen, owner + " " + owen}
		if !slices.Equal(c.calls, want) {
			d.t.Errorf("calls: %q", c.calls)
		}
	})
}

func TestHelp(t *testing.T) {
	each(t, func(d *desk) {
		d.wants(owner, "tody", "Sorry, I don't know that one.\ntoday / tomorrow: the visits...")
		d.wants(owner, "commands", "today / tomorrow: the visits...")
		d.wants(owner, "my own sink is leaking, can you come tomorrow", "-")
		d.wants(owner, "today my own sink began to leak and I would like somebody to come", "-")
		if got := d.says(luis, "blah"); strings.Contains(got, "to 12") || !strings.HasPrefix(got, "Sorry, I don't know") {
			d.t.Errorf("a technician is told %q", got)
		}
		d.wants(luis, "to 10: hello", "Sorry, I don't know that one...") // threads are the owner's
		if d.b.StaffByPhone(karen) != nil || d.b.StaffByPhone("") != nil {
			d.t.Error("a customer counts as one of the shop")
		}
	})
}
