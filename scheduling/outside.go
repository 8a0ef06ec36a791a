package scheduling

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Outside looks into the calendars outside that keep technicians busy. Open times are told from a local copy of them;
// only a booking has them looked at once more, because a copy is never quite up to date.
type Outside interface {
	// Look brings the local copy for a technician up to date, within a deadline of its own. What can't be had in time leaves
	// the copy as it is: a call goes on without the calendar. Never call it in a transaction.
	Look(ctx context.Context, businessID, technician string)
}

// StaleError says that a booking would stand on a copy of an outside calendar that is not fresh. Nothing was written: let
// Outside look, in no transaction, and try again. Fresh does both.
type StaleError struct{ BusinessID, Technician string }

// Error tells it for logs.
func (e *StaleError) Error() string {
	return fmt.Sprintf("scheduling: the calendars of %q have to be looked at before a booking", e.Technician)
}

// freshFor is how long ago a calendar may have been read for a booking to stand on the copy.
const freshFor = 3 * time.Second

// looks is which technicians' calendars were looked at for the booking that a context belongs to, with or without success.
// It is the booking's own knowledge: however long it then waits for its turn to write, it doesn't look again.
type looks map[StaleError]bool

type looksKey struct{}

// Fresh runs do, a transaction that may book, with a context to run it in. Where a booking would stand on an outside
// calendar that was not looked at for a while, it looks, outside of the transaction, and runs do once more: once for each
// technician that do comes to choose.
func (s *Scheduler) Fresh(ctx context.Context, do func(ctx context.Context) error) error {
	if s.outside == nil {
		return do(ctx)
	}
	seen := looks{}
	ctx = context.WithValue(ctx, looksKey{}, seen)
	for {
		err := do(ctx)
		var stale *StaleError
		if !errors.As(err, &stale) || seen[*stale] {
			return err
		}
		s.outside.Look(ctx, stale.BusinessID, stale.Technician)
		seen[*stale] = true
	}
}

// checkFresh gives a *StaleError where the outside calendars of somebody of the crew have to be looked at before a booking.
func (s *Scheduler) checkFresh(ctx context.Context, st Store, businessID string, slot Slot) error {
	for _, technician := range slot.Crew() {
		if err := s.isFresh(ctx, st, businessID, technician); err != nil {
			return err
		}
	}
	return nil
}

func (s *Scheduler) isFresh(ctx context.Context, st Store, businessID, technician string) error {
	stale := StaleError{businessID, technician}
	if seen, _ := ctx.Value(looksKey{}).(looks); s.outside == nil || seen[stale] {
		return nil
	}
	at, connected, err := st.OldestLook(ctx, businessID, technician)
	if err != nil {
		return fmt.Errorf("when outside calendars were read: %w", err)
	}
	if !connected || s.clock.Now().Sub(at) < freshFor {
		return nil
	}
	return &stale
}
