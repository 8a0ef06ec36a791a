package followup

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/telephony"
)

// hangUpCall ends a call of ours that is not wanted any more.
type hangUpCall struct {
	worker[HangUpCall]
	Deps
}

// placingWait is when to come back to a call that is just being placed.
const placingWait = 2 * time.Second

// Work keeps the call from being placed, or has its carrier end it; how it ended then comes from the carrier.
func (w *hangUpCall) Work(ctx context.Context, job *river.Job[HangUpCall]) error {
	var c *telephony.Outgoing
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		if c, err = tx.Outgoing(ctx, job.Args.BusinessID, job.Args.CallID); err != nil || c.State != telephony.CallQueued {
			return err
		}
		return w.Calls.End(ctx, tx, c, telephony.CallCancelled)
	})
	switch {
	case err != nil:
		return fmt.Errorf("followup: hang up call %s: %w", job.Args.CallID, err)
	case c.Ended():
		return nil
	case c.State == telephony.CallPlacing:
		return river.JobSnooze(placingWait)
	}
	_, b, err := w.outgoing(ctx, c.BusinessID, c.ID)
	if err != nil {
		return fmt.Errorf("followup: hang up call %s: %w", c.ID, err)
	}
	p, err := w.placer(b, c.Line)
	if err == nil {
		ctx, cancel := context.WithTimeout(ctx, carrierTimeout)
		defer cancel()
		err = p.HangUp(ctx, c.CarrierID)
	}
	if err != nil {
		return fmt.Errorf("followup: hang up call %s: %w", c.ID, err)
	}
	return nil
}
