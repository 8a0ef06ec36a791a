package store_test

import (
	"context"
	"testing"
	"time"

	"fixly/consent"
	"fixly/store"
	"fixly/store/storetest"
)

func TestTheLedgerOfConsent(t *testing.T) {
	now := newClock()
	storetest.RunAt(t, now, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		const number, address = "+13125550111", "ann@example.com"
		add := func(e consent.Entry) (added bool) {
			e.BusinessID = b.ID
			write(t, db, func(ctx context.Context, tx *store.Tx) (err error) {
				added, err = tx.AddConsent(ctx, &e)
				return err
			})
			return added
		}
		standing := func(address string, c consent.Channel) consent.Standing {
			s, err := db.Standing(ctx, b.ID, address, c)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		if s := standing(number, consent.Text); s != (consent.Standing{}) {
			t.Errorf("a stranger stands %+v", s)
		}

		j := newJob(b.ID, visit(1), number)
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertJob(ctx, j) })
		if s := standing(number, consent.Text); !s.Booked.Equal(j.CreatedAt) || !s.Turned.Equal(j.CreatedAt) || !s.Relationship(now.Now()) {
			t.Errorf("after booking: %+v", s)
		}

		stop := consent.Entry{Address: number, Channel: consent.Text, Act: consent.Withdrawn, How: consent.SentWord, Words: "STOP", Key: "text:1"}
		if !add(stop) || add(stop) {
			t.Error("the same event is not entered once")
		}
		now.Advance(time.Minute)
		if s := standing(number, consent.Text); !s.Withdrawn || !s.Since.Equal(now.Now().Add(-time.Minute)) {
			t.Errorf("after STOP: %+v", s)
		}
		if s := standing(number, consent.Call); s.Withdrawn {
			t.Errorf("STOP is about calls: %+v", s)
		}
		add(consent.Entry{Address: number, Channel: consent.Text, Act: consent.Restored, How: consent.SentWord, Key: "text:2"})
		if out, err := db.OptedOut(ctx, b.ID, number); out || err != nil || standing(number, consent.Text).Withdrawn {
			t.Errorf("after START: %v, %v", out, err)
		}
		add(consent.Entry{Address: address, Channel: consent.Email, Act: consent.Withdrawn, How: consent.ToldOwner})
		if !standing(address, consent.Email).Withdrawn {
			t.Error("an e-mail address is not withdrawn")
		}
		if out, err := db.OptedOut(ctx, b.ID, address); out || err != nil {
			t.Errorf("an e-mail address is opted out of texts: %v, %v", out, err)
		}

		all, err := db.Consents(ctx, b.ID, "", 0)
		if err != nil || len(all) != 4 || all[3].How != consent.Booked || all[3].Source != j.ID {
			t.Errorf("ledger %+v, %v", all, err)
		}
		if of, err := db.Consents(ctx, b.ID, number, 2); err != nil || len(of) != 2 || of[0].Act != consent.Restored {
			t.Errorf("ledger of a number %+v, %v", of, err)
		}
	})
}

func TestUnregisteredLines(t *testing.T) {
	now := newClock()
	storetest.RunAt(t, now, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		first := now.Now()
		for range 2 { // the first refusal is when it began
			write(t, db, func(ctx context.Context, tx *store.Tx) error {
				return tx.NoteUnregistered(ctx, b.ID, "+13125550100", "30034")
			})
			now.Advance(time.Hour)
		}
		lines, err := db.UnregisteredLines(ctx, b.ID)
		if err != nil || len(lines) != 1 || !lines["+13125550100"].Equal(first) {
			t.Errorf("lines %v, %v", lines, err)
		}
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.ForgetUnregistered(ctx, b.ID, "+13125550100") })
		if lines, err := db.UnregisteredLines(ctx, b.ID); err != nil || len(lines) != 0 {
			t.Errorf("lines %v, %v", lines, err)
		}
	})
}
