package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"fixly/clock"
	"fixly/jobs"
	"fixly/store"
	"fixly/store/storetest"
)

// entry is a job whose worker notes when it ran.
type entry struct {
	What string `json:"what"`
}

func (entry) Kind() string { return "note" }

// looked is one that runs by the clock.
type looked struct{}

func (looked) Kind() string { return "looked" }

type notes struct {
	river.WorkerDefaults[entry]
	clock *clock.Manual
	ran   []string
}

var errAgain = errors.New("not this time")

// Work fails once for "fails", puts "later" off once, and gives "never" up.
func (n *notes) Work(_ context.Context, job *river.Job[entry]) error {
	line := fmt.Sprintf("%s %s", n.clock.Now().Sub(monday), job.Args.What)
	first := !slices.ContainsFunc(n.ran, func(s string) bool { return s[len(s)-len(job.Args.What):] == job.Args.What })
	n.ran = append(n.ran, line)
	switch {
	case job.Args.What == "fails" && first:
		return errAgain
	case job.Args.What == "later" && first:
		return river.JobSnooze(time.Hour)
	case job.Args.What == "never":
		return river.JobCancel(errAgain)
	}
	return nil
}

type looks struct {
	river.WorkerDefaults[looked]
	notes *notes
}

func (l *looks) Work(context.Context, *river.Job[looked]) error {
	l.notes.ran = append(l.notes.ran, fmt.Sprintf("%s looked", l.notes.clock.Now().Sub(monday)))
	return nil
}

func TestJobsByHand(t *testing.T) {
	c, queue := newClock(), &store.ByHand{}
	db, err := store.Open(t.Context(), storetest.SQLite(t), store.Options{Clock: c, ByHand: queue})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close(context.Background()) }()
	n := &notes{clock: c}
	workers := jobs.New()
	jobs.Add(workers, n)
	jobs.Add(workers, &looks{notes: n})
	if err := db.StartJobs(t.Context(), workers, jobs.Periodic{Every: 40 * time.Minute, Args: looked{}}); err != nil {
		t.Fatal(err)
	}
	if err := db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.Enqueue(ctx, entry{"lost"}, nil), errAgain)
	}); !errors.Is(err, errAgain) {
		t.Fatal(err)
	}
	if at, ok := queue.Next(); ok {
		t.Errorf("a job of a transaction that failed is due at %s", at)
	}
	write(t, db, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(
			tx.EnqueueAt(ctx, entry{"tomorrow"}, monday.Add(24*time.Hour), nil),
			tx.Enqueue(ctx, entry{"second"}, &river.InsertOpts{Priority: 2}),
			tx.Enqueue(ctx, entry{"first"}, nil),
			tx.Enqueue(ctx, entry{"fails"}, nil),
			tx.Enqueue(ctx, entry{"later"}, nil),
			tx.Enqueue(ctx, entry{"never"}, nil),
			tx.EnqueueAt(ctx, entry{"once"}, monday.Add(2*time.Hour), &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}),
			tx.EnqueueAt(ctx, entry{"once"}, monday.Add(2*time.Hour), &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}),
		)
	})
	failures := 0
	for {
		worked, err := queue.Work(t.Context(), c.Now())
		if errors.Is(err, errAgain) {
			failures++
		} else if err != nil {
			t.Fatal(err)
		}
		if worked {
			continue
		}
		at, ok := queue.Next()
		if !ok || at.Sub(monday) > 130*time.Minute {
			break
		}
		c.Advance(at.Sub(c.Now()))
	}
	want := []string{
		"0s first", "0s fails", "0s later", "0s never", "0s looked", "0s second", "1s fails", "40m0s looked", "1h0m0s later",
		"1h20m0s looked", "2h0m0s once", "2h0m0s looked",
	}
	if !slices.Equal(n.ran, want) {
		t.Errorf("ran %q,\nwant %q", n.ran, want)
	}
	if failures != 2 {
		t.Errorf("%d failures were told, want that of the one tried again and that of the one given up", failures)
	}
	if at, ok := queue.Next(); !ok || !at.Equal(monday.Add(160*time.Minute)) {
		t.Errorf("next is %s", at)
	}
}
