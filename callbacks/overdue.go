package callbacks

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/messaging"
)

// dueCallback tells the backup of a call that was not returned by its time, once for each time that was set. Where there
// is nobody else, the one who has it is told again. A call in progress is waited for: what comes of it sets the clock anew.
type dueCallback struct {
	worker[DueCallback]
	Deps
}

// Work looks, and tells, in one transaction.
func (w *dueCallback) Work(ctx context.Context, job *river.Job[DueCallback]) error {
	wait := time.Duration(0)
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		b, err := tx.Business(ctx, job.Args.BusinessID)
		if err != nil {
			return err
		}
		c, err := locked(ctx, tx, b.ID, job.Args.CallbackID)
		if errors.Is(err, ErrNoCallback) {
			return nil
		}
		if err != nil {
			return err
		}
		now := w.Clock.Now()
		if wait = time.UnixMilli(job.Args.DueAt).Sub(now); wait > 0 {
			return nil // the queue's clock, or another server's, is ahead of ours
		}
		if c.DueAt.UnixMilli() != job.Args.DueAt || !c.overdue(now) {
			return nil
		}
		c.ToldAt = now
		if err := tx.UpdateCallback(ctx, c); err != nil {
			return err
		}
		to := backupOf(b, c.Owner)
		m := messaging.OwnerText(b)
		m.From, m.To = firstOf(lineStill(b, c.Line), m.From), to.Phone
		m.Body, m.CallID = overdueText(b, c, to, now), c.CallID
		m.Key, m.Reason = "callback_overdue:"+c.ID+":"+strconv.FormatInt(job.Args.DueAt, 10), string(messaging.CallbackLate)
		_, _, err = messaging.Write(ctx, tx, now, m, messaging.Known{})
		return err
	})
	if err != nil {
		return fmt.Errorf("callbacks: look at %s, due by now: %w", job.Args.CallbackID, err)
	}
	if wait > 0 {
		return river.JobSnooze(wait)
	}
	return nil
}

// locked reads a callback and keeps others from changing it until the transaction ends.
func locked(ctx context.Context, tx Tx, businessID, id string) (*Callback, error) {
	c, err := tx.Callback(ctx, businessID, id)
	if err != nil {
		return nil, err
	}
	if err := tx.LockThread(ctx, businessID, c.Phone); err != nil {
		return nil, fmt.Errorf("callbacks: lock the thread with %s: %w", c.Phone, err)
	}
	return tx.Callback(ctx, businessID, id)
}

// lineStill is a line of the business, empty when it is one no more.
func lineStill(b *business.Business, number string) string {
	if b.LineByNumber(number) == nil {
		return ""
	}
	return number
}
