package store

import (
	"context"
	"time"

	"fixly/ledger"
	"fixly/messaging"
	"fixly/report"
	"fixly/scheduling"
)

// ThreadOutcomes counts the conversations by text that began between two instants, by what came of them.
func (v *View) ThreadOutcomes(ctx context.Context, businessID string, from, to time.Time) (map[ledger.Outcome]int, error) {
	found, err := v.q.ThreadOutcomes(ctx, businessID, fromBound(from), toBound(to))
	if err != nil {
		return nil, wrap("outcomes of threads", err)
	}
	out := map[ledger.Outcome]int{}
	for _, r := range found {
		out[ledger.Outcome(r.Outcome)] = int(r.Threads)
	}
	return out, nil
}

// TextBacks lists the text-backs that were written between two instants, oldest first.
func (v *View) TextBacks(ctx context.Context, businessID string, from, to time.Time) ([]report.TextBack, error) {
	found, err := v.q.TextBacksBetween(ctx, businessID, fromBound(from), toBound(to))
	if err != nil {
		return nil, wrap("text-backs", err)
	}
	out := make([]report.TextBack, len(found))
	for i, r := range found {
		out[i] = report.TextBack{CallEnded: r.EndedAt.Time(), Sent: r.SentAt.Time(), Forbidden: r.Status == string(messaging.Suppressed)}
	}
	return out, nil
}

// BookingsMade lists what was booked between two instants, oldest first, with how the jobs stand now.
func (v *View) BookingsMade(ctx context.Context, businessID string, from, to time.Time) ([]report.Made, error) {
	found, err := v.q.BookingsMade(ctx, businessID, fromBound(from), toBound(to))
	if err != nil {
		return nil, wrap("bookings made", err)
	}
	out := make([]report.Made, len(found))
	for i, r := range found {
		b, err := booking(r.Booking)
		if err != nil {
			return nil, err
		}
		out[i] = report.Made{Booking: b, Status: scheduling.Status(r.JobStatus)}
	}
	return out, nil
}
