package store_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"fixly/clock"
	"fixly/store"
	"fixly/store/storetest"
)

// event notes a carrier's event; seen says whether it is there.
func event(ctx context.Context, tx *store.Tx, key string) error {
	_, err := tx.FirstTime(ctx, key)
	return err
}

func seen(t *testing.T, db *store.DB, key string) bool {
	t.Helper()
	undone := errors.New("only looking")
	first := false
	err := db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) (err error) {
		if first, err = tx.FirstTime(ctx, key); err != nil {
			return err
		}
		return undone
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	return !first
}

// TestOthersAreNotHarmed runs functions that fail in every way among ones that succeed.
func TestOthersAreNotHarmed(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		failed := errors.New("failed")
		ends := map[string]func(){
			"panics": func() { panic("a mistake") },
			"exits":  runtime.Goexit,
		}
		var wg sync.WaitGroup
		for i := range 60 {
			key := fmt.Sprint("event-", i)
			wg.Go(func() {
				defer func() { _ = recover() }()
				err := db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
					if err := event(ctx, tx, key); err != nil {
						return err
					}
					switch i % 4 {
					case 1:
						return failed
					case 2:
						ends["panics"]()
					case 3:
						ends["exits"]()
					}
					return nil
				})
				if i%4 == 0 && err != nil || i%4 == 1 && !errors.Is(err, failed) {
					t.Errorf("%s: %v", key, err)
				}
			})
		}
		wg.Wait()
		for i := range 60 {
			if got, want := seen(t, db, fmt.Sprint("event-", i)), i%4 == 0; got != want {
				t.Errorf("event %d was written: %v, want %v", i, got, want)
			}
		}
	})
}

func TestAFailedStatementUndoesOnlyItsFunction(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b := shop(t, db, "mikes", "+13125550100")
		err := db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
			if err := event(ctx, tx, "before"); err != nil {
				return err
			}
			return tx.PlaceHold(ctx, hold(b.ID, "conv_1", slotBackwards(), time.Hour), monday)
		})
		if err == nil {
			t.Error("a slot that ends before it starts was taken")
		}
		if seen(t, db, "before") {
			t.Error("what came before the failure was kept")
		}
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return event(ctx, tx, "after") })
	})
}

func TestTransactionsDoNotNest(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		err := db.InTx(context.Background(), func(ctx context.Context, _ *store.Tx) error {
			return db.InTx(ctx, func(context.Context, *store.Tx) error { return nil })
		})
		if err == nil {
			t.Error("a transaction inside another was not refused")
		}
	})
}

func TestAnEndedContextWritesNothing(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx, cancel := context.WithCancel(context.Background())
		err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			if err := event(ctx, tx, "one"); err != nil {
				return err
			}
			cancel()
			return event(ctx, tx, "two")
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error { return event(ctx, tx, "three") }); !errors.Is(err, context.Canceled) {
			t.Errorf("begun after its end: %v", err)
		}
		for _, key := range []string{"one", "two", "three"} {
			if seen(t, db, key) {
				t.Errorf("event %s was written", key)
			}
		}
	})
}

// TestWaitingForATurnEnds checks that whoever waits behind a slow function can give up.
func TestWaitingForATurnEnds(t *testing.T) {
	db := storetest.Open(t, storetest.SQLite(t), clock.Real())
	inside, release := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
			close(inside)
			<-release
			return event(ctx, tx, "slow")
		}); err != nil {
			t.Error(err)
		}
	})
	<-inside
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	err := db.InTx(ctx, func(context.Context, *store.Tx) error {
		t.Error("ran although it had given up")
		return nil
	})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	// Reading does not wait.
	if _, err := db.BusinessByLine(context.Background(), "+13125550100"); err != nil {
		t.Error(err)
	}
	close(release)
	wg.Wait()
	write(t, db, func(ctx context.Context, tx *store.Tx) error { return event(ctx, tx, "next") })
	if !seen(t, db, "slow") {
		t.Error("the slow one was lost")
	}
}

func TestAClosedDatabaseSaysSo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		db, err := store.Open(context.Background(), address, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := db.Close(context.Background()); err != nil {
				t.Error(err)
			}
		}
		if err := db.InTx(context.Background(), func(context.Context, *store.Tx) error { return nil }); err == nil {
			t.Error("a closed database took a transaction")
		}
	})
}

func TestChangesArePublishedAfterTheCommit(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		mine, theirs := shop(t, db, "mikes", "+13125550100"), shop(t, db, "anns", "+13125550200")
		s := db.Changes().Subscribe(mine.ID)
		defer s.Close()
		j := newJob(mine.ID, visit(1), "+13125550111")
		_ = db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.InsertJob(ctx, newJob(mine.ID, visit(1), "+13125550111")), errors.New("undone"))
		})
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			return tx.InsertJob(ctx, newJob(theirs.ID, visit(1), "+13125550111"))
		})
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertJob(ctx, j) })
		want := store.Change{BusinessID: mine.ID, Kind: store.JobChanged, ID: j.ID}
		if got := <-s.C; got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if len(s.C) != 0 {
			t.Errorf("also got %+v", <-s.C)
		}
		for range 100 { // a subscriber that does not read loses changes, and holds nobody up
			write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateJob(ctx, j) })
		}
		if s.Dropped() != 100-int64(len(s.C)) || s.Dropped() == 0 {
			t.Errorf("%d lost and %d kept of 100", s.Dropped(), len(s.C))
		}
		s.Close()
		for range s.C { // ends, because it is closed
		}
	})
}
