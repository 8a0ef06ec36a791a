package store

import (
	"cmp"
	"container/heap"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/jobs"
)

// ByHand is a queue of durable jobs that is worked by hand: one at a time, when they are due on a clock that whoever works
// them moves. A month of a business takes seconds so. As with River, a job exists if and only if the transaction that
// enqueued it was committed, it is tried again when it failed, and it comes back later when its worker says so. Unlike
// River's, the jobs are in memory and are gone with the process.
//
// It is safe for concurrent use, but for Work.
type ByHand struct {
	mu       sync.Mutex
	waiting  handJobs
	last     int64 // id of the job that was enqueued last
	workers  *jobs.Workers
	periodic []jobs.Periodic
	begun    bool
}

// handJob is a job that waits.
type handJob struct {
	row    rivertype.JobRow
	unique bool           // one that waits is enough
	every  *jobs.Periodic // it comes again; nil: it does not
}

// The pauses before a failed job is tried again, and how often it is.
const (
	leastByHandPause = time.Second
	mostByHandPause  = time.Minute
	mostByHandTries  = river.MaxAttemptsDefault
)

// start begins with the workers of a server and the jobs that run by the clock.
func (q *ByHand) start(w *jobs.Workers, periodic []jobs.Periodic) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.workers, q.periodic = w, periodic
}

// enqueueByHand notes a job, to be added to the queue once the transaction is committed.
func (tx *Tx) enqueueByHand(args river.JobArgs, opts *river.InsertOpts, at time.Time) error {
	encoded, err := json.Marshal(args)
	if err != nil {
		return fmt.Errorf("the arguments: %w", err)
	}
	var own, given river.InsertOpts
	if with, ok := args.(river.JobArgsWithInsertOpts); ok {
		own = with.InsertOpts()
	}
	if opts != nil {
		given = *opts
	}
	tx.byHand = append(tx.byHand, handJob{
		row: rivertype.JobRow{
			Kind: args.Kind(), EncodedArgs: encoded, CreatedAt: tx.clock.Now(), ScheduledAt: at,
			Priority:    cmp.Or(given.Priority, own.Priority, river.PriorityDefault),
			MaxAttempts: cmp.Or(given.MaxAttempts, own.MaxAttempts, mostByHandTries),
			Queue:       cmp.Or(given.Queue, own.Queue, river.QueueDefault),
		},
		unique: given.UniqueOpts.ByArgs || own.UniqueOpts.ByArgs,
	})
	return nil
}

func (q *ByHand) add(enqueued []handJob) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, j := range enqueued {
		if j.unique && q.has(j.row) {
			continue
		}
		q.last++
		j.row.ID = q.last
		heap.Push(&q.waiting, j)
	}
}

// has says whether a job with the same arguments waits.
func (q *ByHand) has(like rivertype.JobRow) bool {
	for _, j := range q.waiting {
		if j.row.Kind == like.Kind && string(j.row.EncodedArgs) == string(like.EncodedArgs) {
			return true
		}
	}
	return false
}

// Next is when the next job is due; false when none waits.
func (q *ByHand) Next() (at time.Time, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		return time.Time{}, false
	}
	return q.waiting[0].row.ScheduledAt, true
}

// Work works one job that is due at now, the most urgent of those due first; false when none is. The error is that of a
// job that failed: it is in the queue again, or given up after its tries.
func (q *ByHand) Work(ctx context.Context, now time.Time) (worked bool, err error) {
	j, ok, err := q.take(now)
	if !ok || err != nil {
		return false, err
	}
	j.row.Attempt++
	j.row.AttemptedAt = &now
	err = q.workers.Work(ctx, &j.row)
	var snooze *rivertype.JobSnoozeError
	var given *rivertype.JobCancelError
	switch {
	case j.every != nil:
		j.row.Attempt, j.row.ScheduledAt = 0, now.Add(j.every.Every)
		q.add([]handJob{j})
	case errors.As(err, &snooze):
		j.row.Attempt-- // no try, as with River
		j.row.ScheduledAt = now.Add(snooze.Duration)
		q.add([]handJob{j})
		return true, nil
	case err == nil, errors.As(err, &given):
	case j.row.Attempt < j.row.MaxAttempts:
		j.row.ScheduledAt = now.Add(min(leastByHandPause<<(min(j.row.Attempt, 10)-1), mostByHandPause))
		q.add([]handJob{j})
	}
	if err != nil {
		return true, fmt.Errorf("store: job %s %s: %w", j.row.Kind, j.row.EncodedArgs, err)
	}
	return true, nil
}

// take takes the job to be worked out of the queue.
func (q *ByHand) take(now time.Time) (j handJob, ok bool, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.workers == nil {
		return j, false, errors.New("store: jobs have not been started")
	}
	if !q.begun {
		q.begun = true
		if err := q.begin(now); err != nil {
			return j, false, err
		}
	}
	if len(q.waiting) == 0 || q.waiting[0].row.ScheduledAt.After(now) {
		return j, false, nil
	}
	j, ok = heap.Pop(&q.waiting).(handJob)
	return j, ok, nil
}

// begin puts the jobs that run by the clock into the queue.
func (q *ByHand) begin(now time.Time) error {
	for i := range q.periodic {
		p := &q.periodic[i]
		args, err := json.Marshal(p.Args)
		if err != nil {
			return fmt.Errorf("store: the arguments of %s: %w", p.Args.Kind(), err)
		}
		q.last++
		heap.Push(&q.waiting, handJob{every: p, row: rivertype.JobRow{
			ID: q.last, Kind: p.Args.Kind(), EncodedArgs: args, CreatedAt: now, ScheduledAt: now, MaxAttempts: 1,
			Priority: river.PriorityDefault, Queue: cmp.Or(p.Queue, river.QueueDefault),
		}})
	}
	return nil
}

// handJobs are in order of when they are due, then by priority, then as they came.
type handJobs []handJob

func (h handJobs) Len() int      { return len(h) }
func (h handJobs) Swap(i, j int) { h[i], h[j] = h[j], h[i] }

func (h handJobs) Less(i, j int) bool {
	a, b := &h[i].row, &h[j].row
	return cmp.Or(a.ScheduledAt.Compare(b.ScheduledAt), cmp.Compare(a.Priority, b.Priority), cmp.Compare(a.ID, b.ID)) < 0
}

// Push is heap.Push's.
func (h *handJobs) Push(x any) {
	if j, ok := x.(handJob); ok {
		*h = append(*h, j)
	}
}

// Pop is heap.Pop's.
func (h *handJobs) Pop() any {
	last := len(*h) - 1
	j := (*h)[last]
	*h = (*h)[:last]
	return j
}
