package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/riverqueue/river"

	"fixly/followup"
	"fixly/jobs"
	"fixly/scheduling/calendar/mirror"
)

// Settings of the job queue. A job that a killed process was at runs again when one starts, or else after rescueAfter,
// plus up to half a minute until River looks. rescueAfter must exceed jobTimeout, or jobs would be run twice.
const (
	jobTimeout    = 30 * time.Second
	rescueAfter   = 60 * time.Second
	fetchCooldown = 5 * time.Millisecond
	fetchPoll     = 250 * time.Millisecond // for jobs that nothing announces: retries and scheduled ones that are due
	maxWorkers    = 50
	// watchEvery is how often a process looks for others that were killed: texts wait within half a minute for whoever took
	// them over. brokenOff is how long a carrier may be at a request whose connection broke off.
	watchEvery   = 2 * time.Second
	brokenOff    = 2 * time.Second
	stopPatience = 10 * time.Second
)

// runner is a River client that works jobs, over either database.
type runner interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
	StopAndCancel(ctx context.Context) error
}

// jobRunner is the client while jobs are being worked.
type jobRunner struct {
	mu       sync.Mutex
	client   runner
	endWatch func() // ends the looking for killed processes; nil where nobody does
}

// Enqueue adds a durable job that exists once the transaction is committed, and never otherwise. An instant in opts
// (ScheduledAt) is River's, on the machine's clock: use EnqueueAt for one on ours.
func (tx *Tx) Enqueue(ctx context.Context, args river.JobArgs, opts *river.InsertOpts) error {
	if tx.db.hand != nil {
		return wrap("enqueue "+args.Kind(), tx.enqueueByHand(args, opts, tx.clock.Now()))
	}
	return wrap("enqueue "+args.Kind(), tx.db.engine.enqueue(ctx, tx.t, args, opts))
}

// EnqueueAt is Enqueue for a job that is to run at an instant of our clock, which may run apart from the machine's
// (fixly serve --now). River looks for jobs that come due every five seconds, so one may start that much late. An
// instant that has passed means at once.
func (tx *Tx) EnqueueAt(ctx context.Context, args river.JobArgs, at time.Time, opts *river.InsertOpts) error {
	if tx.db.hand != nil {
		return wrap("enqueue "+args.Kind(), tx.enqueueByHand(args, opts, at))
	}
	var o river.InsertOpts
	if opts != nil {
		o = *opts
	}
	if wait := at.Sub(tx.clock.Now()); wait > 0 {
		o.ScheduledAt = time.Now().Add(wait)
	}
	return tx.Enqueue(ctx, args, &o)
}

// StartJobs begins to work jobs with these workers, until StopJobs. Periodic jobs are added to the queue by one
// process of the installation at a time.
func (db *DB) StartJobs(ctx context.Context, workers *jobs.Workers, periodic ...jobs.Periodic) error {
	db.jobs.mu.Lock()
	defer db.jobs.mu.Unlock()
	if db.jobs.client != nil {
		return errors.New("store: jobs have been started already")
	}
	if db.hand != nil {
		db.hand.start(workers, periodic)
		return nil
	}
	byClock := make([]*river.PeriodicJob, len(periodic))
	for i, p := range periodic {
		byClock[i] = p.River()
	}
	client, err := db.engine.newRunner(&river.Config{
		Logger:  queueLog(db.log),
		Workers: workers.River,
		Queues: map[string]river.QueueConfig{
			river.QueueDefault: {MaxWorkers: maxWorkers}, followup.Sending: {MaxWorkers: followup.SendingWorkers},
			mirror.Queue: {MaxWorkers: mirror.Workers},
		},
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: rescueAfter,
		FetchCooldown:        fetchCooldown,
		FetchPollInterval:    fetchPoll,
		PeriodicJobs:         byClock,
	})
	if err != nil {
		return fmt.Errorf("store: start jobs: %w", err)
	}
	// People wait for what a killed process was at: a text-back within half a minute.
	if err := db.takeOver(ctx); err != nil {
		return err
	}
	// River stops when this context ends; it is ours to stop it, after those who still enqueue.
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("store: start jobs: %w", err)
	}
	db.jobs.client = client
	if db.engine.othersWork() {
		db.jobs.watch(db)
	}
	return nil
}

// takeOver takes up what killed processes were at. A carrier may still be at a request that one of them made at last, so
// their texts are looked up a moment later.
func (db *DB) takeOver(ctx context.Context) error {
	if err := db.engine.takeOver(ctx, db.clock.Now().Add(brokenOff)); err != nil {
		return fmt.Errorf("store: take up the jobs of a process that was killed: %w", err)
	}
	return nil
}

// watch begins to look, again and again, for processes beside this one that were killed, until end.
func (r *jobRunner) watch(db *DB) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	r.endWatch = func() { cancel(); <-done }
	go func() {
		defer close(done)
		ticker := time.NewTicker(watchEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			if err := db.takeOver(ctx); err != nil && ctx.Err() == nil {
				db.log.WarnContext(ctx, "not looked for processes that were killed", "error", err)
			}
		}
	}()
}

// StopJobs lets the jobs at work finish, and cancels them when they don't within ten seconds or before ctx ends; a
// cancelled job runs again after the next start. It does nothing when no jobs were started.
func (db *DB) StopJobs(ctx context.Context) error {
	db.jobs.mu.Lock()
	defer db.jobs.mu.Unlock()
	client := db.jobs.client
	if client == nil {
		return nil
	}
	db.jobs.client = nil
	if db.jobs.endWatch != nil {
		db.jobs.endWatch()
		db.jobs.endWatch = nil
	}
	patient, cancel := context.WithTimeout(ctx, stopPatience)
	defer cancel()
	if err := client.Stop(patient); err == nil {
		return nil
	}
	hard, cancelHard := context.WithTimeout(context.WithoutCancel(ctx), stopPatience)
	defer cancelHard()
	if err := client.StopAndCancel(hard); err != nil {
		return fmt.Errorf("store: stop jobs: %w", err)
	}
	return nil
}
