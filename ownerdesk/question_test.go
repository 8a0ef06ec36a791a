package ownerdesk_test

import (
	"context"
	"slices"
	"testing"

	"fixly/receptionist"
	"fixly/store"
)

// asks puts a customer's question to the owner.
func (d *desk) asks(peer, question string) {
	d.t.Helper()
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		now := d.clock.Now()
		return tx.AskOwner(ctx, &receptionist.OwnerQuestion{
			BusinessID: d.b.ID, Peer: peer, ConversationID: "conv_1", Question: question, AskedAt: now, DueAt: now.Add(d.b.AnswerWithin()),
		})
	})
	d.tells(peer)
}

func TestTheOwnersAnswerIsPassedOn(t *testing.T) {
	each(t, func(d *desk) {
		d.asks(karen, "do you work on Navien?")
		d.asks(karen, "and on Rinnai?") // one at a time
		d.wants(owner, "12 yes we do", "Sorry, I don't know that one...")
		d.wants(owner, "10 yes we do", `Passed on to (312) 555-0142. "keep 10" makes it my answer for whoever asks next.`)
		d.wants(owner, "10 and Rinnai", "Sorry, I don't know that one...") // it is answered
		if got := d.texts(karen); !slices.Equal(got, []string{`conversation: Mike says: "yes we do"`}) {
			d.t.Errorf("Karen gets %q", got)
		}
		d.wants(owner, "keep 11", "There is no answer of yours in 11.")
		d.wants(owner, "keep 10", `Kept. Whoever asks "do you work on Navien?" hears: "yes we do"`)
		d.wants(owner, "keep 10", "That one is kept already.")
		all, err := d.db.Businesses(d.t.Context())
		if err != nil {
			d.t.Fatal(err)
		}
		faqs := all[0].FAQs
		if last := faqs[len(faqs)-1]; last.Q != "do you work on Navien?" || last.A != "yes we do" {
			d.t.Errorf("the shop's answers are %+v", faqs)
		}
	})
}

func TestTheOnlyQuestionNeedsNoNumber(t *testing.T) {
	each(t, func(d *desk) {
		d.asks(karen, "do you work on Navien?")
		d.wants(owner, "y", "Passed on to...")
		d.asks(karen, "how old is your oldest truck?")
		d.asks(owen, "do you take pets along?")
		d.wants(owner, "no never", "Sorry, I don't know that one...") // which one?
		d.wants(owner, "11 no never", "Passed on to...")
		d.wants(owner, "ten years", "Passed on to...")
	})
}

func TestAnAnswerWhereTheOwnerHoldsTheThread(t *testing.T) {
	each(t, func(d *desk) {
		d.asks(karen, "do you work on Navien?")
		d.says(owner, "to 10: Hi, Mike here.")
		d.wants(owner, "10 yes we do", "Passed on to...")
		if got := d.texts(karen); !slices.Equal(got, []string{"person: Hi, Mike here.", "person: yes we do"}) {
			d.t.Errorf("Karen gets %q", got)
		}
	})
}
