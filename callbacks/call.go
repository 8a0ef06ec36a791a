package callbacks

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/messaging"
	"fixly/telephony"
)

// Purpose is what the calls of this package are for.
const Purpose telephony.Purpose = "callback"

const (
	// ringPerson is how long the phone of who wants to call rings: they have just asked for it, and a voicemail takes over
	// later. ringCustomer is how long the customer's rings.
	ringPerson   = 25 * time.Second
	ringCustomer = 30 * time.Second
	// placeWithin is how long after it was asked for the call is still placed.
	placeWithin = 2 * time.Minute
)

// Call calls somebody back: it rings the person's phone and, when they press 1, the customer's, from the business's
// number. anyway says that quiet hours where the customer is were pointed out and don't matter; else they are a
// *QuietError.
func (d *Desk) Call(ctx context.Context, tx Tx, b *business.Business, id string, by Person, anyway bool) (*Callback, error) {
	c, err := locked(ctx, tx, b.ID, id)
	if err != nil {
		return nil, err
	}
	now := d.Clock.Now()
	if err := mayCall(ctx, tx, b, c.Phone, now, anyway); err != nil {
		return c, err
	}
	a := Attempt{CallbackID: c.ID, Number: c.Attempts + 1, Phone: c.Phone, Name: c.Name, Line: lineStill(b, c.Line), Window: WindowOf(now.Sub(c.MissedAt))}
	if err := c.begin(b, by, now); err != nil {
		return c, err
	}
	if err := d.place(ctx, tx, b, &a, by, now); err != nil {
		return c, err
	}
	return c, save(ctx, tx, c)
}

// Bridge rings a person's phone and then a customer's, from the business's number, whether the customer is owed a call or
// not. Errors are as of Call.
func (d *Desk) Bridge(ctx context.Context, tx Tx, b *business.Business, by Person, phone string, anyway bool) error {
	if err := tx.LockThread(ctx, b.ID, phone); err != nil {
		return fmt.Errorf("callbacks: lock the thread with %s: %w", phone, err)
	}
	c, err := tx.CallbackOwed(ctx, b.ID, phone)
	if err != nil {
		return fmt.Errorf("callbacks: what %s is owed: %w", phone, err)
	}
	if c != nil {
		_, err = d.Call(ctx, tx, b, c.ID, by, anyway)
		return err
	}
	now := d.Clock.Now()
	if err := mayCall(ctx, tx, b, phone, now, anyway); err != nil {
		return err
	}
	return d.place(ctx, tx, b, &Attempt{Number: 1, Phone: phone}, by, now)
}

// mayCall says whether a customer may be called now.
func mayCall(ctx context.Context, tx Tx, b *business.Business, phone string, now time.Time, anyway bool) error {
	s, err := tx.Standing(ctx, b.ID, phone, consent.Call)
	if err != nil {
		return fmt.Errorf("callbacks: whether %s may be called: %w", phone, err)
	}
	if b.IsBlocked(phone) || !s.MayCall() {
		return ErrDoNotCall
	}
	if anyway {
		return nil
	}
	allowed, err := messaging.Allowed(ctx, tx, b, phone, messaging.Reminder)
	if err != nil {
		return fmt.Errorf("callbacks: the quiet hours of %s: %w", phone, err)
	}
	if at := allowed(now); at.After(now) {
		return &QuietError{at}
	}
	return nil
}

// place stores an attempt and has the person rung.
func (d *Desk) place(ctx context.Context, tx Tx, b *business.Business, a *Attempt, by Person, now time.Time) error {
	line := firstOf(a.Line, messaging.DefaultLine(b))
	if by.Phone == "" || by.Phone == a.Phone || line == "" || b.LineByNumber(by.Phone) != nil {
		return ErrNoPhone
	}
	a.BusinessID, a.Line, a.Person, a.Means, a.StartedAt = b.ID, line, by, ByBridge, now
	if err := tx.InsertAttempt(ctx, a); err != nil {
		return fmt.Errorf("callbacks: note a call to %s: %w", a.Phone, err)
	}
	_, err := tx.InsertOutgoing(ctx, &telephony.Outgoing{
		BusinessID: b.ID, Purpose: Purpose, Subject: a.ID, Key: "callback:" + a.ID, Line: line, To: by.Phone, RingFor: ringPerson,
		CreatedAt: now, NotAfter: now.Add(placeWithin),
	})
	if err != nil {
		return fmt.Errorf("callbacks: have %s rung: %w", by.Name, err)
	}
	return nil
}
