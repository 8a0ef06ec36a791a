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

// tellAgain is when to try again where nobody of the shop can be texted.
const tellAgain = time.Hour

// dueCallback tells the backup of a call that was not returned by its time, once for each time that was set. Where there
// is nobody else, the one who has it is told again; where texts to the backup are forbidden (they sent STOP), the next of the
// shop's people. A call in progress is waited for: what comes of it sets the clock anew.
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
		c, err := lockedToTell(ctx, tx, b, job.Args.CallbackID)
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
		told, err := w.tell(ctx, tx, b, c, job.Args.DueAt, now)
		if err != nil {
			return err
		}
		if !told {
			wait = tellAgain
			return nil
		}
		c.ToldAt = now
		return tx.UpdateCallback(ctx, c)
	})
	if err != nil {
		return fmt.Errorf("callbacks: look at %s, due by now: %w", job.Args.CallbackID, err)
	}
	if wait > 0 {
		return river.JobSnooze(wait)
	}
	return nil
}

// tell texts the backup, or else the first of the shop's people who can be texted; told is false where none can.
func (w *dueCallback) tell(ctx context.Context, tx Tx, b *business.Business, c *Callback, dueAt int64, now time.Time) (told bool, err error) {
	for _, to := range whoIsTold(b, c.Owner) {
		m := messaging.OwnerText(b)
		m.From, m.To = firstOf(lineStill(b, c.Line), m.From), to.Phone
		m.Body, m.CallID = overdueText(b, c, to, now), c.CallID
		m.Key = "callback_overdue:" + c.ID + ":" + strconv.FormatInt(dueAt, 10) + ":" + to.Phone
		m.Reason = string(messaging.CallbackLate)
		why, _, err := messaging.May(ctx, tx, now, b.ID, m.From, m.To, m.Kind, messaging.Known{})
		if err != nil {
			return false, err
		}
		if why != "" {
			w.Log.WarnContext(ctx, "nobody is told of a call still owed at this phone", "callback", c.ID, "person", to.Name, "reason", why)
			continue
		}
		_, _, err = messaging.Write(ctx, tx, now, m, messaging.Known{})
		return true, err
	}
	return false, nil
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

// lockedToTell is locked, and has the threads with all who may be told locked besides.
func lockedToTell(ctx context.Context, tx Tx, b *business.Business, id string) (*Callback, error) {
	c, err := tx.Callback(ctx, b.ID, id)
	if err != nil {
		return nil, err
	}
	numbers := []string{c.Phone}
	for _, p := range whoIsTold(b, c.Owner) {
		numbers = append(numbers, p.Phone)
	}
	if err := messaging.LockThreads(ctx, tx, b.ID, numbers...); err != nil {
		return nil, fmt.Errorf("callbacks: tell of %s: %w", id, err)
	}
	return tx.Callback(ctx, b.ID, id)
}

// lineStill is a line of the business, empty when it is one no more.
func lineStill(b *business.Business, number string) string {
	if b.LineByNumber(number) == nil {
		return ""
	}
	return number
}
