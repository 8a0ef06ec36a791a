package understanding

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// surelyAsked is how sure the intent of speaking a language must be.
const surelyAsked = 0.8

// readLanguageAsked finds the language that is asked for: the one that is named ("in English, please"), the caller's own
// where another is named to say that they don't speak it ("no hablo inglés"), or where none is ("¿alguien que hable ...?").
func (u *utterance) readLanguageAsked() {
	if u.score(IntentLanguage) <= surelyAsked {
		return
	}
	not := "" // a language that the caller says they don't speak
	u.chart.Each(m.KLanguage, func(s *grammar.Span) {
		switch code := s.Value.(string); {
		case u.denied(s.From), u.is(s.From-2, m.WDenies), u.is(s.From-3, m.WDenies):
			not = code // "i don't speak english", "no hablo nada de inglés"
		default:
			u.out.LanguageAsked = code
		}
	})
	if u.out.LanguageAsked != "" {
		return
	}
	switch own := u.out.Language; {
	case own != "" && own != not:
		u.out.LanguageAsked = own
	case not == "es":
		u.out.LanguageAsked = "en"
	default:
		u.out.LanguageAsked = "es" // "do you have a bilingual person"
	}
}
