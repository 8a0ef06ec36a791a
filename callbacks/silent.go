package callbacks

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
)

// oweSilent finds threads that fell silent.
type oweSilent struct {
	worker[OweSilent]
	Deps
}

const (
	// silentFor is the least that any shop waits, so what is looked through; silentSince is how long ago a thread may have
	// fallen silent: older ones were seen, or ended.
	silentFor   = time.Minute
	silentSince = 48 * time.Hour
	silentBatch = 200
)

// Place is a place in the order of threads by when they were last touched.
type Place struct {
	At time.Time
	ID string // of the conversation; empty: before all of that instant
}

// nothingOwed stands for the callback where a thread was looked at and its writer is owed none.
const nothingOwed = ""

// Work goes through them all, a page at a time, so that a shop which waits for long, or has many, keeps nobody else's. It
// owes each in a transaction of its own, so that one that fails doesn't keep the others.
func (w *oweSilent) Work(ctx context.Context, _ *river.Job[OweSilent]) error {
	now := w.Clock.Now()
	after := Place{At: now.Add(-silentSince)}
	for {
		var found []receptionist.Conversation
		err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
			found, err = tx.SilentThreads(ctx, after, now.Add(-silentFor), silentBatch)
			return err
		})
		if err != nil {
			return fmt.Errorf("callbacks: look for threads fallen silent: %w", err)
		}
		for i := range found {
			err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return w.owe(ctx, tx, &found[i], now) })
			if err != nil {
				w.Log.ErrorContext(ctx, "the writer of a silent thread is not owed a call yet", "conversation", found[i].ID, "error", err)
			}
		}
		if len(found) < silentBatch {
			return nil
		}
		last := &found[len(found)-1]
		after = Place{last.UpdatedAt, last.ID}
	}
}

func (w *oweSilent) owe(ctx context.Context, tx Tx, seen *receptionist.Conversation, now time.Time) error {
	b, err := tx.Business(ctx, seen.BusinessID)
	if err != nil {
		return err
	}
	if now.Sub(seen.UpdatedAt) < b.Callbacks.SilentAfter() {
		return nil
	}
	wanted, err := seen.Wanted()
	if err != nil {
		return err
	}
	// Who will be told is locked besides, before the conversation is.
	tell := ownerOf(b, wanted.Urgency, seen.UpdatedAt)
	if err := messaging.LockThreads(ctx, tx, b.ID, seen.Caller.Number, tell.Phone); err != nil {
		return err
	}
	conv, err := tx.Conversation(ctx, seen.ID)
	if err != nil {
		return err
	}
	if !conv.UpdatedAt.Equal(seen.UpdatedAt) {
		return nil // it went on meanwhile
	}
	d := Debt{
		BusinessID: b.ID, Phone: conv.Caller.Number, Source: conv.ID, Kind: ThreadSilent, At: conv.UpdatedAt, Name: wanted.Name,
		Reason: conv.Summary, Service: wanted.Service, Urgency: wanted.Urgency,
	}
	served := Served(conv.Outcome) != "" && conv.Outcome != ledger.Transferred
	if !wanted.Anything() || wanted.TookLeave || served && !wanted.UnderWay {
		return tx.AddCause(ctx, d, nothingOwed)
	}
	jobs, err := tx.JobsByPhone(ctx, b.ID, conv.Caller.Number, now)
	if err != nil {
		return fmt.Errorf("visits of %s: %w", conv.Caller.Number, err)
	}
	for i := range jobs {
		if jobs[i].Live() {
			return tx.AddCause(ctx, d, nothingOwed) // a visit of theirs lies ahead
		}
	}
	c, created, err := Owe(ctx, tx, b, d)
	if err != nil || !created {
		return err
	}
	return tellOwner(ctx, tx, b, c, now)
}

// tellOwner texts who has a callback that no summary of a call tells of.
func tellOwner(ctx context.Context, tx Tx, b *business.Business, c *Callback, now time.Time) error {
	m := messaging.OwnerText(b)
	m.To = c.Owner.Phone
	m.Body, m.Reason = silentText(b, c), string(messaging.CallbackOwed)
	m.Key = "callback_owed:" + c.ID + ":" + strconv.FormatInt(c.MissedAt.UnixMilli(), 10)
	if c.Urgency != scheduling.Emergency {
		m.NotBefore = notNow(CallTime(b, now), now)
	}
	_, _, err := messaging.Write(ctx, tx, now, m, messaging.Known{})
	return err
}

// notNow is an instant that lies ahead, zero for one that doesn't.
func notNow(at, now time.Time) time.Time {
	if at.After(now) {
		return at
	}
	return time.Time{}
}
