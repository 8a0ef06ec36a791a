package messaging

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/contact"
)

// wish is what a text says about texts, and in what way.
type wish struct {
	word OptOutType
	how  consent.How
	// calls: they want no calls either.
	calls    bool
	language string // of the words, ISO 639-1; empty: either
}

// answeringTime is how long after our last words in a conversation "no más" is an answer to them.
const answeringTime = 2 * time.Hour

// readWish reads a whole text: the word of a list, or words of their own that a reasonable person takes for the same.
// visit says that the sender expects a visit from the business.
func readWish(ctx context.Context, tx Tx, now time.Time, b *business.Business, m Message, visit bool) (wish, error) {
	if word := ReadOptOut(m.Body, visit); word != NoOptOut {
		w := wish{word: word, how: consent.SentWord}
		if isSpanishWord(m.Body) {
			w.language = "es"
		}
		return w, nil
	}
	if m.From == b.Profile.Owner.Phone { // what he writes is about his business
		return wish{}, nil
	}
	if r := consent.Revokes(m.Body, false); !r.None() {
		w := wish{how: consent.PlainWords, calls: r.Calls, language: r.Language}
		if r.Texts {
			w.word = Stop
		}
		return w, nil
	}
	if !answersOrStops[bareWords(m.Body)] {
		return wish{}, nil
	}
	last, err := tx.LastSent(ctx, b.ID, m.From, Talk)
	if err != nil {
		return wish{}, fmt.Errorf("messaging: last words to %s: %w", m.From, err)
	}
	if now.Sub(last) < answeringTime {
		return wish{}, nil
	}
	return wish{word: Stop, how: consent.PlainWords, language: "es"}, nil
}

// answersOrStops are whole texts that answer a question of ours ("anything else?") or, where we asked none, want an end
// of texts.
var answersOrStops = map[string]bool{"no más": true, "no mas": true, "ya no más": true, "ya no mas": true}

// enter adds to the ledger what a text says about texts and calls.
func (w wish) enter(ctx context.Context, tx Tx, m Message) error {
	e := consent.Entry{
		BusinessID: m.BusinessID, Address: m.From, How: w.how, Words: m.Body, Language: w.language, Source: m.ID, At: m.CreatedAt,
	}
	if w.word == Stop || w.word == Start {
		text := e
		text.Channel, text.Act, text.Key = consent.Text, consent.Withdrawn, "text:"+m.ID
		if w.word == Start {
			text.Act = consent.Restored
		}
		if _, err := tx.AddConsent(ctx, &text); err != nil {
			return fmt.Errorf("messaging: note %s of %s: %w", w.word, m.From, err)
		}
	}
	if w.calls {
		e.Channel, e.Act, e.Key = consent.Call, consent.Withdrawn, "call:"+m.ID
		if _, err := tx.AddConsent(ctx, &e); err != nil {
			return fmt.Errorf("messaging: note that %s wants no calls: %w", m.From, err)
		}
	}
	return nil
}

// noteTexted notes that somebody wrote to us, once a day, and that a number which can write can be written to.
func noteTexted(ctx context.Context, tx Tx, b *business.Business, m Message) error {
	if !contact.IsE164(m.From) || b.LineByNumber(m.From) != nil || m.From == b.Profile.Owner.Phone {
		return nil
	}
	if err := tx.ForgetLandline(ctx, b.ID, m.From); err != nil {
		return fmt.Errorf("messaging: note that %s texts: %w", m.From, err)
	}
	_, err := tx.AddConsent(ctx, &consent.Entry{
		BusinessID: b.ID, Address: m.From, Channel: consent.Text, Act: consent.Given, How: consent.TextedUs, Source: m.ID,
		Key: "texted:" + m.From + ":" + m.CreatedAt.UTC().Format(time.DateOnly), At: m.CreatedAt,
	})
	if err != nil {
		return fmt.Errorf("messaging: note that %s texts: %w", m.From, err)
	}
	return nil
}
