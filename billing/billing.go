// Package billing keeps the ledger of what was booked: it notes each booking with the job itself, decides at the end of its
// grace time whether it counts (package ledger has the definition), credits what the owner disputes, and tells a meter of
// what is charged, for those who run Fixly for others.
package billing

import (
	"errors"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"fixly/clock"
	"fixly/jobs"
)

// Errors of this package.
var (
	// ErrNoBooking says that the ledger of this business has no such job.
	ErrNoBooking = errors.New("billing: no such booking in the ledger")
	// ErrNotCreditable says that a booking can't be credited: it doesn't count, or not yet, or was counted too long ago.
	ErrNotCreditable = errors.New("billing: the booking can't be credited")
)

// SettleBooking decides whether a booking counts, once its grace time is over or its visit, never accepted, has begun.
type SettleBooking struct {
	BusinessID string `json:"business_id"`
	JobID      string `json:"job_id"`
}

// Kind names the job in the queue.
func (SettleBooking) Kind() string { return "settle_booking" }

// InsertOpts lets whatever people wait for go first.
func (SettleBooking) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Priority: 4, MaxAttempts: maxTries}
}

// SendUsage tells the meter of one event.
type SendUsage struct {
	BusinessID string `json:"business_id"`
	EventID    string `json:"event_id"`
}

// Kind names the job in the queue.
func (SendUsage) Kind() string { return "send_usage" }

// InsertOpts lets whatever people wait for go first.
func (SendUsage) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Priority: 4, MaxAttempts: maxTries}
}

// Deps are what the workers share.
type Deps struct {
	Storage Storage
	Clock   clock.Clock
	Log     *slog.Logger
	Meter   Meter // nil: nobody is told of usage
}

// AddWorkers adds the durable jobs of this package to the queue's.
func AddWorkers(w *jobs.Workers, d Deps) {
	jobs.Add(w, &settleBooking{Deps: d})
	jobs.Add(w, &sendUsage{Deps: d})
}

const (
	// jobTimeout is how long a job may take before it is cut off.
	jobTimeout = 30 * time.Second
	// maxRetry is the longest pause between two tries of a job that failed.
	maxRetry = 10 * time.Minute
	// maxTries lets a job fail for more than a day before it is given up.
	maxTries = 200
)

// worker is what the workers have in common: a job that fails is tried again after 2, 4, 8 seconds and so on.
type worker[T river.JobArgs] struct{ river.WorkerDefaults[T] }

// Timeout is the same for all.
func (worker[T]) Timeout(*river.Job[T]) time.Duration { return jobTimeout }

// NextRetry is an instant of the queue's, which runs by the machine's clock whatever time the server was started at.
func (worker[T]) NextRetry(job *river.Job[T]) time.Time {
	return clock.Real().Now().Add(min(time.Second<<min(max(job.Attempt, 1), 20), maxRetry))
}
