package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/builtin"
	"fixly/store"
	"fixly/store/storetest"
)

func TestBlocksKeepPeopleBusy(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b, other := shop(t, db, "mikes", "+13125550100"), shop(t, db, "anns", "+13125550200")
		block := func(technician string, hour int) *builtin.Block {
			return &builtin.Block{BusinessID: b.ID, Technician: technician, Event: calendar.Event{
				Title: "Dentist", Start: monday.Add(time.Duration(hour) * time.Hour), End: monday.Add(time.Duration(hour+1) * time.Hour),
			}}
		}
		luis, all, job := block("Luis", 1), block("", 3), block("Luis", 5)
		job.Job = "job_1"
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.SaveBlock(ctx, luis), tx.SaveBlock(ctx, all), tx.SaveBlock(ctx, job))
		})
		if luis.ID == "" || luis.Number != 1 || all.Number != 2 || all.ETag != "2" {
			t.Errorf("stored as %+v and %+v", luis, all)
		}
		found := busy(t, db, b.ID, monday, "", "")
		if len(found) != 2 || !found[0].Keeps("Luis") || found[0].Keeps("Mike") || !found[1].Keeps("Mike") ||
			!found[0].From.Equal(luis.Start) || !found[0].To.Equal(luis.End) {
			t.Errorf("busy: %+v", found)
		}
		if n := len(busy(t, db, other.ID, monday, "", "")); n != 0 {
			t.Errorf("%d busy times of another business", n)
		}
		if _, err := db.Block(ctx, other.ID, luis.ID); !errors.Is(err, builtin.ErrNoBlock) {
			t.Errorf("another business's block: %v", err)
		}
		if list, err := db.Blocks(ctx, b.ID, monday.Add(2*time.Hour), time.Time{}); err != nil || len(list) != 1 || list[0] != *readBack(t, db, all) {
			t.Errorf("from the third hour on: %+v, %v", list, err)
		}
		luis.Gone = true
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.SaveBlock(ctx, luis) })
		if n := len(busy(t, db, b.ID, monday, "", "")); n != 1 {
			t.Errorf("%d busy times once it is gone", n)
		}
		if _, err := db.Block(ctx, b.ID, luis.ID); !errors.Is(err, builtin.ErrNoBlock) {
			t.Errorf("reading what is gone: %v", err)
		}
		changed, err := db.BlocksChanged(ctx, b.ID, "Luis", 2)
		if err != nil || len(changed) != 2 || changed[0].Job != "job_1" || !changed[1].Gone || changed[1].Number != 4 {
			t.Errorf("changed after the second: %+v, %v", changed, err)
		}
		if n, err := db.LatestBlockChange(ctx, b.ID); err != nil || n != 4 {
			t.Errorf("latest change %d, %v", n, err)
		}
		if n, err := db.LatestBlockChange(ctx, other.ID); err != nil || n != 0 {
			t.Errorf("latest change of another business %d, %v", n, err)
		}
	})
}

func readBack(t *testing.T, db *store.DB, b *builtin.Block) *builtin.Block {
	t.Helper()
	got, err := db.Block(context.Background(), b.BusinessID, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	return got
}
