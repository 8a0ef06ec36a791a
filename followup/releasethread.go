package followup

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
)

// releaseThread gives a thread back to the receptionist that people took over and then let lie. People who write again put it
// off; nothing that a customer asked stays without an answer.
type releaseThread struct {
	worker[ReleaseThread]
	Deps
}

// Work comes back for as long as people still hold the thread.
func (w *releaseThread) Work(ctx context.Context, job *river.Job[ReleaseThread]) error {
	if w.GiveBack == nil {
		return nil
	}
	wait, err := w.GiveBack(ctx, job.Args.BusinessID, job.Args.Number, time.UnixMilli(job.Args.Since))
	if err != nil {
		return fmt.Errorf("followup: give the thread with %s back: %w", job.Args.Number, err)
	}
	if wait > 0 {
		return river.JobSnooze(wait)
	}
	return nil
}
