package callbacks

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"fixly/clock"
	"fixly/jobs"
)

// DueCallback looks whether a call was returned by its time, and tells the backup if it wasn't.
type DueCallback struct {
	BusinessID string `json:"business_id"`
	CallbackID string `json:"callback_id"`
	DueAt      int64  `json:"due_at"` // epoch milliseconds: a clock that was set anew has a job of its own
}

// Kind names the job in the queue.
func (DueCallback) Kind() string { return "due_callback" }

// OweSilent finds threads of texts that fell silent before anything was arranged; their writers are owed a call.
type OweSilent struct{}

// Kind names the job in the queue.
func (OweSilent) Kind() string { return "owe_silent_threads" }

// Deps are what the workers share.
type Deps struct {
	Storage Storage
	Clock   clock.Clock
	Log     *slog.Logger
}

// AddWorkers adds what is done about callbacks by the clock to the workers of the queue.
func AddWorkers(w *jobs.Workers, d Deps) {
	jobs.Add(w, &dueCallback{Deps: d})
	jobs.Add(w, &oweSilent{Deps: d})
}

// Periodic lists what runs by the clock, at start too.
func Periodic() []jobs.Periodic {
	return []jobs.Periodic{{Every: time.Minute, Args: OweSilent{}}}
}

const (
	// jobTimeout is how long a job may take before it is cut off.
	jobTimeout = 30 * time.Second
	// maxRetry is the longest pause between two tries of a job that failed.
	maxRetry = time.Minute
)

// worker is what the workers have in common: the time limit, and retries that come soon.
type worker[T river.JobArgs] struct{ river.WorkerDefaults[T] }

// Timeout is the same for all.
func (worker[T]) Timeout(*river.Job[T]) time.Duration { return jobTimeout }

// NextRetry waits 1, 2, 4 seconds and so on up to a minute, by the queue's clock, which is the machine's.
func (worker[T]) NextRetry(job *river.Job[T]) time.Time {
	return clock.Real().Now().Add(min(time.Second<<min(max(job.Attempt-1, 0), 10), maxRetry))
}

// watch has somebody look at a callback when its time is over.
func watch(ctx context.Context, tx Tx, c *Callback) error {
	if !c.Owed() || !c.ToldAt.IsZero() {
		return nil
	}
	job := DueCallback{BusinessID: c.BusinessID, CallbackID: c.ID, DueAt: c.DueAt.UnixMilli()}
	if err := tx.EnqueueAt(ctx, job, c.DueAt, nil); err != nil {
		return fmt.Errorf("callbacks: watch %s: %w", c.ID, err)
	}
	return nil
}
