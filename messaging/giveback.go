package messaging

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
)

// GiveBack gives a thread back to the receptionist that people have held since an instant and let lie for too long. What the
// customer wrote last, and nobody answered, is answered then; in quiet hours that waits. wait is when to come back, zero for
// never.
func (i *Inbox) GiveBack(ctx context.Context, businessID, number string, since time.Time) (wait time.Duration, err error) {
	for n := range conversingTries {
		err = i.fresh(ctx, func(ctx context.Context) error {
			return i.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
				wait, err = i.giveBack(ctx, tx, businessID, number, since, n)
				return err
			})
		})
		if err == nil || ctx.Err() != nil {
			break
		}
	}
	return wait, err
}

func (i *Inbox) giveBack(ctx context.Context, tx Tx, businessID, number string, since time.Time, lost int) (wait time.Duration, err error) {
	b, err := tx.Business(ctx, businessID)
	if err != nil {
		return 0, fmt.Errorf("messaging: read business %s: %w", businessID, err)
	}
	if err := tx.LockThread(ctx, b.ID, number); err != nil {
		return 0, fmt.Errorf("messaging: lock the thread with %s: %w", number, err)
	}
	t, err := tx.Takeover(ctx, b.ID, number)
	if err != nil {
		return 0, fmt.Errorf("messaging: who holds the thread with %s: %w", number, err)
	}
	now := i.Clock.Now()
	switch {
	case t == nil || t.Since.UnixMilli() != since.UnixMilli():
		return 0, nil
	case t.Holds(b, now):
		return t.Until(b).Sub(now), nil
	case b.QuietHours(now):
		return max(b.NextAllowed(now).Sub(now), time.Second), nil
	}
	if _, err := tx.EndTakeover(ctx, b.ID, number); err != nil {
		return 0, fmt.Errorf("messaging: give the thread with %s back: %w", number, err)
	}
	last, err := i.unanswered(ctx, tx, b, number)
	if err != nil || last == nil {
		return 0, err
	}
	return 0, i.converse(lost)(ctx, tx, b, *last)
}

// unanswered is the last text of a thread when it is the customer's, and has words; nil otherwise.
func (i *Inbox) unanswered(ctx context.Context, tx Tx, b *business.Business, number string) (*Message, error) {
	texts, err := tx.ListMessages(ctx, b.ID, MessageFilter{Phone: number, Limit: 1})
	if err != nil {
		return nil, fmt.Errorf("messaging: the last text with %s: %w", number, err)
	}
	if len(texts) == 0 || texts[0].Direction != Inbound || texts[0].Reason != string(PeopleHold) || texts[0].Body == "" {
		return nil, nil
	}
	return &texts[0], nil
}
