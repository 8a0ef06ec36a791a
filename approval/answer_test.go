package approval_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fixly/approval"
	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/demo"
	"fixly/followup"
	"fixly/receptionist"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
)

// desk is the owner's desk over a real database, on a Monday morning at the demo's.
type desk struct {
	t     *testing.T
	db    *store.DB
	b     *business.Business
	clock *clock.Manual
	*approval.Desk
}

func each(t *testing.T, test func(d *desk)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, address string) {
		b := demo.Business()
		now := clock.NewManual(time.Date(2026, 11, 23, 10, 5, 0, 0, b.Location()))
		db := storetest.Open(t, address, now)
		b.Services[0].Approval = true
		if err := db.SaveBusiness(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		r := receptionist.New(receptionist.Options{Storage: db.Receptionist(), Clock: now})
		test(&desk{t, db, b, now, &approval.Desk{
			Scheduler: scheduling.New(now, nil), Clock: now,
			Understand: func(b *business.Business, text string, asked understanding.Asked, now time.Time) understanding.Understanding {
				return r.Engine(b).Understand(text, understanding.Context{Asked: asked, Now: now})
			},
		}})
	})
}

func (d *desk) tx(f func(ctx context.Context, tx *store.Tx) error) {
	d.t.Helper()
	if err := d.db.InTx(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}

// waits books a drain cleaning that waits for the owner's yes, and asks him under a number.
func (d *desk) waits(name, phone string, number int, day, hour int) *scheduling.Job {
	d.t.Helper()
	var j *scheduling.Job
	d.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		j, err = d.Scheduler.Book(ctx, tx, d.b, scheduling.BookRequest{
			Service: "Drain cleaning", Start: time.Date(2026, 11, day, hour, 0, 0, 0, d.b.Location()), Source: scheduling.FromText,
			Customer: contact.Customer{Name: name, Phone: phone}, Address: contact.Address{Line1: "1842 North Damen Avenue", ZIP: "60647"},
		})
		if err != nil {
			return err
		}
		return tx.SaveApproval(ctx, &followup.Approval{JobID: j.ID, BusinessID: d.b.ID, Number: number, Start: j.Slot.Start, AskedAt: d.clock.Now()})
	})
	if j.Status != scheduling.StatusTentative {
		d.t.Fatalf("the job is %s", j.Status)
	}
	return j
}

// says is a text from the owner; it gives the reply, "-" where it was left to the receptionist.
func (d *desk) says(body string) string {
	d.t.Helper()
	reply, ok := "", false
	d.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		reply, ok, err = d.Answer(ctx, tx, d.b, body)
		return err
	})
	if !ok {
		return "-"
	}
	return reply
}

func (d *desk) status(j *scheduling.Job) scheduling.Status {
	d.t.Helper()
	now, err := d.db.Job(d.t.Context(), d.b.ID, j.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return now.Status
}

const (
	karen = "+13125550142"
	owen  = "+13125550143"
)

func TestYesAndNo(t *testing.T) {
	each(t, func(d *desk) {
		for i, c := range []struct {
			body  string
			comes scheduling.Status
			reply string
		}{
			{"Y", scheduling.StatusBooked, "Booked: Karen Whitfield, Tue Nov 24 8-10 am"},
			{"yes", scheduling.StatusBooked, "Booked"},
			{" Ok. ", scheduling.StatusBooked, "Booked"},
			{"yes 1", scheduling.StatusBooked, "Booked"},
			{"yeah that works for me", scheduling.StatusBooked, "Booked"},
			{"N", scheduling.StatusCancelled, "Declined: Karen Whitfield, Tue Nov 24 8-10 am"},
			{"no!", scheduling.StatusCancelled, "Declined"},
			{"tuesday at 8", scheduling.StatusBooked, "Booked"}, // the time that it has
			{"thanks a lot", scheduling.StatusTentative, "Sorry, I didn't get that"},
			{"Y 3", scheduling.StatusTentative, "Sorry, I didn't get that"},
			{"who is on the truck today and where are the keys", scheduling.StatusTentative, "Sorry, I didn't get that"},
		} {
			j := d.waits("Karen Whitfield", karen, 1, 24, 8)
			if reply := d.says(c.body); !strings.HasPrefix(reply, c.reply) {
				d.t.Errorf("%q is answered %q, want %q", c.body, reply, c.reply)
			}
			if got := d.status(j); got != c.comes {
				d.t.Errorf("%d: after %q the job is %s, want %s", i, c.body, got, c.comes)
			}
			d.tx(func(ctx context.Context, tx *store.Tx) error {
				_, err := d.Scheduler.Cancel(ctx, tx, d.b, j.ID)
				if errors.Is(err, scheduling.ErrNotLive) {
					err = nil
				}
				return err
			})
		}
	})
}

func TestNothingWaits(t *testing.T) {
	each(t, func(d *desk) {
		if reply := d.says("Y"); reply != "Nothing is waiting for your answer." {
			d.t.Errorf("a yes to nothing is answered %q", reply)
		}
		if reply := d.says("my sink is dripping"); reply != "-" {
			d.t.Errorf("a text of another kind is answered %q", reply)
		}
		d.b.Services[0].Approval = false
		if reply := d.says("Y"); reply != "-" {
			d.t.Errorf("where nobody asks, a yes is answered %q", reply)
		}
	})
}

func TestSeveralWait(t *testing.T) {
	each(t, func(d *desk) {
		one, two := d.waits("Karen Whitfield", karen, 1, 24, 8), d.waits("Owen Pratt", owen, 2, 24, 13)
		if reply := d.says("Y"); !strings.HasPrefix(reply, "Which one? 1: Karen Whitfield, Tue Nov 24 8-10 am (Luis); 2: Owen Pratt, Tue Nov 24 1-3 pm (Luis). Reply Y 1") {
			d.t.Errorf("a bare yes is answered %q", reply)
		}
		if reply := d.says("2 y"); !strings.HasPrefix(reply, "Booked: Owen Pratt") {
			d.t.Errorf("2 y is answered %q", reply)
		}
		if d.status(one) != scheduling.StatusTentative || d.status(two) != scheduling.StatusBooked {
			d.t.Errorf("they are %s and %s", d.status(one), d.status(two))
		}
		if reply := d.says("N"); !strings.HasPrefix(reply, "Declined: Karen Whitfield") { // the only one left
			d.t.Errorf("a bare no is answered %q", reply)
		}
	})
}

func TestABetterTime(t *testing.T) {
	each(t, func(d *desk) {
		j := d.waits("Karen Whitfield", karen, 1, 24, 8)
		for _, c := range []struct{ body, reply string }{
			{"Wed 8", "I'll ask about Wed Nov 25 8-10 am (Luis). Until they answer it stays: Karen Whitfield, Tue Nov 24 8-10 am (Luis)."},
			{"no, wednesday at 10", "I'll ask about Wed Nov 25 10 am-12 pm (Luis)."},
			{"friday afternoon", "I'll ask about Fri Nov 27 12-2 pm (Luis)."},
			{"thursday at 9", "That time isn't open. The nearest is "}, // closed
			{"sunday", "That time isn't open. The nearest is "},
		} {
			if reply := d.says(c.body); !strings.HasPrefix(reply, c.reply) {
				d.t.Errorf("%q is answered %q, want %q", c.body, reply, c.reply)
			}
		}
		if d.status(j) != scheduling.StatusTentative {
			d.t.Errorf("the job is %s", d.status(j))
		}
		open, err := d.db.OpenApprovals(d.t.Context(), d.b.ID, d.clock.Now())
		if err != nil || len(open) != 1 || !open[0].Better.Equal(time.Date(2026, 11, 27, 12, 0, 0, 0, d.b.Location())) {
			d.t.Errorf("open: %+v, %v", open, err)
		}
		if reply := d.says("Y"); !strings.HasPrefix(reply, "Booked: Karen Whitfield, Tue Nov 24") { // he has thought better of it
			d.t.Errorf("a yes after it is answered %q", reply)
		}
	})
}

// A number before a time names the visit where several wait, and is an hour where only one does.
func TestABetterTimeForOneOfSeveral(t *testing.T) {
	each(t, func(d *desk) {
		d.waits("Karen Whitfield", karen, 8, 24, 8)
		if reply := d.says("8 on wednesday"); !strings.HasPrefix(reply, "I'll ask about Wed Nov 25 8-10 am") {
			d.t.Errorf("with one that waits: %q", reply)
		}
		d.waits("Owen Pratt", owen, 2, 24, 13)
		if reply := d.says("2 Wed 8"); !strings.Contains(reply, "it stays: Owen Pratt") {
			d.t.Errorf("with two that wait: %q", reply)
		}
		if reply := d.says("wed 8"); !strings.HasPrefix(reply, "Which one?") {
			d.t.Errorf("which one is left open: %q", reply)
		}
	})
}

// What has begun, or is another business's, waits no more.
func TestWhatIsOpen(t *testing.T) {
	each(t, func(d *desk) {
		d.waits("Karen Whitfield", karen, 1, 24, 8)
		d.waits("Owen Pratt", owen, 2, 25, 8)
		d.clock.Advance(23 * time.Hour)
		open, err := d.db.OpenApprovals(d.t.Context(), d.b.ID, d.clock.Now())
		if err != nil || !slices.EqualFunc(open, []int{2}, func(a followup.Approval, n int) bool { return a.Number == n }) {
			d.t.Errorf("open: %+v, %v", open, err)
		}
		if open, err = d.db.OpenApprovals(d.t.Context(), "another", d.clock.Now()); err != nil || len(open) > 0 {
			d.t.Errorf("open at another shop: %+v, %v", open, err)
		}
		last, err := d.db.LastApproval(d.t.Context(), d.b.ID)
		if err != nil || last == nil || last.Number != 2 {
			d.t.Errorf("last: %+v, %v", last, err)
		}
	})
}
