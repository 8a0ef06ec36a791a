package billing

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fixly/business"
	"fixly/ledger"
)

// Reader is what statements are read from.
type Reader interface {
	// BookingsSettled lists the bookings that were decided between two instants, oldest first.
	BookingsSettled(ctx context.Context, businessID string, from, to time.Time) ([]ledger.Booking, error)
	// BookingsPending lists the bookings that are not decided yet, oldest first.
	BookingsPending(ctx context.Context, businessID string) ([]ledger.Booking, error)
	// CreditsGiven lists what was credited between two instants, oldest first.
	CreditsGiven(ctx context.Context, businessID string, from, to time.Time) ([]ledger.Credit, error)
}

// Statement reads a month of a business, by its zone.
func Statement(ctx context.Context, r Reader, b *business.Business, m ledger.Month) (*ledger.Statement, error) {
	from, to := m.Bounds(b.Location())
	return Between(ctx, r, b.ID, from, to)
}

// Between reads what was settled and credited between two instants, and what is pending now of what was booked before the
// second.
func Between(ctx context.Context, r Reader, businessID string, from, to time.Time) (s *ledger.Statement, err error) {
	s = &ledger.Statement{}
	if s.Bookings, err = r.BookingsSettled(ctx, businessID, from, to); err == nil {
		if s.Credits, err = r.CreditsGiven(ctx, businessID, from, to); err == nil {
			s.Open, err = r.BookingsPending(ctx, businessID)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("billing: statement from %s: %w", from.Format(time.DateOnly), err)
	}
	s.Open = slices.DeleteFunc(s.Open, func(b ledger.Booking) bool { return !b.MadeAt.Before(to) })
	return s, nil
}
