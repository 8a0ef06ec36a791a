package mirror

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/clock"
	"fixly/jobs"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
)

// Queue is where the jobs of this package wait, apart from all others: a calendar that hangs keeps no text waiting.
const Queue = "calendars"

// Workers is how many of them run at once in a process.
const Workers = 8

func own() river.InsertOpts { return river.InsertOpts{Queue: Queue} }

// WriteJob writes a job, as it is by then, into the calendars that it belongs in.
type WriteJob struct {
	BusinessID string `json:"business_id"`
	JobID      string `json:"job_id"`
}

// Kind names the job in the queue.
func (WriteJob) Kind() string { return "calendar_write_job" }

// InsertOpts puts the job into its queue.
func (WriteJob) InsertOpts() river.InsertOpts { return own() }

// ReadCalendar brings the local copy of a calendar up to date.
type ReadCalendar struct {
	CalendarID string `json:"calendar_id"`
	// Since: a copy that was read after it is good enough. Epoch milliseconds.
	Since int64 `json:"since"`
}

// Kind names the job in the queue.
func (ReadCalendar) Kind() string { return "calendar_read" }

// InsertOpts lets a fault of ours end it: the calendar is due again by the clock. A provider that can't be reached is waited
// for by snoozing, which costs no try.
func (ReadCalendar) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: Queue, MaxAttempts: 1}
}

// Tend sees to what is due by the clock: calendars to be read, channels to be renewed.
type Tend struct{}

// Kind names the job in the queue.
func (Tend) Kind() string { return "calendar_tend" }

// How often it is looked what is due, and whether every job is written out.
const (
	tendEvery  = 10 * time.Second
	sweepEvery = time.Hour
)

// tick is how often it is looked what is due: often enough for a calendar to be read within the time it is polled in.
func (m *Mirror) tick() time.Duration { return min(tendEvery, max(time.Second, m.Poll/2)) }

// mostJobs bounds how many jobs are looked at in a sweep.
const mostJobs = 5000

// Periodic lists what runs by the clock, at start too.
func (m *Mirror) Periodic() []jobs.Periodic {
	return []jobs.Periodic{{Every: m.tick(), Args: Tend{}, Queue: Queue}, {Every: sweepEvery, Args: Sweep{}, Queue: Queue}}
}

// AddWorkers adds the workers of this package to those of the queue.
func (m *Mirror) AddWorkers(w *jobs.Workers) {
	jobs.Add(w, &writeJob{m: m})
	jobs.Add(w, &sweep{m: m})
	jobs.Add(w, &readCalendar{m: m})
	jobs.Add(w, &tend{m: m})
}

// Time limits of the workers. claimFor exceeds writeTimeout, so that an event is never written by two at once.
const (
	writeTimeout = 15 * time.Second
	claimFor     = 20 * time.Second
	readTimeout  = 25 * time.Second
)

type writeJob struct {
	river.WorkerDefaults[WriteJob]
	m *Mirror
}

// Timeout is how long a try may take.
func (*writeJob) Timeout(*river.Job[WriteJob]) time.Duration { return writeTimeout }

// NextRetry is for faults of our own, which pass or don't; a provider that can't be reached is waited for by snoozing,
// which costs no try.
func (*writeJob) NextRetry(job *river.Job[WriteJob]) time.Time {
	return clock.Real().Now().Add(min(time.Second<<min(job.Attempt, 10), 10*time.Minute))
}

// Work writes the job. What a provider refuses for now is tried again, more and more seldom, until the sweep takes it up.
func (w *writeJob) Work(ctx context.Context, job *river.Job[WriteJob]) error {
	err := w.m.Write(ctx, job.Args.BusinessID, job.Args.JobID)
	var refused *calendar.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, scheduling.ErrNoJob):
		return nil
	case errors.Is(err, errClaimed):
		return river.JobSnooze(time.Second)
	case errors.As(err, &refused) && refused.Kind == calendar.Unauthorized, errors.As(err, &refused) && refused.Kind == calendar.Forbidden:
		return nil // the owner knows, and all is written once the account is connected again
	case errors.As(err, &refused) && refused.Kind == calendar.Invalid:
		return nil // the owner knows; the sweep tries once more
	case errors.As(err, &refused) && refused.Retry(), errors.Is(err, context.DeadlineExceeded):
		age := clock.Real().Now().Sub(job.CreatedAt)
		if age > sweepEvery {
			return nil
		}
		wait := min(max(time.Second, age/2), mostPause)
		if refused != nil {
			wait = max(wait, refused.RetryAfter)
		}
		w.m.Log.WarnContext(ctx, "a job is not in the calendar yet", "job", job.Args.JobID, "again_in", wait, "error", err)
		return river.JobSnooze(wait)
	}
	return fmt.Errorf("mirror: write job %s: %w", job.Args.JobID, err)
}

type readCalendar struct {
	river.WorkerDefaults[ReadCalendar]
	m *Mirror
}

// Timeout is how long a reading may take; a whole one of a large calendar takes some seconds.
func (*readCalendar) Timeout(*river.Job[ReadCalendar]) time.Duration { return readTimeout }

// Work reads the calendar, unless it was read since. One whose provider wants to be left alone, or fails, is read later;
// after a while that is left to what is due by the clock.
func (w *readCalendar) Work(ctx context.Context, job *river.Job[ReadCalendar]) error {
	c, err := w.m.Reader.Calendar(ctx, job.Args.CalendarID)
	if errors.Is(err, calendar.ErrNoCalendar) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("mirror: %w", err)
	}
	if c.SyncedAt.After(time.UnixMilli(job.Args.Since)) {
		w.m.keepWatch(ctx, c.ID)
		return nil
	}
	now := w.m.Clock.Now()
	if !w.m.waits(c.ID, now) {
		if err = w.m.ReadAndWatch(ctx, c.ID); err == nil {
			return nil
		}
		w.m.Log.WarnContext(ctx, "a calendar could not be read", "calendar", c.ID, "provider", c.Provider, "error", err)
	}
	if k := calendar.KindOf(err); k == calendar.Unauthorized || k == calendar.Forbidden || now.Sub(time.UnixMilli(job.Args.Since)) > readWatched {
		return nil
	}
	return river.JobSnooze(max(w.m.waitOf(c.ID, now), time.Second))
}

type tend struct {
	river.WorkerDefaults[Tend]
	m *Mirror
}

// Work sees to what is due.
func (w *tend) Work(ctx context.Context, _ *river.Job[Tend]) error { return w.m.Tend(ctx) }
