package store_test

import (
	"context"
	"testing"

	"fixly/store"
	"fixly/store/storetest"
)

func TestHowTheLatestSessionEndedIsKept(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b, other := shop(t, db, "mikes", "+13125550100"), shop(t, db, "anns", "+13125550110")
		c := newCall(b.ID, "CA1")
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.InsertCall(ctx, c); err != nil {
				return err
			}
			foreign := *c
			foreign.BusinessID = other.ID
			for _, said := range []string{"", `{"reason":"goodbye"}`, `{"reason":"transfer"}`, ""} { // another session begins, ends
				if err := tx.KeepSessionEnd(ctx, c, said); err != nil {
					return err
				}
				if got, err := tx.SessionEnd(ctx, c); err != nil || got != said {
					t.Errorf("kept %q, read %q, %v", said, got, err)
				}
				if got, err := tx.SessionEnd(ctx, &foreign); err != nil || got != "" {
					t.Errorf("another business reads %q, %v", got, err)
				}
			}
			return nil
		})
	})
}
