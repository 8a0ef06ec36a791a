package billing

import (
	"context"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"fixly/ledger"
)

// maxNote bounds the owner's words to a credit, in characters.
const maxNote = 500

// Credit gives back what a counted booking cost, on the owner's word alone, up to ledger.CreditWithin after it was counted.
// A booking that was credited before is left as it is and its credit given. The error is ErrNoBooking or ErrNotCreditable.
func Credit(ctx context.Context, tx CreditTx, now time.Time, businessID, jobID string, why ledger.CreditReason, note string) (*ledger.Credit, error) {
	if !slices.Contains(ledger.CreditReasons(), why) {
		return nil, fmt.Errorf("%w: %q is no reason", ErrNotCreditable, why)
	}
	if utf8.RuneCountInString(note) > maxNote {
		note = string([]rune(note)[:maxNote])
	}
	if err := tx.LockLedger(ctx, businessID); err != nil {
		return nil, err
	}
	b, err := tx.Booking(ctx, businessID, jobID)
	if err != nil {
		return nil, err
	}
	if before, err := tx.CreditOf(ctx, businessID, jobID); err != nil || before != nil {
		return before, err
	}
	if !Creditable(b, now) {
		return nil, ErrNotCreditable
	}
	shop, err := tx.Business(ctx, businessID)
	if err != nil {
		return nil, err
	}
	from, to := ledger.MonthOf(b.SettledAt, shop.Location()).Bounds(shop.Location())
	sofar, err := tx.SoFar(ctx, businessID, from, to)
	if err != nil {
		return nil, err
	}
	c := &ledger.Credit{
		JobID: jobID, BusinessID: businessID, At: now, Reason: why, Note: note, Amount: sofar.Credit(b.Price), Currency: b.Currency,
	}
	if err := tx.InsertCredit(ctx, c); err != nil {
		return nil, err
	}
	return c, takeBack(ctx, tx, b, c)
}

// Creditable says whether a booking can be credited at an instant.
func Creditable(b *ledger.Booking, now time.Time) bool {
	return b.State == ledger.Counted && now.Before(b.SettledAt.Add(ledger.CreditWithin))
}
