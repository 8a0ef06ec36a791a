package store_test

import (
	"context"
	"testing"
	"time"

	"fixly/messaging"
	"fixly/store"
	"fixly/store/storetest"
)

// A process that is gone leaves its claims to the next at once, to be looked up after a moment; those of the living stand.
func TestClaimsOfTheDeadAreFree(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		now := newClock()
		dead, err := store.Open(t.Context(), address, store.Options{Clock: now})
		if err != nil {
			t.Fatal(err)
		}
		b := shop(t, dead, "mikes", "+13125550100")
		claim := func(db *store.DB, id string) {
			write(t, db, func(ctx context.Context, tx *store.Tx) error {
				m := messaging.Message{
					ID: id, BusinessID: b.ID, Direction: messaging.Outbound, From: "+13125550100", To: "+13125550111", Body: "Hi",
					Kind: messaging.TextBack, Status: messaging.Suppressed, Key: id,
				}
				if _, err := tx.InsertMessage(ctx, &m); err != nil {
					return err
				}
				m.Status, m.ClaimedAt = messaging.Sending, now.Now()
				return tx.UpdateMessage(ctx, &m)
			})
		}
		claim(dead, "msg_dead")
		living := storetest.Open(t, address, now)
		claim(living, "msg_living")
		if err := dead.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		began, end := make(chan struct{}, 1), make(chan struct{})
		close(end)
		startStuck(t, living, began, end)
		// PostgreSQL may still be ending the dead one's session as the living one starts; it is looked for again then.
		m, err := living.Message(t.Context(), b.ID, "msg_dead")
		tick, late := time.NewTicker(50*time.Millisecond), time.After(30*time.Second)
		defer tick.Stop()
		for ; err == nil && !m.ClaimedAt.IsZero(); m, err = living.Message(t.Context(), b.ID, "msg_dead") {
			select {
			case <-tick.C:
			case <-late:
				t.Fatal("the dead one's claim is never freed")
			}
		}
		if err != nil || !m.ClaimedAt.IsZero() || m.Status != messaging.Sending || !m.RetryAt.Equal(now.Now().Add(2*time.Second)) {
			t.Errorf("the dead one's is %+v, %v", m, err)
		}
		if address[:6] == "sqlite" { // where one process works at a time
			return
		}
		if m, err := living.Message(t.Context(), b.ID, "msg_living"); err != nil || m.ClaimedAt.IsZero() {
			t.Errorf("the living one's is %+v, %v", m, err)
		}
	})
}
