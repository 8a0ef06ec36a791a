package callbacks

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/messaging"
	"fixly/scheduling"
)

// Debt is one reason to call somebody back.
type Debt struct {
	BusinessID string
	Phone      string // E.164: where they are to be called
	From       string // E.164: where they rang from, if that is another number; what was owed there is owed here now
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
// with one more call of theirs. It says what is owed, and whether that is new; nil where the shop's people, its own lines,
// who is blocked or wants no calls, or nobody would be called.
//
// The transaction must have taken LockThread for the numbers, or take no other lock before this call.
func Owe(ctx context.Context, tx Tx, b *business.Business, d Debt) (c *Callback, created bool, err error) {
	d.BusinessID = b.ID
	if err := messaging.LockThreads(ctx, tx, b.ID, d.Phone, d.From); err != nil {
		return nil, false, fmt.Errorf("callbacks: owe %s a call: %w", d.Phone, err)
	}
	known, err := tx.CauseKnown(ctx, d)
	if err != nil {
		return nil, false, fmt.Errorf("callbacks: whether it is known what %s is owed for: %w", d.Source, err)
	}
	may, err := mayOwe(ctx, tx, b, d)
	if err != nil {
		return nil, false, err
	}
	if !may {
		if known {
			return nil, false, nil
		}
		return nil, false, tx.AddCause(ctx, d, nothingOwed)
	}
	if c, err = tx.CallbackOwed(ctx, b.ID, d.Phone); err != nil {
		return nil, false, fmt.Errorf("callbacks: what %s is owed: %w", d.Phone, err)
	}
	if known {
		return c, false, nil
	}
	if err := d.moves(ctx, tx); err != nil {
		return nil, false, err
	}
	landline, err := tx.IsLandline(ctx, b.ID, d.Phone)
	if err != nil {
		return nil, false, fmt.Errorf("callbacks: whether %s is a landline: %w", d.Phone, err)
	}
	if created = c == nil; created {
		c = &Callback{
			BusinessID: b.ID, Phone: d.Phone, Name: d.Name, Line: d.Line, Cause: d.Kind, CallID: d.CallID, Reason: d.Reason,
			Service: d.Service, Urgency: d.Urgency, Calls: 1, Landline: landline, FirstAt: d.At, MissedAt: d.At, Status: Open,
			Owner: ownerOf(b, d.Urgency, d.At), FirstDueAt: Due(b, d.Urgency, d.At), DueAt: Due(b, d.Urgency, d.At), RangFrom: d.From,
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

// mayOwe says whether a debt is to anybody who may be called.
func mayOwe(ctx context.Context, tx Tx, b *business.Business, d Debt) (bool, error) {
	if d.Phone == "" || b.IsOurs(d.Phone) || b.IsBlocked(d.Phone) {
		return false, nil
	}
	s, err := tx.Standing(ctx, b.ID, d.Phone, consent.Call)
	if err != nil {
		return false, fmt.Errorf("callbacks: whether %s may be called: %w", d.Phone, err)
	}
	return s.MayCall(), nil
}

// moves settles what was owed at the number that somebody rang from who is to be called at another: it is owed there.
func (d *Debt) moves(ctx context.Context, tx Tx) error {
	if d.From == "" || d.From == d.Phone {
		d.From = ""
		return nil
	}
	own, err := tx.CallbackOwed(ctx, d.BusinessID, d.From)
	if err != nil {
		return fmt.Errorf("callbacks: what %s is owed: %w", d.From, err)
	}
	if own == nil || own.MissedAt.After(d.At) {
		return nil
	}
	d.Service, d.Reason, d.Name = firstOf(d.Service, own.Service), firstOf(d.Reason, own.Reason), firstOf(d.Name, own.Name)
	return closing(ctx, tx, own, Answered, "", d.At)
}
