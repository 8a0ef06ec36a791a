package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
)

func TestJobIsReadAsItWasWritten(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		j := newJob(b.ID, visit(1), "+13125550111")
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertJob(ctx, j) })

		got, err := db.Job(ctx, b.ID, j.ID)
		if err != nil {
			t.Fatal(err)
		}
		if *got != *j {
			t.Errorf("read\n%+v, wrote\n%+v", *got, *j)
		}
		if !got.CreatedAt.Equal(monday) || got.Customer.ID == "" {
			t.Errorf("created %v for customer %q", got.CreatedAt, got.Customer.ID)
		}
		address, err := db.LastAddress(ctx, b.ID, "+13125550111")
		if err != nil || address != j.Address {
			t.Errorf("last address %v, %v", address, err)
		}
	})
}

func TestOverlapIsTaken(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b := shop(t, db, "mikes", "+13125550100")
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			return tx.InsertJob(ctx, newJob(b.ID, visit(2), "+13125550111")) // busy from 2 h to 4 h
		})
		try := func(s scheduling.Slot) error {
			return db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
				return tx.PlaceHold(ctx, hold(b.ID, "conv_1", s, 10*time.Minute), monday)
			})
		}
		for _, tt := range []struct {
			name  string
			hours int
			tech  string
			want  error
		}{
			{"the same time", 2, "Luis", scheduling.ErrTaken},
			{"into its beginning", 1, "Luis", scheduling.ErrTaken},
			{"in its travel buffer", 3, "Luis", scheduling.ErrTaken},
			{"another technician", 2, "Mike", nil},
			{"right before", 0, "Luis", nil},
			{"right after", 4, "Luis", nil},
		} {
			s := visit(tt.hours)
			s.Technician = tt.tech
			if err := try(s); !errors.Is(err, tt.want) {
				t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
			}
		}
	})
}

func hold(businessID, holder string, s scheduling.Slot, lasting time.Duration) scheduling.Hold {
	return scheduling.Hold{
		BusinessID: businessID, Holder: holder, Slot: s, BusyUntil: s.End.Add(30 * time.Minute),
		ExpiresAt: monday.Add(lasting),
	}
}
