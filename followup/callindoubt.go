package followup

import (
	"context"
	"errors"
	"slices"
	"time"

	"fixly/messaging"
	"fixly/telephony"
)

// namedWithin is how long after a call has stopped ringing its carrier has named it, by one of the three reports that each
// call gives rise to.
const namedWithin = 10 * time.Second

// unclaimed is which of the carrier's calls are no call of ours as far as is known, the oldest first. carrierIDs begins with
// the newest.
func unclaimed(ctx context.Context, tx Tx, carrierIDs []string) (free []string, err error) {
	for _, id := range slices.Backward(carrierIDs) {
		c, err := tx.OutgoingByCarrierID(ctx, id)
		if err != nil {
			return nil, err
		}
		if c == nil {
			free = append(free, id)
		}
	}
	return free, nil
}

// theOne is which of the carrier's unclaimed calls, the oldest first, a call in doubt is; empty when it is none of them.
//
// One person may be rung about two things, and a carrier doesn't say which of its calls is about which. So where another
// call in doubt rings the same phone from the same line, it is left (the error is a *telephony.PlaceError) until the
// carrier's reports, which name both, must have come. Where none came, the calls are told apart by their age; each of the
// carrier's is taken once, and no more are placed than were wanted.
func theOne(ctx context.Context, tx Tx, c *telephony.Outgoing, free []string, now time.Time) (carrierID string, err error) {
	if len(free) == 0 {
		return "", nil
	}
	doubts, err := tx.OutgoingInDoubt(ctx, c.Line, c.To)
	if err != nil {
		return "", err
	}
	if len(doubts) > 1 && now.Before(c.CreatedAt.Add(c.RingFor+namedWithin)) {
		return "", &telephony.PlaceError{
			Class: string(messaging.Other), Retry: true, Unknown: true, Err: errors.New("another call to the same phone is in doubt, too"),
		}
	}
	nth := slices.IndexFunc(doubts, func(d telephony.Outgoing) bool { return d.ID == c.ID })
	if nth < 0 || nth >= len(free) {
		return "", nil
	}
	return free[nth], nil
}
