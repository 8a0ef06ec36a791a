package store_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"fixly/messaging"
	"fixly/store"
	"fixly/store/storetest"
)

func newText(businessID, to, key string, after time.Duration) *messaging.Message {
	return &messaging.Message{
		BusinessID: businessID, Direction: "outbound", From: "+13125550100", To: to, Body: "Your visit is booked.",
		Kind: messaging.Confirmation, Status: messaging.Queued, Reason: "job_booked", Key: key, CallID: "call_1", JobID: "job_1",
		CreatedAt: monday.Add(after), NotAfter: monday.Add(time.Hour),
	}
}

func insertTexts(t *testing.T, db *store.DB, texts ...*messaging.Message) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx *store.Tx) error {
		for _, m := range texts {
			if created, err := tx.InsertMessage(ctx, m); err != nil || !created {
				return fmt.Errorf("created %v: %w", created, err)
			}
		}
		return nil
	})
}

func TestTextIsWrittenOnce(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b, other := shop(t, db, "mikes", "+13125550100"), shop(t, db, "anns", "+13125550200")
		m := newText(b.ID, "+13125550111", "confirmation:job_1", 0)
		in := &messaging.Message{
			BusinessID: b.ID, Direction: "inbound", From: "+13125550111", To: "+13125550100", Body: "hi", Status: messaging.Received,
			CarrierID: "SM1", CreatedAt: monday, Media: []string{"https://example.com/a", "https://example.com/b"},
		}
		insertTexts(t, db, m, in, newText(other.ID, "+13125550111", "confirmation:job_1", 0)) // keys are a business's own

		again := newText(b.ID, "+13125550111", "confirmation:job_1", time.Minute)
		inAgain := &messaging.Message{BusinessID: b.ID, Direction: "inbound", CarrierID: "SM1"}
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			for _, m := range []*messaging.Message{again, inAgain} {
				if created, err := tx.InsertMessage(ctx, m); err != nil || created {
					return fmt.Errorf("created %v again: %w", created, err)
				}
			}
			return nil
		})
		if !reflect.DeepEqual(again, m) || !reflect.DeepEqual(inAgain, in) {
			t.Errorf("read\n%+v and\n%+v, want\n%+v and\n%+v", again, inAgain, m, in)
		}

		m.Status, m.CarrierID, m.SentAt, m.ErrorCode = messaging.Sent, "SM2", monday.Add(time.Second), "30007"
		m.Attempts, m.ClaimedAt, m.RetryAt, m.NotBefore = 2, monday.Add(time.Minute), monday.Add(time.Hour), monday.Add(time.Minute)
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateMessage(ctx, m) })
		if got, err := db.Message(ctx, b.ID, m.ID); err != nil || !reflect.DeepEqual(got, m) {
			t.Errorf("read\n%+v, wrote\n%+v, %v", got, m, err)
		}
		if got, err := db.MessageByCarrierID(ctx, "SM2"); err != nil || got.ID != m.ID {
			t.Errorf("by carrier id %+v, %v", got, err)
		}
		if got, err := db.MessageByCarrierID(ctx, ""); err != nil || got != nil {
			t.Errorf("by no carrier id %+v, %v", got, err)
		}
		if _, err := db.Message(ctx, other.ID, m.ID); !errors.Is(err, messaging.ErrNoMessage) {
			t.Errorf("of another business: %v", err)
		}
	})
}

func TestTextsAreListedNewestFirst(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		sent := newText(b.ID, "+13125550111", "a", 3*time.Minute)
		sent.Status = messaging.Sent
		suppressed := newText(b.ID, "+13125550111", "b", 4*time.Minute)
		suppressed.Status = messaging.Suppressed
		insertTexts(
			t, db, sent, suppressed,
			newText(b.ID, "+13125550111", "c", 2*time.Minute), newText(b.ID, "+13125550111", "d", time.Minute),
			newText(b.ID, "+13125550112", "e", 5*time.Minute),
			&messaging.Message{BusinessID: b.ID, Direction: "inbound", From: "+13125550111", To: "+13125550100", Status: messaging.Received, CarrierID: "SM1", CreatedAt: monday},
		)
		minutes := func(found []messaging.Message, err error) (out []int) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range found {
				out = append(out, int(m.CreatedAt.Sub(monday)/time.Minute))
			}
			return out
		}
		for _, tt := range []struct {
			name string
			got  []int
			want []int
		}{
			{"all", minutes(db.ListMessages(ctx, b.ID, messaging.MessageFilter{})), []int{5, 4, 3, 2, 1, 0}},
			{"with a number", minutes(db.ListMessages(ctx, b.ID, messaging.MessageFilter{Phone: "+13125550111"})), []int{4, 3, 2, 1, 0}},
			{"inbound", minutes(db.ListMessages(ctx, b.ID, messaging.MessageFilter{Direction: "inbound"})), []int{0}},
			{"outbound with a number, a page", minutes(db.ListMessages(ctx, b.ID, messaging.MessageFilter{
				Phone: "+13125550111", Direction: "outbound", BeforeCreated: sent.CreatedAt, BeforeID: sent.ID, Limit: 1,
			})), []int{2}},
			{"threads", minutes(db.Threads(ctx, b.ID, 0)), []int{5, 4}},
			{"threads, one", minutes(db.Threads(ctx, b.ID, 1)), []int{5}},
			{"unsent, oldest first", minutes(db.Unsent(ctx, b.ID, "+13125550111")), []int{1, 2}},
		} {
			if !slices.Equal(tt.got, tt.want) {
				t.Errorf("%s: %v, want %v", tt.name, tt.got, tt.want)
			}
		}
		last, err := db.LastSent(ctx, b.ID, "+13125550111", messaging.Confirmation)
		if err != nil || !last.Equal(sent.CreatedAt) {
			t.Errorf("last sent %v, %v", last, err)
		}
		if last, err := db.LastSent(ctx, b.ID, "+13125550111", messaging.TextBack); err != nil || !last.IsZero() {
			t.Errorf("last text-back %v, %v", last, err)
		}
		if n, err := db.CountSent(ctx, b.ID, "+13125550111", monday.Add(2*time.Minute)); err != nil || n != 2 {
			t.Errorf("counted %d, %v", n, err)
		}
	})
}
