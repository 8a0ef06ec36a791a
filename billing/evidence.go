package billing

import (
	"context"
	"fmt"
	"time"

	"fixly/ledger"
)

// evidence finds what shows that a booking came about: the ring, the words that were answered by it and the reason of that
// answer, the entries in calendars, and the confirmation.
func evidence(ctx context.Context, tx Tx, b *ledger.Booking, o origin) (e ledger.Evidence, err error) {
	if o.call != nil {
		e.Ring = o.call.StartedAt
	}
	if o.conv != nil {
		e.ConversationID = o.conv.ID
		turns, err := tx.Turns(ctx, o.conv.ID)
		if err != nil {
			return e, err
		}
		// A turn has one instant and books within it, so the answer that booked is the last one that is no later.
		for i, t := range turns {
			if t.At.After(b.MadeAt.Add(time.Millisecond)) {
				break
			}
			if t.Who != "receptionist" {
				continue
			}
			e.Answer, e.Decision, e.Words = t.Seq, t.Reason, 0
			if i > 0 && turns[i-1].Who == "caller" {
				e.Words = turns[i-1].Seq
			}
		}
	}
	written, err := tx.WrittenOf(ctx, b.BusinessID, b.JobID)
	if err != nil {
		return e, err
	}
	for _, w := range written {
		if w.EventID != "" {
			e.Events = append(e.Events, w.EventID)
		}
	}
	// Package followup writes one confirmation for each revision of a job; the first revision is the booking.
	m, err := tx.MessageByKey(ctx, b.BusinessID, fmt.Sprintf("confirmation:%s:%d", b.JobID, b.MadeAt.UnixMilli()))
	if err == nil && m != nil {
		e.Confirmation = m.ID
	}
	return e, err
}
