// Package recording begins and ends the recording of calls at the carrier, and deletes what is no longer to be kept. That
// a call may be recorded is decided before: by the law of both ends and by what the caller says (package consent), in the
// transaction that also enqueues the jobs here. A call that goes unrecorded because the carrier is away is lost to the
// shop; one that is recorded although its caller said no must not be. So each job looks at what holds now, before and
// after it asked the carrier.
package recording

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/clock"
	"fixly/jobs"
	"fixly/telephony"
)

// Storage runs functions in transactions. A function may run more than once, so it must have no effect outside its
// transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// Tx is what recording needs of one transaction.
type Tx interface {
	Business(ctx context.Context, id string) (*business.Business, error)
	Businesses(ctx context.Context) ([]*business.Business, error)
	Call(ctx context.Context, id string) (*telephony.Call, error)
	CallRecording(ctx context.Context, businessID, callID string) (*telephony.CallRecording, error) // nil: nothing is stored
	InsertRecording(ctx context.Context, r *telephony.Recording) (created bool, err error)
	Recordings(ctx context.Context, businessID, callID string) ([]telephony.Recording, error)
	// RecordingsBefore lists recordings of a kind that still lie at the carrier and began before an instant, the oldest
	// first.
	RecordingsBefore(ctx context.Context, businessID string, kind telephony.RecordingKind, before time.Time, limit int) ([]telephony.Recording, error)
	// Erased notes that a recording was deleted at the carrier.
	Erased(ctx context.Context, businessID, id string, at time.Time) error
	Enqueue(ctx context.Context, args river.JobArgs, opts *river.InsertOpts) error
}

// ErrNever is wrapped by errors of a carrier that trying again doesn't mend: the call is over, the request is refused.
var ErrNever = errors.New("the carrier will not do it")

// Found is a recording of a call as its carrier has it.
type Found struct {
	ID   string
	Live bool // it goes on
}

// Carrier records calls on a line, by the carrier's own ids.
type Carrier interface {
	// Begin records a call that goes on, both ends of it. The carrier reports its end to the address of the line's webhooks.
	Begin(ctx context.Context, l business.Line, c *telephony.Call) (id string, err error)
	// Find lists the recordings of a call.
	Find(ctx context.Context, l business.Line, carrierID string) ([]Found, error)
	// Stop ends one; one that has ended stays as it is.
	Stop(ctx context.Context, l business.Line, carrierID, id string) error
	// Erase deletes one; one that is deleted already is fine.
	Erase(ctx context.Context, l business.Line, id string) error
}

// Begin begins to record a call whose caller has agreed.
type Begin struct {
	BusinessID string `json:"business_id"`
	CallID     string `json:"call_id"`
}

// Kind names the job in the queue.
func (Begin) Kind() string { return "begin_recording" }

// Stop ends the recording of a call, and deletes it where Erase says so.
type Stop struct {
	BusinessID string `json:"business_id"`
	CallID     string `json:"call_id"`
	Erase      bool   `json:"erase,omitempty"`
}

// Kind names the job in the queue.
func (Stop) Kind() string { return "stop_recording" }

// Erase deletes a recording that is no longer to be kept.
type Erase struct {
	BusinessID  string `json:"business_id"`
	CallID      string `json:"call_id"`
	RecordingID string `json:"recording_id"`
}

// Kind names the job in the queue.
func (Erase) Kind() string { return "erase_recording" }

// InsertOpts has a recording's deletion wait in the queue once.
func (Erase) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

// Sweep looks for what has been kept for as long as the businesses keep it.
type Sweep struct{}

// Kind names the job in the queue.
func (Sweep) Kind() string { return "sweep_recordings" }

// Desk is what the workers share.
type Desk struct {
	Storage Storage
	Clock   clock.Clock
	Log     *slog.Logger
	Carrier Carrier
}

// AddWorkers adds the workers of this package to those of the queue.
func (d *Desk) AddWorkers(w *jobs.Workers) {
	jobs.Add(w, &beginWorker{Desk: d})
	jobs.Add(w, &stopWorker{Desk: d})
	jobs.Add(w, &eraseWorker{Desk: d})
	jobs.Add(w, &sweepWorker{Desk: d})
}

// sweepEvery is how often it is looked for what is to be deleted.
const sweepEvery = time.Hour

// Periodic lists what runs by the clock.
func Periodic() []jobs.Periodic { return []jobs.Periodic{{Every: sweepEvery, Args: Sweep{}}} }

const (
	// jobTimeout is how long a job may take before it is cut off.
	jobTimeout = 30 * time.Second
	// maxRetry is the longest pause between two tries. What a caller wants deleted is tried for at least half a day.
	maxRetry = time.Hour
)

// worker is what the workers have in common.
type worker[T river.JobArgs] struct{ river.WorkerDefaults[T] }

// Timeout is the same for all.
func (worker[T]) Timeout(*river.Job[T]) time.Duration { return jobTimeout }

// NextRetry waits 1, 2, 4 seconds and so on.
func (worker[T]) NextRetry(job *river.Job[T]) time.Time {
	return clock.Real().Now().Add(min(time.Second<<min(max(job.Attempt-1, 0), 12), maxRetry))
}
