package store_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"fixly/callbacks"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
)

func TestACallbackIsKeptWhole(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b, other := shop(t, db, "mikes", "+13125550100"), shop(t, db, "anns", "+13125550200")
		at := func(m int) time.Time { return monday.Add(time.Duration(m) * time.Minute) }
		c := callbacks.Callback{
			BusinessID: b.ID, Phone: "+13125550111", Name: "Ann Lee", Line: "+13125550100", Cause: callbacks.MessageLeft, CallID: "call_1",
			Reason: "drain", Service: "Drain cleaning", Urgency: scheduling.Urgent, Calls: 2, FirstAt: at(1), MissedAt: at(2), Said: "hello?",
			SaidAt: at(3), TookLeave: true, Landline: true, Status: callbacks.Acknowledged, Owner: callbacks.Person{Name: "Mike", Phone: "+13125550101"},
			RangFrom: "+13125550119", FirstDueAt: at(4), DueAt: at(4), ToldAt: at(5), AckedAt: at(6), AckedBy: "Mike", Attempts: 3, NextAttemptAt: at(7), Note: "rings long",
		}
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertCallback(ctx, &c) })
		for phone, want := range map[string]bool{"+13125550111": true, "+13125550112": false} {
			got, err := db.CallbackOwed(ctx, b.ID, phone)
			if err != nil || (got != nil) != want || want && !reflect.DeepEqual(*got, c) {
				t.Errorf("%s: %+v, %v, want %+v", phone, got, err, c)
			}
		}
		second := callbacks.Callback{BusinessID: b.ID, Phone: c.Phone, FirstAt: at(8), MissedAt: at(8), Status: callbacks.Open}
		if err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error { return tx.InsertCallback(ctx, &second) }); err == nil {
			t.Error("two are owed to one number")
		}
		c.Status, c.Outcome, c.ClosedAt, c.ClosedBy, c.Calls = callbacks.Done, callbacks.Booked, at(9), "Mike", 3
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateCallback(ctx, &c) })
		if got, err := db.Callback(ctx, b.ID, c.ID); err != nil || !reflect.DeepEqual(*got, c) {
			t.Errorf("%+v, %v, want %+v", got, err, c)
		}
		if owed, err := db.Callbacks(ctx, b.ID); err != nil || len(owed) != 0 {
			t.Errorf("owed: %+v, %v", owed, err)
		}
		if _, err := db.Callback(ctx, other.ID, c.ID); !errors.Is(err, callbacks.ErrNoCallback) {
			t.Errorf("of another business: %v", err)
		}

		a := callbacks.Attempt{
			BusinessID: b.ID, CallbackID: c.ID, Number: 2, Phone: c.Phone, Name: c.Name, Line: c.Line, Person: c.Owner, Window: callbacks.Under10m,
			Means: callbacks.ByBridge, StartedAt: at(10), TakenAt: at(11), ConnectedAt: at(12),
		}
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertAttempt(ctx, &a) })
		a.EndedAt, a.Result, a.Talked, a.Booked = at(15), callbacks.Reached, 3*time.Minute, true
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateAttempt(ctx, &a) })
		if got, err := db.AttemptsOf(ctx, b.ID, c.ID); err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], a) {
			t.Errorf("%+v, %v, want %+v", got, err, a)
		}
	})
}

// TestSilentThreads: a thread is told of until a cause is noted for it, and again once it went on after that.
func TestSilentThreads(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		thread := func(number string, ago time.Duration) *receptionist.Conversation {
			c := &receptionist.Conversation{
				BusinessID: b.ID, Channel: receptionist.ByText, Caller: receptionist.Caller{Number: number}, StartedAt: monday.Add(-ago), UpdatedAt: monday.Add(-ago),
			}
			write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertConversation(ctx, c) })
			return c
		}
		old, silent, live := thread("+13125550111", 50*time.Hour), thread("+13125550112", 2*time.Hour), thread("+13125550113", time.Second)
		_, _ = old, live
		look := func(want ...string) {
			t.Helper()
			found, err := db.SilentThreads(ctx, callbacks.Place{At: monday.Add(-48 * time.Hour)}, monday.Add(-time.Minute), 10)
			var got []string
			for _, c := range found {
				got = append(got, c.ID)
			}
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("silent: %v, %v, want %v", got, err, want)
			}
		}
		look(silent.ID)
		cause := callbacks.Debt{BusinessID: b.ID, Source: silent.ID, Kind: callbacks.ThreadSilent, At: silent.UpdatedAt}
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.AddCause(ctx, cause, "cb_1") })
		look()
		silent.UpdatedAt = monday.Add(-time.Hour)
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateConversation(ctx, silent) })
		look(silent.ID)
	})
}
