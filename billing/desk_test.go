package billing_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/billing"
	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/demo"
	"fixly/ledger"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
)

const (
	line     = "+13125550100"
	owner    = "+13125550101"
	dana     = "+13125550102"
	customer = "+13125550142"
)

// start is a Monday morning in Chicago, at an instant finer than databases keep.
var start = time.Date(2026, 11, 23, 16, 5, 0, 123_456_789, time.UTC)

// desk is the ledger over a real database, with a clock that the test moves and jobs that it runs.
type desk struct {
	t     *testing.T
	db    *store.DB
	clock *clock.Manual
	shop  *business.Business
	deps  billing.Deps
	days  int // each job is booked for a day of its own
}

// each runs a test on each database, with a shop that has two free jobs a month and pays $9 for each one more.
func each(t *testing.T, test func(d *desk)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, address string) {
		now := clock.NewManual(start)
		d := &desk{t: t, db: storetest.Open(t, address, now), clock: now, shop: demo.Business()}
		d.shop.Billing = business.Billing{Currency: "USD", FreeJobsPerMonth: 2, PerBookedJob: 9}
		d.save()
		d.deps = billing.Deps{Storage: d.db.Billing(), Clock: now, Log: slog.New(slog.DiscardHandler)}
		test(d)
	})
}

func (d *desk) save() {
	d.t.Helper()
	if err := d.db.SaveBusiness(d.t.Context(), d.shop); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) tx(f func(ctx context.Context, tx *store.Tx) error) {
	d.t.Helper()
	if err := d.db.InTx(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}

// call stores a call with a conversation in which the customer says yes to a time, now.
func (d *desk) call(from string, change func(*telephony.Call)) telephony.Call {
	d.t.Helper()
	now := d.clock.Now()
	c := telephony.Call{
		BusinessID: d.shop.ID, CarrierID: "CA" + from + now.String(), Line: line, From: from, Direction: "inbound", Mode: "relay", StartedAt: now.Add(-time.Minute),
		AnsweredAt: now.Add(-time.Minute), HandledBy: ledger.ByReceptionist, Outcome: ledger.Booked,
	}
	if change != nil {
		change(&c)
	}
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.InsertCall(ctx, &c); err != nil {
			return err
		}
		conv := &receptionist.Conversation{BusinessID: d.shop.ID, Channel: receptionist.ByCall, CallID: c.ID, Caller: receptionist.Caller{Number: from}, StartedAt: now, UpdatedAt: now}
		if err := tx.InsertConversation(ctx, conv); err != nil {
			return err
		}
		return d.say(ctx, tx, conv.ID)
	})
	return c
}

// say has the receptionist offer a time and the customer take it.
func (d *desk) say(ctx context.Context, tx *store.Tx, conversationID string) error {
	now := d.clock.Now()
	for _, turn := range []receptionist.Turn{
		{At: now.Add(-time.Second), Who: "receptionist", Text: "Tuesday at eight?", Reason: "offered_soonest"},
		{At: now, Who: "caller", Text: "Tuesday at eight works"},
		{At: now, Who: "receptionist", Text: "You're booked.", Reason: "booked"},
		{At: now.Add(5 * time.Second), Who: "caller", Text: "thanks"},
		{At: now.Add(5 * time.Second), Who: "receptionist", Text: "Goodbye.", Reason: "goodbye"},
	} {
		turn.ConversationID = conversationID
		if err := tx.AppendTurn(ctx, &turn); err != nil {
			return err
		}
	}
	return nil
}

// book books a job as scheduling does, for the next free day, and has it noted.
func (d *desk) book(source scheduling.Source, change func(*scheduling.Job)) *scheduling.Job {
	d.t.Helper()
	d.days++
	at := time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC).AddDate(0, 0, d.days)
	now := d.clock.Now()
	j := &scheduling.Job{
		BusinessID: d.shop.ID, Status: scheduling.StatusBooked, Service: "Leak repair", Urgency: scheduling.Routine,
		Slot: scheduling.Slot{Technician: "Luis Ortega", Start: at, End: at.Add(90 * time.Minute)}, BusyUntil: at.Add(2 * time.Hour), WindowEnd: at.Add(2 * time.Hour),
		Customer: contact.Customer{Name: "Karen Whitfield", Phone: customer}, Source: source, CreatedAt: now, UpdatedAt: now,
		Address: contact.Address{Line1: "1842 North Damen Avenue", City: "Chicago", State: "IL", ZIP: "60647"},
	}
	if change != nil {
		change(j)
	}
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertJob(ctx, j); err != nil {
			return err
		}
		return tx.JobChanged(ctx, j, "booked", source == scheduling.FromCall)
	})
	return j
}

// anywhere gives a job an address of its own, so that it is no duplicate.
func (d *desk) anywhere(j *scheduling.Job) {
	j.Address.Line1 = time.Duration(d.days).String() + " North Damen Avenue"
}

// update changes a job, as scheduling does.
func (d *desk) update(j *scheduling.Job, said string, change func(j *scheduling.Job)) {
	d.t.Helper()
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		stored, err := tx.Job(ctx, j.BusinessID, j.ID)
		if err != nil {
			return err
		}
		*j = *stored
		change(j)
		j.UpdatedAt = d.clock.Now()
		if err := tx.UpdateJob(ctx, j); err != nil {
			return err
		}
		return tx.JobChanged(ctx, j, said, false)
	})
}

func (d *desk) cancel(j *scheduling.Job) {
	d.t.Helper()
	d.update(j, "cancelled", func(j *scheduling.Job) { j.Status = scheduling.StatusCancelled })
}

// settle runs SettleBooking twice, as a queue may, and gives how long it wants to be left alone.
func (d *desk) settle(j *scheduling.Job) (wait time.Duration) {
	d.t.Helper()
	for range 2 {
		err := billing.WorkerSettle(d.deps).Work(d.t.Context(), &river.Job[billing.SettleBooking]{
			JobRow: &rivertype.JobRow{}, Args: billing.SettleBooking{BusinessID: d.shop.ID, JobID: j.ID},
		})
		var snooze *rivertype.JobSnoozeError
		if errors.As(err, &snooze) {
			wait = snooze.Duration
		} else if err != nil {
			d.t.Fatal(err)
		}
	}
	return wait
}

// entry is a job in the ledger.
func (d *desk) entry(j *scheduling.Job) *ledger.Booking {
	d.t.Helper()
	b, err := d.db.Booking(d.t.Context(), d.shop.ID, j.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return b
}

// wants says how a job stands in the ledger.
func (d *desk) wants(j *scheduling.Job, state ledger.State, why ledger.Reason, charge ledger.Cents) {
	d.t.Helper()
	if b := d.entry(j); b.State != state || b.Reason != why || b.Charge != charge {
		d.t.Errorf("%s %s (%s), want %s %s (%s)", b.State, b.Reason, b.Charge, state, why, charge)
	}
}

func (d *desk) credit(j *scheduling.Job, why ledger.CreditReason) (c *ledger.Credit, err error) {
	d.t.Helper()
	err = d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		c, err = billing.Credit(ctx, tx, d.clock.Now(), d.shop.ID, j.ID, why, "we fixed that last week")
		return err
	})
	return c, err
}
