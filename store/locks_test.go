package store_test

import (
	"context"
	"testing"
	"time"

	"fixly/ledger"
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
