package messaging

import "fixly/business"

// words is the wording of the texts that this package writes, one implementation per language. Everything they
// need is passed in typed.
type words interface {
	// LateTextBack replaces the shop's own text-back when that could not leave in time.
	LateTextBack(shop string) string
	Stopped(shop string) string
	Started(shop string) string
	// Help says who texts and how to reach them; line is written as people write it.
	Help(shop, line string) string
	// OnlyPictures answers a text without words.
	OnlyPictures() string
	// NotDelivered tells the owner that a text of a kind did not reach number, and the carrier's reason.
	NotDelivered(kind Kind, number, why string) string
	// Unanswered tells the owner of a text that the receptionist did not answer.
	Unanswered(number, body string, why Reason) string
}

// wordsFor is the catalogue of the business's first language; English where there is none.
func wordsFor(b *business.Business) words {
	for _, l := range b.Profile.Languages {
		if w, ok := catalogues[l]; ok {
			return w
		}
	}
	return english{}
}

var catalogues = map[string]words{"en": english{}}
