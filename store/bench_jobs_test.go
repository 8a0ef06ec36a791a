package store_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"fixly/jobs"
	"fixly/store"
)

// ping is a job that says when it runs.
type ping struct {
	N int `json:"n"`
}

func (ping) Kind() string { return "ping" }

type pingWorker struct {
	river.WorkerDefaults[ping]
	ran chan int
}

func (w *pingWorker) Work(_ context.Context, job *river.Job[ping]) error {
	w.ran <- job.Args.N
	return nil
}

func startPings(t testing.TB, db *store.DB, room int) <-chan int {
	t.Helper()
	w := &pingWorker{ran: make(chan int, room)}
	workers := jobs.New()
	jobs.Add(workers, w)
	if err := db.StartJobs(context.Background(), workers); err != nil {
		t.Fatal(err)
	}
	return w.ran
}

func enqueuePing(t testing.TB, db *store.DB, n int) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.Enqueue(ctx, ping{n}, nil) })
}

// BenchmarkJobStart is how long after its commit a lone job starts.
func BenchmarkJobStart(b *testing.B) {
	eachDatabase(b, func(b *testing.B, db *store.DB) { jobStart(b, db) })
}

// BenchmarkJobStartBusy is the same while eight writers commit without a pause; also how they fare meanwhile.
func BenchmarkJobStartBusy(b *testing.B) {
	eachDatabase(b, func(b *testing.B, db *store.DB) {
		shop := shop(b, db, "mikes", "+13125550100")
		var (
			wg     sync.WaitGroup
			stop   = make(chan struct{})
			writes samples
		)
		for range 8 {
			id := openConversation(b, db, shop)
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}
					began := time.Now()
					if err := saveTurn(db, id); err != nil {
						b.Error(err)
					}
					writes.add(time.Since(began))
				}
			})
		}
		jobStart(b, db)
		close(stop)
		wg.Wait()
		b.ReportMetric(writes.at(50), "write-p50-ms")
		b.ReportMetric(writes.at(99), "write-p99-ms")
		b.ReportMetric(writes.at(100), "write-max-ms")
	})
}

func jobStart(b *testing.B, db *store.DB) {
	ran := startPings(b, db, 1)
	var latencies samples
	for i := 0; b.Loop(); i++ {
		enqueuePing(b, db, i)
		began := time.Now()
		<-ran
		latencies.add(time.Since(began))
	}
	latencies.report(b)
	b.ReportMetric(latencies.at(100), "max-ms")
	if err := db.StopJobs(context.Background()); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkJobs is a thousand jobs enqueued one by one, until the last has run.
func BenchmarkJobs(b *testing.B) {
	eachDatabase(b, func(b *testing.B, db *store.DB) {
		const jobs = 1000
		ran := startPings(b, db, jobs)
		for b.Loop() {
			var wg sync.WaitGroup
			for w := range 10 {
				wg.Go(func() {
					for i := range jobs / 10 {
						enqueuePing(b, db, w*jobs/10+i)
					}
				})
			}
			for range jobs {
				<-ran
			}
			wg.Wait()
		}
		b.ReportMetric(float64(jobs*b.N)/b.Elapsed().Seconds(), "jobs/s")
	})
}
