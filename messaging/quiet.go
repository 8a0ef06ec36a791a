package messaging

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/contact"
)

// lateConfirmation is how long after it was written a text that quiet hours hold counts as nobody's answer any more.
const lateConfirmation = time.Hour

// holdUntil is when a text may leave because of quiet hours; zero for at once.
func (f *facts) holdUntil() time.Time {
	if f.Live || !held(f.Kind) {
		return time.Time{}
	}
	if at := f.nextAllowed(); at.After(f.now) {
		return at
	}
	return time.Time{}
}

// nextAllowed is the first instant from now on that is quiet nowhere where the recipient may be.
func (f *facts) nextAllowed() time.Time {
	zones := f.zones
	if len(zones) == 0 {
		zones = []*time.Location{f.shop.Location()}
	}
	return f.shop.NextAllowedIn(f.now, marketing(f.Kind), zones...)
}

// Allowed gives, for the texts of a kind to a number, the first instant from one on at which they may leave as far as quiet
// hours go: that instant itself, where it is quiet nowhere where the recipient may be.
func Allowed(ctx context.Context, tx Tx, b *business.Business, to string, kind Kind) (func(at time.Time) time.Time, error) {
	f := &facts{Message: Message{BusinessID: b.ID, To: to, Kind: kind}, shop: b}
	if !held(kind) {
		return func(at time.Time) time.Time { return at }, nil
	}
	var err error
	if f.zones, err = zonesOf(ctx, tx, f); err != nil {
		return nil, err
	}
	return func(at time.Time) time.Time {
		f.now = at
		return f.nextAllowed()
	}, nil
}

// heldOnTheWay is the same for a text about to be sent, which waited longer than it was to: the carrier was away. Whether
// its recipient is still in conversation with us is not known any more.
func (f *facts) heldOnTheWay() time.Time {
	if !marketing(f.Kind) && f.Kind != Reminder && f.now.Sub(f.CreatedAt) < lateConfirmation {
		return time.Time{}
	}
	return f.holdUntil()
}

// zonesOf are where the person at a number may be: where the latest visit to them was booked for, else where their area
// code is. None: nothing is known, and then they are taken to be where the shop is.
func zonesOf(ctx context.Context, tx Tx, f *facts) ([]*time.Location, error) {
	address, err := tx.LastAddress(ctx, f.shop.ID, f.To)
	if err != nil {
		return nil, fmt.Errorf("messaging: where %s lives: %w", f.To, err)
	}
	if zones := contact.ZonesOfAddress(address); len(zones) > 0 {
		return zones, nil
	}
	return contact.ZonesOfPhone(f.To), nil
}
