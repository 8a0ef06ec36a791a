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

// hangUpAgain is the pause until a carrier that failed to hang up is asked again.
const hangUpAgain = 10 * time.Second

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
	if err != nil {
		// The line is gone, and whoever could have been asked with it: lookAtCall ends the call here.
		w.Log.WarnContext(ctx, "nobody can hang a call up", "call", c.ID, "error", err)
		return nil
	}
	asking, cancel := context.WithTimeout(ctx, carrierTimeout)
	defer cancel()
	if err := p.HangUp(asking, c.CarrierID); err != nil {
		// Tried until the call has ended, which lookAtCall sees to: tries that failed are counted, but snoozes are not.
		w.Log.WarnContext(ctx, "a call can't be hung up", "call", c.ID, "error", err)
		return river.JobSnooze(hangUpAgain)
	}
	return nil
}
