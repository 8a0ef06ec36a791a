package followup

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/telephony"
)

// lookAtCall ends a call of ours that has ended at its carrier without our hearing of it, because this server was down
// when it did. One that goes on is looked at again later.
type lookAtCall struct {
	worker[LookAtCall]
	Deps
}

const (
	// lookEvery is the pause between two looks at a call that goes on.
	lookEvery = 2 * time.Minute
	// lookFor is how long a call is looked at; no carrier keeps one up for longer.
	lookFor = longestCall
)

// Work asks the carrier, between two transactions.
func (w *lookAtCall) Work(ctx context.Context, job *river.Job[LookAtCall]) error {
	c, b, err := w.outgoing(ctx, job.Args.BusinessID, job.Args.CallID)
	if err != nil {
		return fmt.Errorf("followup: look at call %s: %w", job.Args.CallID, err)
	}
	if c.Ended() || c.CarrierID == "" {
		return nil
	}
	state := telephony.CallFailed
	if w.Clock.Now().Sub(c.PlacedAt) < lookFor {
		if state, err = w.look(ctx, b, c); err != nil {
			// A carrier that is away tells later; tries that failed are counted, and given up, but snoozes are not.
			w.Log.WarnContext(ctx, "a call can't be looked at", "call", c.ID, "error", err)
			return river.JobSnooze(lookEvery)
		}
	}
	switch state {
	case telephony.CallQueued, telephony.CallPlacing, telephony.CallPlaced, telephony.CallAnswered:
		return river.JobSnooze(lookEvery)
	}
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		now, err := tx.Outgoing(ctx, c.BusinessID, c.ID)
		if err != nil || now.CarrierID != c.CarrierID {
			return err // another call's was looked at; this one is looked at once it has its own
		}
		return w.Calls.End(ctx, tx, now, state)
	})
	if err != nil {
		return fmt.Errorf("followup: note the end of call %s: %w", c.ID, err)
	}
	return nil
}

func (w *lookAtCall) look(ctx context.Context, b *business.Business, c *telephony.Outgoing) (telephony.State, error) {
	p, err := w.placer(b, c.Line)
	if err != nil {
		// The line is gone, and whoever could have been asked with it.
		return telephony.CallFailed, nil
	}
	ctx, cancel := context.WithTimeout(ctx, carrierTimeout)
	defer cancel()
	return p.Look(ctx, c.CarrierID)
}

// outgoing reads a call of ours and its business.
func (d Deps) outgoing(ctx context.Context, businessID, id string) (c *telephony.Outgoing, b *business.Business, err error) {
	err = d.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		if c, err = tx.Outgoing(ctx, businessID, id); err != nil {
			return err
		}
		b, err = tx.Business(ctx, businessID)
		return err
	})
	return c, b, err
}
