package callbacks

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/ledger"
	"fixly/messaging"
)

// creditFor is how long after an attempt a booking counts as having come of it.
const creditFor = 24 * time.Hour

// Settle closes what is owed to a number, because its caller was served at an instant by whatever channel: they booked,
// were answered, or a person took their call; and so what is owed elsewhere to who rang from the number. A call that was
// missed after that instant is owed all the same.
func Settle(ctx context.Context, tx Tx, b *business.Business, phone string, o Outcome, at time.Time) error {
	if phone == "" {
		return nil
	}
	elsewhere, err := tx.CallbacksRangFrom(ctx, b.ID, phone)
	if err != nil {
		return fmt.Errorf("callbacks: what is owed to who rang from %s: %w", phone, err)
	}
	numbers := []string{phone}
	for i := range elsewhere {
		numbers = append(numbers, elsewhere[i].Phone)
	}
	if err := messaging.LockThreads(ctx, tx, b.ID, numbers...); err != nil {
		return fmt.Errorf("callbacks: settle what %s is owed: %w", phone, err)
	}
	for _, n := range numbers {
		c, err := tx.CallbackOwed(ctx, b.ID, n)
		if err != nil {
			return fmt.Errorf("callbacks: what %s is owed: %w", n, err)
		}
		if c == nil || c.MissedAt.After(at) || n != phone && c.RangFrom != phone {
			continue
		}
		if err := closing(ctx, tx, c, o, "", at); err != nil {
			return err
		}
	}
	return nil
}

// Served is how a call that ended so settles what was owed; empty where it doesn't.
func Served(o ledger.Outcome) Outcome {
	switch o {
	case ledger.Booked:
		return Booked
	case ledger.Rescheduled, ledger.Cancelled, ledger.Answered:
		return Answered
	case ledger.Transferred:
		return HandedOver
	}
	return ""
}

// closing closes a callback. A booking is credited to the last attempt that reached the caller, if it was lately.
func closing(ctx context.Context, tx Tx, c *Callback, o Outcome, by string, now time.Time) error {
	c.close(o, by, now)
	if err := tx.UpdateCallback(ctx, c); err != nil {
		return fmt.Errorf("callbacks: close %s: %w", c.ID, err)
	}
	if o != Booked {
		return nil
	}
	tried, err := tx.AttemptsOf(ctx, c.BusinessID, c.ID)
	if err != nil {
		return fmt.Errorf("callbacks: what was tried for %s: %w", c.ID, err)
	}
	for i := len(tried) - 1; i >= 0; i-- {
		a := &tried[i]
		if a.Result != Reached || now.Sub(a.StartedAt) > creditFor {
			continue
		}
		a.Booked = true
		return tx.UpdateAttempt(ctx, a)
	}
	return nil
}
