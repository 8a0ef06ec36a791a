package store

import (
	"context"
	"time"

	"fixly/ledger"
)

// Counts are the figures on an owner's first page, of one stretch of time.
type Counts struct {
	Calls         int                    // that came in
	Outcomes      map[ledger.Outcome]int // of those, by outcome; empty while they go on
	JobsBooked    int                    // that were made and not cancelled since, whatever day they are for
	LiveCalls     int                    // now
	OpenCallbacks int                    // now
}

// Counts counts what came in between from and to (half-open; zero: open on that side).
func (v *View) Counts(ctx context.Context, businessID string, from, to time.Time) (Counts, error) {
	c := Counts{Outcomes: map[ledger.Outcome]int{}}
	start, end := fromBound(from), toBound(to)
	outcomes, err := v.q.CallsByOutcome(ctx, businessID, start, end)
	if err != nil {
		return c, wrap("count calls", err)
	}
	for _, o := range outcomes {
		c.Calls += int(o.Calls)
		c.Outcomes[ledger.Outcome(o.Outcome)] = int(o.Calls)
	}
	booked, err := v.q.CountJobsCreated(ctx, businessID, start, end)
	if err != nil {
		return c, wrap("count jobs", err)
	}
	live, err := v.q.CountLiveCalls(ctx, businessID)
	if err != nil {
		return c, wrap("count live calls", err)
	}
	open, err := v.q.CountOpenCallbacks(ctx, businessID)
	c.JobsBooked, c.LiveCalls, c.OpenCallbacks = int(booked), int(live), int(open)
	return c, wrap("count callbacks", err)
}
