package recording

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/telephony"
)

type stopWorker struct {
	worker[Stop]
	*Desk
}

// Work stops, and where that is wanted deletes, whatever the carrier has of the call.
func (w *stopWorker) Work(ctx context.Context, job *river.Job[Stop]) error {
	return w.stop(ctx, job.Args)
}

func (d *Desk) stop(ctx context.Context, a Stop) error {
	call, line, _, err := d.look(ctx, a.BusinessID, a.CallID)
	if err != nil {
		return fmt.Errorf("recording: look at call %s: %w", a.CallID, err)
	}
	if line == nil {
		return nil
	}
	found, err := d.Carrier.Find(ctx, *line, call.CarrierID)
	if err != nil && !errors.Is(err, ErrNever) {
		return fmt.Errorf("recording: look for the recording of call %s: %w", call.ID, err)
	}
	for _, f := range found {
		if f.Live {
			if err := d.Carrier.Stop(ctx, *line, call.CarrierID, f.ID); err != nil && !errors.Is(err, ErrNever) {
				return fmt.Errorf("recording: stop recording %s: %w", f.ID, err)
			}
		}
		if a.Erase {
			if err := d.erase(ctx, *line, a.BusinessID, f.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// erase deletes a recording at the carrier, and notes it.
func (d *Desk) erase(ctx context.Context, l business.Line, businessID, id string) error {
	if err := d.Carrier.Erase(ctx, l, id); err != nil { // what it will not do now, it does when the call is over
		return fmt.Errorf("recording: delete recording %s: %w", id, err)
	}
	err := d.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return tx.Erased(ctx, businessID, id, d.Clock.Now()) })
	if err != nil {
		return fmt.Errorf("recording: note that recording %s is deleted: %w", id, err)
	}
	return nil
}

type eraseWorker struct {
	worker[Erase]
	*Desk
}

// Work deletes the recording.
func (w *eraseWorker) Work(ctx context.Context, job *river.Job[Erase]) error {
	a := job.Args
	_, line, _, err := w.look(ctx, a.BusinessID, a.CallID)
	if err != nil {
		return fmt.Errorf("recording: look at call %s: %w", a.CallID, err)
	}
	if line == nil {
		return nil
	}
	return w.erase(ctx, *line, a.BusinessID, a.RecordingID)
}

// mostAtOnce bounds how many recordings of a business are deleted after one look.
const mostAtOnce = 500

type sweepWorker struct {
	worker[Sweep]
	*Desk
}

// Work enqueues the deletions that are due, business by business, each in a transaction of its own.
func (w *sweepWorker) Work(ctx context.Context, _ *river.Job[Sweep]) error {
	var all []*business.Business
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		all, err = tx.Businesses(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("recording: list businesses: %w", err)
	}
	var failed error
	for _, b := range all {
		for kind, keep := range map[telephony.RecordingKind]time.Duration{
			telephony.OfCall: b.Recording.KeepCalls(), telephony.Voicemail: b.Recording.KeepVoicemails(),
		} {
			if keep == 0 {
				continue
			}
			err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
				old, err := tx.RecordingsBefore(ctx, b.ID, kind, w.Clock.Now().Add(-keep), mostAtOnce)
				for _, r := range old {
					if err == nil {
						err = tx.Enqueue(ctx, Erase{BusinessID: b.ID, CallID: r.CallID, RecordingID: r.ID}, nil)
					}
				}
				return err
			})
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("recording: what business %s has kept for long enough: %w", b.ID, err))
			}
		}
	}
	return failed
}
