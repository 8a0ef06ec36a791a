package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fixly/ledger"
	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
)

// TestReportsAboutACallComeAtOnce has one transaction end a call while another, that has read it already, notes who
// answered it.
func TestReportsAboutACallComeAtOnce(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b := shop(t, db, "mikes", "+13125550100")
		c := newCall(b.ID, "CA1")
		write(t, db, func(ctx context.Context, tx *store.Tx) error { _, err := tx.InsertCall(ctx, c); return err })
		ended := make(chan error, 1)
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			mine, err := tx.Call(ctx, c.ID)
			if err != nil {
				return err
			}
			go func() {
				ended <- db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
					theirs, err := tx.CallByCarrierID(ctx, "CA1")
					if err != nil {
						return err
					}
					theirs.EndedAt, theirs.Outcome = monday.Add(time.Minute), ledger.Transferred
					return tx.UpdateCall(ctx, theirs)
				})
			}()
			select { // the other one has to wait; where it does not, it is done by then
			case err := <-ended:
				ended <- err
			case <-time.After(200 * time.Millisecond):
			}
			mine.AnsweredAt, mine.HandledBy = monday.Add(time.Second), ledger.ByPerson
			return tx.UpdateCall(ctx, mine)
		})
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		got, err := db.Call(context.Background(), c.ID)
		if err != nil || got.EndedAt.IsZero() || got.AnsweredAt.IsZero() || got.HandledBy != ledger.ByPerson || got.Outcome != ledger.Transferred {
			t.Errorf("one report undid the other: %+v, %v", got, err)
		}
	})
}

// TestAJobThatIsOverStaysOver has two who read a job that is on: one cancels it, then the other moves it, or cancels it
// too.
func TestAJobThatIsOverStaysOver(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		j := newJob(b.ID, visit(3), "+13125550111")
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertJob(ctx, j) })
		cancelled := *j
		cancelled.Status = scheduling.StatusCancelled
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateJob(ctx, &cancelled) })
		moved := *j
		moved.Slot = visit(5)
		for _, late := range []scheduling.Job{moved, cancelled} {
			err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateJob(ctx, &late) })
			if !errors.Is(err, scheduling.ErrNotLive) {
				t.Errorf("%s: %v", late.Status, err)
			}
		}
		if got, err := db.Job(ctx, b.ID, j.ID); err != nil || got.Status != scheduling.StatusCancelled || !got.Slot.Start.Equal(j.Slot.Start) {
			t.Errorf("%+v, %v", got, err)
		}
		stranger := *j
		stranger.ID = "job_none"
		if err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateJob(ctx, &stranger) }); !errors.Is(err, scheduling.ErrNoJob) {
			t.Errorf("one that is not there: %v", err)
		}
	})
}
