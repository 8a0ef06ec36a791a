// Package jobs is the list of workers of the durable jobs. On a server River works them, by the machine's clock. A
// simulated month works them by hand, on a clock that it moves.
package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// ErrNoWorker says that nobody works jobs of a kind.
var ErrNoWorker = errors.New("jobs: no worker for the kind")

// Workers are the workers by the kinds of their jobs. Add adds to them.
type Workers struct {
	// River are the same workers, for River's client.
	River  *river.Workers
	byKind map[string]work
}

// work is what a worker does with a job.
type work func(ctx context.Context, row *rivertype.JobRow) error

// New makes a list without workers.
func New() *Workers { return &Workers{River: river.NewWorkers(), byKind: map[string]work{}} }

// Add adds the worker of a kind of jobs. A second one for the same kind is a mistake in the program and panics, as with
// River.
func Add[T river.JobArgs](w *Workers, worker river.Worker[T]) {
	river.AddWorker(w.River, worker)
	var args T
	w.byKind[args.Kind()] = func(ctx context.Context, row *rivertype.JobRow) error {
		job := &river.Job[T]{JobRow: row}
		if err := json.Unmarshal(row.EncodedArgs, &job.Args); err != nil {
			return river.JobCancel(fmt.Errorf("jobs: the arguments of %s: %w", row.Kind, err))
		}
		return worker.Work(ctx, job)
	}
}

// Work has a job done here and now, outside of River. The error is the worker's own, river.JobSnooze and river.JobCancel
// among them; ErrNoWorker where there is none for its kind.
func (w *Workers) Work(ctx context.Context, row *rivertype.JobRow) error {
	do, ok := w.byKind[row.Kind]
	if !ok {
		return fmt.Errorf("%w: %s", ErrNoWorker, row.Kind)
	}
	return do(ctx, row)
}
