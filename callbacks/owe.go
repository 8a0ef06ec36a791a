package callbacks

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/scheduling"
)

// Debt is one reason to call somebody back.
type Debt struct {
	BusinessID string
	Phone      string // E.164
	// Source is what it is owed for: the id of a call or of a conversation. One source is owed once, however often it is
	// told; a conversation that goes on and falls silent again is owed again (At).
	Source  string
	Kind    CauseKind
	At      time.Time // when they were not served
	CallID  string    // empty when it was no call
	Line    string    // E.164: where they rang or wrote
	Name    string
	Reason  string // what they wanted, a line
	Service string
	Urgency scheduling.Urgency
}

// Owe takes down that somebody is owed a call, and starts the clock. A caller who is owed one already stays one entry,
// with one more call of theirs. It says what is owed, and whether that is new; nil where the shop's people, its own lines
// or nobody would be called.
//
// The transaction must have taken LockThread for the number, or take no other lock before this call.
func Owe(ctx context.Context, tx Tx, b *business.Business, d Debt) (c *Callback, created bool, err error) {
	if d.Phone == "" || d.Phone == b.Profile.Owner.Phone || b.LineByNumber(d.Phone) != nil {
		return nil, false, nil
	}
	d.BusinessID = b.ID
	if err := tx.LockThread(ctx, b.ID, d.Phone); err != nil {
		return nil, false, fmt.Errorf("callbacks: lock the thread with %s: %w", d.Phone, err)
	}
	if c, err = tx.CallbackOwed(ctx, b.ID, d.Phone); err != nil {
		return nil, false, fmt.Errorf("callbacks: what %s is owed: %w", d.Phone, err)
	}
	known, err := tx.CauseKnown(ctx, d)
	if err != nil || known {
		return c, false, err
	}
	landline, err := tx.IsLandline(ctx, b.ID, d.Phone)
	if err != nil {
		return nil, false, fmt.Errorf("callbacks: whether %s is a landline: %w", d.Phone, err)
	}
	if created = c == nil; created {
		c = &Callback{
			BusinessID: b.ID, Phone: d.Phone, Name: d.Name, Line: d.Line, Cause: d.Kind, CallID: d.CallID, Reason: d.Reason,
			Service: d.Service, Urgency: d.Urgency, Calls: 1, Landline: landline, FirstAt: d.At, MissedAt: d.At, Status: Open,
			Owner: ownerOf(b, d.Urgency, d.At), DueAt: Due(b, d.Urgency, d.At),
		}
		err = tx.InsertCallback(ctx, c)
	} else {
		c.Landline = landline
		c.missed(b, d)
		err = tx.UpdateCallback(ctx, c)
	}
	if err != nil {
		return nil, false, fmt.Errorf("callbacks: owe %s a call: %w", d.Phone, err)
	}
	if err := tx.AddCause(ctx, d, c.ID); err != nil {
		return nil, false, fmt.Errorf("callbacks: note why %s is owed a call: %w", d.Phone, err)
	}
	return c, created, watch(ctx, tx, c)
}
