package billing

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/ledger"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/telephony"
)

// settleBooking decides whether a booking counts, looks its evidence up, and charges for it.
type settleBooking struct {
	worker[SettleBooking]
	Deps
}

// Work decides in one transaction. A booking that it is too early for is left alone until then.
func (w *settleBooking) Work(ctx context.Context, job *river.Job[SettleBooking]) error {
	var wait time.Duration
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		wait, err = w.settle(ctx, tx, job.Args)
		return err
	})
	if err != nil {
		return fmt.Errorf("billing: settle the booking of job %s: %w", job.Args.JobID, err)
	}
	if wait > 0 {
		return river.JobSnooze(wait)
	}
	return nil
}

func (w *settleBooking) settle(ctx context.Context, tx Tx, a SettleBooking) (wait time.Duration, err error) {
	if err := tx.LockLedger(ctx, a.BusinessID); err != nil {
		return 0, err
	}
	b, err := tx.Booking(ctx, a.BusinessID, a.JobID)
	if err != nil || b.State != ledger.Pending {
		return 0, err
	}
	shop, err := tx.Business(ctx, b.BusinessID)
	if err != nil {
		return 0, err
	}
	j, err := tx.Job(ctx, b.BusinessID, b.JobID)
	if err != nil {
		return 0, err
	}
	now := w.Clock.Now()
	if until := settleAt(b, j); now.Before(until) {
		return max(until.Sub(now), time.Second), nil
	}
	s, err := source(ctx, tx, b)
	if err != nil {
		return 0, err
	}
	f, err := w.facts(ctx, tx, shop, b, j, s)
	if err != nil {
		return 0, err
	}
	b.Reason, b.SettledAt, b.State = ledger.Decide(f), now, ledger.NotCounted
	b.Price, b.Currency = ledger.Cents(shop.Billing.CentsPerJob()), shop.Billing.Currency
	if b.Evidence, err = evidence(ctx, tx, b, s); err != nil {
		return 0, err
	}
	if b.Reason.Counts() {
		b.State = ledger.Counted
		if err := w.charge(ctx, tx, shop, b); err != nil {
			return 0, err
		}
	}
	return 0, tx.SettleBooking(ctx, b)
}

// settleAt is when a booking can be decided: at the end of its grace time; where it waits for the owner's yes, when the
// visit begins, or at once when it was declined.
func settleAt(b *ledger.Booking, j *scheduling.Job) time.Time {
	switch {
	case !b.BookedAt.IsZero():
		return b.BookedAt.Add(ledger.Grace)
	case j.Status == scheduling.StatusTentative:
		return j.Slot.Start
	}
	return time.Time{}
}

// origin is where a booking came from, as far as there is a call or a conversation.
type origin struct {
	call *telephony.Call
	conv *receptionist.Conversation
}

func source(ctx context.Context, tx Tx, b *ledger.Booking) (o origin, err error) {
	if b.CallID == "" {
		o.conv, err = tx.ConversationOfJob(ctx, b.BusinessID, b.JobID)
		return o, err
	}
	if o.call, err = tx.Call(ctx, b.CallID); err != nil {
		return o, err
	}
	o.conv, err = tx.ConversationByCall(ctx, b.BusinessID, b.CallID)
	return o, err
}

// facts gathers what the definition asks for.
func (w *settleBooking) facts(ctx context.Context, tx Tx, shop *business.Business, b *ledger.Booking, j *scheduling.Job, o origin) (ledger.Facts, error) {
	numbers := []string{j.Customer.Phone}
	f := ledger.Facts{
		ByOwner: j.Source == scheduling.FromOwner, Demo: b.Demo, BookedAt: b.BookedAt, Waits: b.BookedAt.IsZero(),
	}
	if j.Status == scheduling.StatusCancelled {
		f.CancelledAt = j.UpdatedAt // nothing changes a job once it is cancelled
	}
	if o.call != nil {
		numbers = append(numbers, o.call.From)
		f.TestCall, f.Spam = o.call.Mode == browserMode, o.call.Outcome == ledger.Spam
	}
	if o.conv != nil {
		numbers = append(numbers, o.conv.Caller.Number)
	}
	for _, n := range numbers {
		f.OwnNumber = f.OwnNumber || isOwn(shop, n)
		f.Spam = f.Spam || shop.IsBlocked(n)
	}
	var err error
	f.Duplicate, err = tx.BookedAlike(ctx, b, b.MadeAt.Add(-ledger.DuplicateWithin))
	return f, err
}

// browserMode is the mode of calls from the browser phone, by which owners try their line.
const browserMode = "browser"

// isOwn says whether a number is the owner's, somebody's of the shop, or one of its lines, from which only tests call.
func isOwn(b *business.Business, number string) bool {
	if number == "" {
		return false
	}
	if number == b.Profile.Owner.Phone || b.LineByNumber(number) != nil {
		return true
	}
	for _, p := range b.Answering.Chain {
		if p.Phone == number {
			return true
		}
	}
	return false
}

// charge gives a booking that counts its price, unless it is one of the month's free ones, and has the meter told.
func (w *settleBooking) charge(ctx context.Context, tx Tx, shop *business.Business, b *ledger.Booking) error {
	from, to := ledger.MonthOf(b.SettledAt, shop.Location()).Bounds(shop.Location())
	sofar, err := tx.SoFar(ctx, b.BusinessID, from, to)
	if err != nil {
		return err
	}
	b.Charge = sofar.Charge(b.Price, shop.Billing.FreeJobsPerMonth)
	if b.Charge == 0 || w.Meter == nil || shop.Billing.StripeCustomer == "" {
		return nil
	}
	return tx.InsertUsageEvent(ctx, &UsageEvent{
		ID: usageID(b.JobID), BusinessID: b.BusinessID, JobID: b.JobID, Customer: shop.Billing.StripeCustomer, Value: 1, At: b.SettledAt,
	})
}
