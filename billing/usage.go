package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/ledger"
)

// UsageEvent is one thing that a meter is told: a charged booking, or that one was credited.
type UsageEvent struct {
	ID         string // the meter takes the same one once
	BusinessID string
	JobID      string
	Customer   string // the meter's id of the business
	Value      int    // 1, or -1 for a credit
	At         time.Time
	State      UsageState
	// DoubtSince is since when the meter may have it without our knowing; zero: it hasn't.
	DoubtSince time.Time
	SentAt     time.Time // zero until the meter took it
	Problem    string    // why it was not taken
	CreatedAt  time.Time
}

// UsageState is what became of an event.
type UsageState string

// The states of an event.
const (
	UsageQueued  UsageState = "queued"
	UsageSent    UsageState = "sent"
	UsageRefused UsageState = "refused"
	// UsageInDoubt: the meter may have it, and it is too late to send it again without the risk of counting it twice.
	UsageInDoubt UsageState = "in_doubt"
)

// usageID is the ID of the event of a booking, creditID of its credit.
func usageID(jobID string) string  { return "fixly-" + jobID }
func creditID(jobID string) string { return "fixly-" + jobID + "-credit" }

// Meter counts usage for invoices.
type Meter interface {
	// Record returns nil once the meter has the event, from this time or an earlier one; else a *MeterError.
	Record(ctx context.Context, e UsageEvent) error
}

// MeterError answers the next questions about an event that the meter is not known to have.
type MeterError struct {
	Retry   bool // whether trying again can help
	Unknown bool // the meter may have it all the same
	Err     error
}

func (e *MeterError) Error() string { return fmt.Sprintf("billing: not metered: %v", e.Err) }

func (e *MeterError) Unwrap() error { return e.Err }

// takeBack has the meter told of a credit, where it was told of the booking. A credit that frees another booking's charge
// (see ledger.Sofar) takes one off as well.
func takeBack(ctx context.Context, tx CreditTx, b *ledger.Booking, c *ledger.Credit) error {
	if c.Amount == 0 {
		return nil
	}
	shop, err := tx.Business(ctx, b.BusinessID)
	if err != nil {
		return err
	}
	customer := shop.Billing.StripeCustomer
	told, err := tx.UsageEvent(ctx, b.BusinessID, usageID(b.JobID))
	if err != nil {
		return err
	}
	switch {
	case told != nil:
		customer = told.Customer // who was charged, is credited
	case b.Charge > 0 || customer == "":
		return nil // nobody was told of it
	}
	return tx.InsertUsageEvent(ctx, &UsageEvent{
		ID: creditID(b.JobID), BusinessID: b.BusinessID, JobID: b.JobID, Customer: customer, Value: -1, At: c.At,
	})
}

// sendUsage tells the meter of an event, exactly once: the meter knows a repeated ID, for a day at least. Past that, what is
// in doubt is not sent again but left for a person, for a missing event is mended more easily than an invoice.
type sendUsage struct {
	worker[SendUsage]
	Deps
}

const (
	// doubtful is how long an event may be repeated safely; Stripe promises 24 hours.
	doubtful = 23 * time.Hour
	// usageGiveUp is how long an event is tried; Stripe takes none that is older than 35 days.
	usageGiveUp = 34 * 24 * time.Hour
	// The pauses between tries grow with the age of the event.
	usageLeastWait = 5 * time.Second
	usageMostWait  = time.Hour
)

// Work sends outside of transactions, having noted that it is about to.
func (w *sendUsage) Work(ctx context.Context, job *river.Job[SendUsage]) error {
	if w.Meter == nil {
		return river.JobSnooze(usageMostWait) // it was set once, and may be again
	}
	var e *UsageEvent
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		if e, err = tx.UsageEvent(ctx, job.Args.BusinessID, job.Args.EventID); err != nil || e == nil || e.State != UsageQueued {
			return err
		}
		now := w.Clock.Now()
		switch {
		case !e.DoubtSince.IsZero() && now.Sub(e.DoubtSince) >= doubtful:
			e.State, e.Problem = UsageInDoubt, "no answer for a day: look at the meter's events"
		case now.Sub(e.At) >= usageGiveUp:
			e.State, e.Problem = UsageRefused, "too old for the meter"
		case e.DoubtSince.IsZero():
			e.DoubtSince = now
		}
		return tx.UpdateUsageEvent(ctx, e)
	})
	if err != nil {
		return fmt.Errorf("billing: read event %s of the meter: %w", job.Args.EventID, err)
	}
	if e == nil || e.State == UsageSent {
		return nil
	}
	if e.State != UsageQueued {
		w.Log.ErrorContext(ctx, "usage was not metered", "event", e.ID, "business", e.BusinessID, "state", string(e.State), "problem", e.Problem)
		return nil
	}
	return w.send(ctx, e)
}

func (w *sendUsage) send(ctx context.Context, e *UsageEvent) error {
	sending := w.Meter.Record(ctx, *e)
	wait := min(max(w.Clock.Now().Sub(e.CreatedAt)/4, usageLeastWait), usageMostWait)
	var refused *MeterError
	known := errors.As(sending, &refused)
	switch {
	case sending == nil:
		e.State, e.SentAt, e.DoubtSince, e.Problem, wait = UsageSent, w.Clock.Now(), time.Time{}, "", 0
	case known && !refused.Retry:
		e.State, e.DoubtSince, e.Problem, wait = UsageRefused, time.Time{}, refused.Error(), 0
		w.Log.ErrorContext(ctx, "the meter refused usage", "event", e.ID, "business", e.BusinessID, "error", sending)
	default:
		e.Problem = sending.Error()
		if known && !refused.Unknown {
			e.DoubtSince = time.Time{}
		}
		w.Log.WarnContext(ctx, "the meter has not taken usage yet", "event", e.ID, "error", sending)
	}
	// Noted even when the job is being stopped: it is done.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), jobTimeout)
	defer cancel()
	if err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return tx.UpdateUsageEvent(ctx, e) }); err != nil {
		return fmt.Errorf("billing: note what came of event %s of the meter: %w", e.ID, err)
	}
	if wait > 0 {
		return river.JobSnooze(wait)
	}
	return nil
}
