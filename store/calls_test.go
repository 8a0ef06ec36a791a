package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"fixly/consent"
	"fixly/contact"
	"fixly/ledger"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
)

func TestCallIsStoredOnce(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b, other := shop(t, db, "mikes", "+13125550100"), shop(t, db, "anns", "+13125550200")
		c := newCall(b.ID, "CA1")
		again := newCall(b.ID, "CA1")
		again.From = "+13125550999"
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			for want, c := range map[bool]*telephony.Call{true: c} {
				if created, err := tx.InsertCall(ctx, c); err != nil || created != want {
					t.Errorf("created %v, %v", created, err)
				}
			}
			created, err := tx.InsertCall(ctx, again)
			if created {
				t.Error("the repeat made a second call")
			}
			return err
		})
		if *again != *c {
			t.Errorf("the repeat read\n%+v, want\n%+v", again, c)
		}
		c.AnsweredAt, c.EndedAt = monday.Add(time.Second), monday.Add(time.Minute)
		c.HandledBy, c.Outcome, c.Summary, c.JobID, c.ConversationID = ledger.ByReceptionist, ledger.Booked, "drain", "job_1", "conv_1"
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateCall(ctx, c) })
		if got, err := db.Call(ctx, c.ID); err != nil || *got != *c {
			t.Errorf("read\n%+v, wrote\n%+v, %v", got, c, err)
		}
		if got, err := db.CallByCarrierID(ctx, "CA1"); err != nil || *got != *c {
			t.Errorf("by carrier id: %+v, %v", got, err)
		}
		if got, err := db.CallByCarrierID(ctx, "CA2"); err != nil || got != nil {
			t.Errorf("by another carrier id: %+v, %v", got, err)
		}
		if _, err := db.Call(ctx, "call_none"); !errors.Is(err, sql.ErrNoRows) {
			t.Errorf("one that is not there: %v", err)
		}
		stolen := newCall(other.ID, "CA1")
		err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error { _, err := tx.InsertCall(ctx, stolen); return err })
		if err == nil || stolen.BusinessID != other.ID {
			t.Errorf("another business read the call: %+v, %v", stolen, err)
		}
	})
}

func TestCallsAreListedNewestFirst(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			for i := range 6 {
				c := newCall(b.ID, fmt.Sprint("CA", i))
				c.StartedAt = monday.Add(time.Duration(i/2*2) * time.Minute) // in pairs of the same instant
				c.From = fmt.Sprintf("+1312555011%d", i%3)
				if i < 4 {
					c.EndedAt, c.Outcome = monday.Add(time.Hour), ledger.Missed
				}
				if _, err := tx.InsertCall(ctx, c); err != nil {
					return err
				}
			}
			return nil
		})
		list := func(f telephony.CallFilter) (minutes []int) {
			t.Helper()
			found, err := db.ListCalls(ctx, b.ID, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range found {
				minutes = append(minutes, int(c.StartedAt.Sub(monday)/time.Minute))
			}
			return minutes
		}
		for _, tt := range []struct {
			name string
			f    telephony.CallFilter
			want []int
		}{
			{"all", telephony.CallFilter{}, []int{4, 4, 2, 2, 0, 0}},
			{"live", telephony.CallFilter{Live: true}, []int{4, 4}},
			{"live, by phone", telephony.CallFilter{Live: true, Phone: "+13125550111"}, []int{4}},
			{"missed", telephony.CallFilter{Outcome: ledger.Missed}, []int{2, 2, 0, 0}},
			{"by phone", telephony.CallFilter{Phone: "+13125550110"}, []int{2, 0}},
			{"half-open stretch", telephony.CallFilter{From: monday, To: monday.Add(2 * time.Minute)}, []int{0, 0}},
		} {
			if got := list(tt.f); !slices.Equal(got, tt.want) {
				t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
			}
		}
		seen := map[string]bool{}
		for f := (telephony.CallFilter{Limit: 1}); ; {
			page, err := db.ListCalls(ctx, b.ID, f)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			if seen[page[0].ID] {
				t.Fatalf("%s came twice", page[0].ID)
			}
			seen[page[0].ID] = true
			f.BeforeStart, f.BeforeID = page[0].StartedAt, page[0].ID
		}
		if len(seen) != 6 {
			t.Errorf("%d calls in pages, want 6", len(seen))
		}
	})
}

func TestStaleCalls(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b := shop(t, db, "mikes", "+13125550100")
		silent, talking, ended := newCall(b.ID, "CA1"), newCall(b.ID, "CA2"), newCall(b.ID, "CA3")
		ended.EndedAt = monday.Add(time.Minute)
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			c := newConversation(b.ID)
			c.UpdatedAt = monday.Add(time.Hour)
			if err := tx.InsertConversation(ctx, c); err != nil {
				return err
			}
			talking.ConversationID = c.ID
			for _, c := range []*telephony.Call{silent, talking, ended} {
				if _, err := tx.InsertCall(ctx, c); err != nil {
					return err
				}
			}
			return nil
		})
		stale, err := db.StaleCalls(context.Background(), monday.Add(30*time.Minute))
		if err != nil || len(stale) != 1 || stale[0].ID != silent.ID {
			t.Errorf("stale: %+v, %v, want the silent one alone", stale, err)
		}
	})
}

func TestCarrierEventsAreNewOnce(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		for _, want := range []bool{true, false, false} {
			write(t, db, func(ctx context.Context, tx *store.Tx) error {
				first, err := tx.FirstTime(ctx, "sms:SM1:delivered")
				if first != want {
					t.Errorf("first time %v, want %v", first, want)
				}
				return err
			})
		}
	})
}

func TestCustomersKeepWhatIsNotGivenAgain(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.AddConsent(ctx, &consent.Entry{ // before they are anyone's customer
				BusinessID: b.ID, Address: "+13125550111", Channel: consent.Text, Act: consent.Withdrawn, How: consent.SentWord,
			})
			return err
		})
		first := newJob(b.ID, visit(1), "+13125550111")
		second := newJob(b.ID, visit(5), "+13125550111")
		second.Customer.Name, second.Address = "", contact.Address{}
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.InsertJob(ctx, first), tx.InsertJob(ctx, second))
		})
		if second.Customer != first.Customer || second.Customer.Name != "Ann Lee" || !second.Customer.OptedOut {
			t.Errorf("customers %+v and %+v", first.Customer, second.Customer)
		}
		if out, err := db.OptedOut(ctx, b.ID, "+13125550111"); !out || err != nil {
			t.Errorf("opted out %v, %v", out, err)
		}
		if out, err := db.OptedOut(ctx, b.ID, "+13125550112"); out || err != nil {
			t.Errorf("a stranger opted out %v, %v", out, err)
		}
		got, err := db.Customer(ctx, b.ID, first.Customer.ID)
		if err != nil || *got != first.Customer {
			t.Errorf("customer %+v, %v", got, err)
		}
		if got, err := db.Customer(ctx, b.ID, "cus_none"); got != nil || err != nil {
			t.Errorf("one that is not there: %+v, %v", got, err)
		}
		all, err := db.ListCustomers(ctx, b.ID, contact.CustomerFilter{Phone: "+13125550111"})
		if err != nil || len(all) != 1 {
			t.Errorf("listed %+v, %v", all, err)
		}
		a, err := db.LastAddress(ctx, b.ID, "+13125550111")
		if err != nil || a != first.Address {
			t.Errorf("last address %+v, %v", a, err)
		}
	})
}
