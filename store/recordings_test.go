package store_test

import (
	"context"
	"testing"

	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
)

func TestRecordingsAreStoredAndWrittenDownOnce(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		c := newCall(b.ID, "CA1")
		r := telephony.Recording{ID: "RE1", BusinessID: b.ID, Kind: telephony.Voicemail, At: monday, Seconds: 23}
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.InsertCall(ctx, c); err != nil {
				return err
			}
			r.CallID = c.ID
			for _, want := range []bool{true, false} {
				if created, err := tx.InsertRecording(ctx, &r); err != nil || created != want {
					t.Errorf("created %v, %v", created, err)
				}
			}
			for _, words := range []string{"call me back", "something else"} {
				said := r
				said.Words = words
				if err := tx.WriteDown(ctx, &said); err != nil {
					return err
				}
			}
			return nil
		})
		r.Words = "call me back"
		if got, err := db.Recordings(ctx, b.ID, c.ID); err != nil || len(got) != 1 || got[0] != r {
			t.Errorf("read %+v, %v", got, err)
		}
	})
}
