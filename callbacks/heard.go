package callbacks

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
)

// Heard takes down what somebody wrote who is owed a call: it moves them up or down the queue, and what they want is known
// better. It is called once their text is in its thread; the transaction has taken LockThread for the number.
func Heard(ctx context.Context, tx Tx, b *business.Business, phone, said string, now time.Time) error {
	c, err := tx.CallbackOwed(ctx, b.ID, phone)
	if err != nil {
		return fmt.Errorf("callbacks: what %s is owed: %w", phone, err)
	}
	if c == nil {
		return nil
	}
	c.Said, c.SaidAt, c.TookLeave = clip(said, maxNote), now, false
	conv, err := tx.OpenThread(ctx, b.ID, phone)
	if err != nil {
		return fmt.Errorf("callbacks: the thread with %s: %w", phone, err)
	}
	if conv == nil { // what they wrote wanted no answer
		return tx.UpdateCallback(ctx, c)
	}
	w, err := conv.Wanted()
	if err != nil {
		return err
	}
	before := c.Urgency
	c.learn(w.Service, w.Urgency)
	c.Name, c.Reason, c.TookLeave = firstOf(c.Name, w.Name), firstOf(conv.Summary, c.Reason), w.TookLeave
	if c.Urgency != before {
		if due := Due(b, c.Urgency, now); due.Before(c.DueAt) {
			c.due(due)
		}
	}
	// An answer by text settles a call that was missed before it, as one by phone does.
	if o := Served(conv.Outcome); (o == Booked || o == Answered) && !w.UnderWay && !w.ServedAt.IsZero() && !w.ServedAt.Before(c.MissedAt) {
		return closing(ctx, tx, c, o, "", now)
	}
	return save(ctx, tx, c)
}
