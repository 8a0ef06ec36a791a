package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"fixly/clock"
	"fixly/followup"
	"fixly/jobs"
	"fixly/receptionist"
	"fixly/store"
	"fixly/store/storetest"
)

// patience is how long a test waits for what should come soon.
const patience = 20 * time.Second

func awaitPing(t *testing.T, ran <-chan int) int {
	t.Helper()
	select {
	case n := <-ran:
		return n
	case <-time.After(patience):
		t.Fatal("the job did not run")
		return 0
	}
}

func TestAJobRunsIfItsTransactionIsCommitted(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ran := startPings(t, db, 10)
		undone := errors.New("undone")
		err := db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.Enqueue(ctx, ping{1}, nil), undone)
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		enqueuePing(t, db, 2)
		enqueuePing(t, db, 3)
		if got := awaitPing(t, ran) + awaitPing(t, ran); got != 5 {
			t.Errorf("jobs that add up to %d ran, want 2 and 3", got)
		}
		if err := db.StopJobs(context.Background()); err != nil {
			t.Error(err)
		}
		if len(ran) > 0 {
			t.Errorf("job %d ran too", <-ran)
		}
	})
}

func TestJobsOfManyTransactionsAllRunOnce(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		const jobs = 200
		ran := startPings(t, db, 2*jobs)
		var wg sync.WaitGroup
		for w := range 8 {
			wg.Go(func() {
				for i := range jobs / 8 {
					enqueuePing(t, db, w*jobs/8+i)
				}
			})
		}
		wg.Wait()
		seen := map[int]bool{}
		for range jobs {
			n := awaitPing(t, ran)
			if seen[n] {
				t.Errorf("job %d ran twice", n)
			}
			seen[n] = true
		}
	})
}

func TestJobsWaitForTheServersClock(t *testing.T) {
	// The server's clock is months off the machine's: due in half a second means in half a second.
	c := clock.StartingAt(monday)
	storetest.RunAt(t, c, func(t *testing.T, db *store.DB) {
		ran := startPings(t, db, 2)
		began, now := time.Now(), c.Now()
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(
				tx.EnqueueAt(ctx, ping{1}, now.Add(500*time.Millisecond), nil),
				tx.EnqueueAt(ctx, ping{2}, now.Add(-time.Hour), nil), // past: at once
			)
		})
		if n := awaitPing(t, ran); n != 2 {
			t.Errorf("%d ran first, want the one that is due", n)
		}
		if n := awaitPing(t, ran); n != 1 || time.Since(began) < 450*time.Millisecond {
			t.Errorf("%d ran after %v", n, time.Since(began))
		}
	})
}

func TestJobsStartOnceAndStopTwice(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		if err := db.StopJobs(ctx); err != nil {
			t.Errorf("stopped before they started: %v", err)
		}
		startPings(t, db, 1)
		workers := jobs.New()
		jobs.Add(workers, &pingWorker{})
		if err := db.StartJobs(ctx, workers); err == nil {
			t.Error("started twice")
		}
		for range 2 {
			if err := db.StopJobs(ctx); err != nil {
				t.Error(err)
			}
		}
	})
}

// recorder notes the follow-ups that run.
type recorder[T river.JobArgs] struct {
	river.WorkerDefaults[T]
	ran chan<- string
}

func (r *recorder[T]) Work(_ context.Context, job *river.Job[T]) error {
	r.ran <- fmt.Sprintf("%s %+v", job.Kind, job.Args)
	return nil
}

func TestFactsEnqueueTheirFollowUps(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		ran := make(chan string, 20)
		workers := jobs.New()
		jobs.Add(workers, &recorder[followup.SendText]{ran: ran})
		jobs.Add(workers, &recorder[followup.CallEnded]{ran: ran})
		jobs.Add(workers, &recorder[followup.JobChanged]{ran: ran})
		jobs.Add(workers, &recorder[followup.AlertOnCall]{ran: ran})
		jobs.Add(workers, &recorder[followup.TextCode]{ran: ran})
		jobs.Add(workers, &recorder[followup.TellOwner]{ran: ran})
		if err := db.StartJobs(ctx, workers); err != nil {
			t.Fatal(err)
		}
		b := shop(t, db, "mikes", "+13125550100")
		c, j := newCall(b.ID, "CA1"), newJob(b.ID, visit(1), "+13125550111")
		queued, received := newText(b.ID, "+13125550111", "k1", 0), newText(b.ID, "+13125550111", "k2", 0)
		received.Direction, received.Status, received.CarrierID = "inbound", "received", "SM1"
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.InsertCall(ctx, c); err != nil {
				return err
			}
			if err := tx.InsertJob(ctx, j); err != nil {
				return err
			}
			if _, err := tx.InsertMessage(ctx, received); err != nil {
				return err
			}
			if _, err := tx.InsertMessage(ctx, queued); err != nil {
				return err
			}
			if err := tx.AlertOnCall(ctx, &receptionist.Conversation{ID: "conv_1", BusinessID: b.ID}, "danger", "gas"); err != nil {
				return err
			}
			conv := &receptionist.Conversation{ID: "conv_1", BusinessID: b.ID}
			if err := tx.TextCode(ctx, conv, "+13125550111", 2); err != nil {
				return err
			}
			if err := tx.TellOwner(ctx, conv, "complaint", "it leaks"); err != nil {
				return err
			}
			return tx.JobChanged(ctx, j, "booked", true)
		})
		for range 3 { // however often the end is reported
			write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.CallEnded(ctx, c) })
		}
		want := map[string]bool{ // and settle_booking, in a day
			fmt.Sprintf("send_text %+v", followup.SendText{BusinessID: b.ID, MessageID: queued.ID, Line: queued.From}):                                       true,
			fmt.Sprintf("call_ended %+v", followup.CallEnded{BusinessID: b.ID, CallID: c.ID}):                                                                true,
			fmt.Sprintf("alert_on_call %+v", followup.AlertOnCall{BusinessID: b.ID, ConversationID: "conv_1", What: "danger", Text: "gas"}):                  true,
			fmt.Sprintf("text_code %+v", followup.TextCode{BusinessID: b.ID, ConversationID: "conv_1", Phone: "+13125550111", N: 2}):                         true,
			fmt.Sprintf("tell_owner %+v", followup.TellOwner{BusinessID: b.ID, ConversationID: "conv_1", What: "complaint", Text: "it leaks"}):               true,
			fmt.Sprintf("job_changed %+v", followup.JobChanged{BusinessID: b.ID, JobID: j.ID, Change: "booked", Revision: monday.UnixMilli(), ByCall: true}): true,
		}
		for range len(want) {
			select {
			case got := <-ran:
				if !want[got] {
					t.Errorf("ran %s, which was not owed (again)", got)
				}
				delete(want, got)
			case <-time.After(patience):
				t.Fatalf("did not run: %v", want)
			}
		}
		if err := db.StopJobs(ctx); err != nil {
			t.Error(err)
		}
		if len(ran) > 0 {
			t.Errorf("ran %s too", <-ran)
		}
	})
}
