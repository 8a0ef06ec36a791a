package recording

import (
	"context"
	"errors"
	"fmt"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/consent"
	"fixly/telephony"
)

type beginWorker struct {
	worker[Begin]
	*Desk
}

// Work begins the recording once: where it was tried before, it looks whether the carrier has it already.
func (w *beginWorker) Work(ctx context.Context, job *river.Job[Begin]) error {
	a, again := job.Args, job.Attempt > 1
	call, line, agreed, err := w.look(ctx, a.BusinessID, a.CallID)
	switch {
	case err != nil:
		return fmt.Errorf("recording: look at call %s: %w", a.CallID, err)
	case line == nil:
		return nil
	case !agreed && again: // an earlier try may have reached the carrier
		return w.stop(ctx, Stop{BusinessID: a.BusinessID, CallID: a.CallID})
	case !agreed:
		return nil
	}
	id := ""
	if again {
		found, err := w.Carrier.Find(ctx, *line, call.CarrierID)
		if err != nil && !errors.Is(err, ErrNever) {
			return fmt.Errorf("recording: look for the recording of call %s: %w", call.ID, err)
		}
		if len(found) > 0 {
			id = found[0].ID
		}
	}
	if id == "" {
		if !call.EndedAt.IsZero() {
			return nil
		}
		if id, err = w.Carrier.Begin(ctx, *line, call); errors.Is(err, ErrNever) {
			w.Log.WarnContext(ctx, "a call isn't recorded", "call", call.ID, "error", err)
			return nil
		}
		if err != nil {
			return fmt.Errorf("recording: begin to record call %s: %w", call.ID, err)
		}
	}
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if _, err := tx.InsertRecording(ctx, &telephony.Recording{
			ID: id, BusinessID: a.BusinessID, CallID: call.ID, Kind: telephony.OfCall, At: w.Clock.Now(),
		}); err != nil {
			return err
		}
		r, err := tx.CallRecording(ctx, a.BusinessID, call.ID)
		if err != nil || r != nil && r.State == consent.Agreed {
			return err
		}
		// The caller has said no meanwhile, and what stops it may have looked before the carrier had it.
		return tx.Enqueue(ctx, Stop{BusinessID: a.BusinessID, CallID: call.ID, Erase: r == nil || r.State == consent.Erased}, nil)
	})
	if err != nil {
		return fmt.Errorf("recording: store the recording %s of call %s: %w", id, call.ID, err)
	}
	return nil
}

// look reads a call, its line, and whether it may be recorded as things stand. There is no line where the carrier of the
// call can't record.
func (d *Desk) look(ctx context.Context, businessID, callID string) (call *telephony.Call, line *business.Line, agreed bool, err error) {
	err = d.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		b, err := tx.Business(ctx, businessID)
		if err != nil {
			return err
		}
		if call, err = tx.Call(ctx, callID); err != nil {
			return err
		}
		r, err := tx.CallRecording(ctx, businessID, callID)
		if err != nil {
			return err
		}
		agreed = r != nil && r.State == consent.Agreed
		if line = b.LineByNumber(call.Line); line != nil && line.Carrier != business.CarrierTwilio {
			line = nil
		}
		return nil
	})
	return call, line, agreed, err
}
