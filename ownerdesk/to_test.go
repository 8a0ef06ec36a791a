package ownerdesk_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"fixly/consent"
	"fixly/store"
)

func TestWritingToACustomer(t *testing.T) {
	each(t, func(d *desk) {
		d.wants(owner, "to 10: hello", "There is no thread 10.")
		d.book(24, 11, "Karen Whitfield", karen, "Luis Ortega")
		if n := d.tells(karen); n != 10 {
			d.t.Fatalf("the thread has number %d", n)
		}
		d.wants(owner, "to karen hello", "Sorry, I don't know that one...")
		d.wants(owner, "to 11: hello", "There is no thread 11. The latest: 10 Karen Whitfield.")
		d.wants(owner, "to 10", `Say what, too: "to 10: on our way".`)
		d.wants(owner, "to 10: On our way", `Sent to Karen Whitfield. Their thread is yours now, I stay out of it until you are silent for 2 hours or say "release 10".`)
		d.wants(owner, "Blue door, right?", "") // the only thread in his hands
		d.wants(owner, "today", "Today...")     // a command all the same
		d.wants(owner, "y", "Sorry, I don't know that one...")
		if got := d.texts(karen); !slices.Equal(got, []string{"person: On our way", "person: Blue door, right?"}) {
			d.t.Errorf("Karen gets %q", got)
		}
		held, err := d.db.Takeovers(d.t.Context(), d.b.ID)
		if err != nil || len(held) != 1 || held[0].By != "Mike Rossi" || held[0].Phone != owner {
			d.t.Fatalf("held: %+v, %v", held, err)
		}
		d.wants(owner, "release 10", "I answer Karen Whitfield again.")
		d.wants(owner, "release", "I answer there already.")
		d.wants(owner, "anybody there", "Sorry, I don't know that one...")
	})
}

func TestWritingToSeveral(t *testing.T) {
	each(t, func(d *desk) {
		d.tells(karen)
		d.tells(owen)
		d.says(owner, "to 10: one")
		d.says(owner, "to 11: two")
		d.wants(owner, "for whom is this", `For whom? 10 (312) 555-0142; 11 (312) 555-0143. Say "to 10: ...".`)
		d.wants(owner, "release", "I answer (312) 555-0142 and (312) 555-0143 again.")
	})
}

func TestAfterTheTimeTheThreadIsNobodys(t *testing.T) {
	each(t, func(d *desk) {
		d.tells(karen)
		d.says(owner, "to 10: one")
		d.clock.Advance(2 * time.Hour)
		d.wants(owner, "and another thing", "Sorry, I don't know that one...")
	})
}

func TestNotSentToWhoOptedOut(t *testing.T) {
	each(t, func(d *desk) {
		d.tells(karen)
		d.tx(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.AddConsent(ctx, &consent.Entry{BusinessID: d.b.ID, Address: karen, Channel: consent.Text, Act: consent.Withdrawn, How: consent.SentWord})
			return err
		})
		d.wants(owner, "to 10: one", "Not sent to (312) 555-0142: They said STOP to texts.")
	})
}
