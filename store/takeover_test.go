package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"fixly/jobs"
	"fixly/store"
	"fixly/store/storetest"
)

// stuck is a job that does not end before it is told to.
type stuck struct{}

func (stuck) Kind() string { return "stuck" }

type stuckWorker struct {
	river.WorkerDefaults[stuck]
	began chan<- struct{}
	end   <-chan struct{}
}

func (w *stuckWorker) Work(context.Context, *river.Job[stuck]) error {
	w.began <- struct{}{}
	<-w.end
	return nil
}

func startStuck(t *testing.T, db *store.DB, began chan<- struct{}, end <-chan struct{}) {
	t.Helper()
	workers := jobs.New()
	jobs.Add(workers, &stuckWorker{began: began, end: end})
	if err := db.StartJobs(context.Background(), workers); err != nil {
		t.Fatal(err)
	}
}

// TestJobsOfTheLivingAreLeftAlone starts a second node on PostgreSQL while the first is at a job. (What becomes of
// the jobs of a process that was killed, e2e tests with the program itself.)
func TestJobsOfTheLivingAreLeftAlone(t *testing.T) {
	address := storetest.Postgres(t)
	one, other := storetest.Open(t, address, newClock()), storetest.Open(t, address, newClock())
	began, end := make(chan struct{}, 2), make(chan struct{})
	defer close(end)
	startStuck(t, one, began, end)
	write(t, one, func(ctx context.Context, tx *store.Tx) error { return tx.Enqueue(ctx, stuck{}, nil) })
	<-began
	startStuck(t, other, began, end)
	ran := make(chan struct{})
	time.AfterFunc(500*time.Millisecond, func() { close(ran) }) // the other node has looked for work twice by then
	select {
	case <-began:
		t.Error("the job runs twice")
	case <-ran:
	}
}
