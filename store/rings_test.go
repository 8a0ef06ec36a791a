package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
)

func TestRingsAreNotedOnce(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		c := newCall(b.ID, "CA1")
		mike := telephony.Ring{BusinessID: b.ID, Phone: "+13125550101", At: monday}
		dana := telephony.Ring{BusinessID: b.ID, Series: "VX1", Phone: "+13125550102", At: monday.Add(time.Second)}
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.InsertCall(ctx, c); err != nil {
				return err
			}
			mike.CallID, dana.CallID = c.ID, c.ID
			later := mike
			later.At = monday.Add(time.Minute)
			return tx.InsertRings(ctx, mike, later, dana)
		})
		if got, err := db.Rings(ctx, b.ID, c.ID); err != nil || !slices.Equal(got, []telephony.Ring{mike, dana}) {
			t.Errorf("read %+v, %v", got, err)
		}
		mike.Settle(telephony.PickedUp, monday)
		mike.Settle(telephony.Taken, monday.Add(2*time.Second))
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateRing(ctx, &mike) })
		if got, err := db.Rings(ctx, b.ID, c.ID); err != nil || got[0] != mike || got[0].Result != telephony.Taken {
			t.Errorf("read %+v, %v", got, err)
		}
	})
}

func TestAPhoneRingsForItsCallerAlone(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b, other := shop(t, db, "mikes", "+13125550100"), shop(t, db, "anns", "+13125550200")
		const mike = "+13125550101"
		c := newCall(b.ID, "CA1")
		ring := telephony.Ring{BusinessID: b.ID, Phone: mike, At: monday}
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.InsertCall(ctx, c); err != nil {
				return err
			}
			ring.CallID = c.ID
			return tx.InsertRings(ctx, ring)
		})
		for _, x := range []struct {
			name, business, phone, from string
			since                       time.Time
			rings                       bool
		}{
			{"it does", b.ID, mike, c.From, monday, true},
			{"for another caller", b.ID, mike, "+13125550177", monday, false},
			{"another phone", b.ID, "+13125550102", c.From, monday, false},
			{"another business's", other.ID, mike, c.From, monday, false},
			{"long ago", b.ID, mike, c.From, monday.Add(time.Minute), false},
		} {
			if got, err := db.IsRinging(ctx, x.business, x.phone, x.from, x.since); got != x.rings || err != nil {
				t.Errorf("%s: %v, %v", x.name, got, err)
			}
		}
		ring.Settle(telephony.NoAnswer, monday)
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateRing(ctx, &ring) })
		if got, err := db.IsRinging(ctx, b.ID, mike, c.From, monday); got || err != nil {
			t.Errorf("it rings on: %v, %v", got, err)
		}
	})
}
