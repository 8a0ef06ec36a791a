package messaging

import (
	"context"
	"fmt"
	"slices"

	"fixly/business"
)

// words is the wording of the texts that this package writes to callers, one implementation per language. Everything
// they need is passed in typed. What the owner is told is in English (words_en.go).
type words interface {
	// LateTextBack replaces the shop's own text-back when that could not leave in time.
	LateTextBack(shop string) string
	Stopped(shop string) string
	Started(shop string) string
	// NoCalls confirms that somebody is not called any more.
	NoCalls(shop string) string
	// Help says who texts and how to reach them; line is written as people write it.
	Help(shop, line string) string
	// Says gives somebody's answer in their own words.
	Says(who, answer string) string
}

// wordsFor are the words for who is at a number: those of the language last spoken with them, as far as the business
// speaks it, and else of its first language; English where there is none.
func wordsFor(ctx context.Context, tx Tx, b *business.Business, number string) (words, error) {
	last, err := tx.LanguageWith(ctx, b.ID, number, "")
	if err != nil {
		return nil, fmt.Errorf("messaging: the language of %s: %w", number, err)
	}
	for _, l := range append([]string{last}, b.Profile.Languages...) {
		if w, ok := catalogues[l]; ok && slices.Contains(b.Profile.Languages, l) {
			return w, nil
		}
	}
	return english{}, nil
}

var catalogues = map[string]words{"en": english{}, "es": spanish{}}
