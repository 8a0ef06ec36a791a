package understanding

import (
	"fmt"
	"slices"

	"fixly/business"
	"fixly/receptionist/understanding/classify"
	"fixly/receptionist/understanding/en"
	"fixly/receptionist/understanding/es"
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// known are the languages that can be understood. Words of any of them are recognised; the rules are compiled for the
// languages of a shop only.
func known() []*m.Language { return []*m.Language{en.Language(), es.Language()} }

// language is one language as a shop's callers speak it: its rules together with the names of the shop.
type language struct {
	*m.Language
	g     *grammar.Grammar
	model *classify.Model // of wordings that no rule knows
}

// languagesOf compiles the languages of a business, its first one first. English is always among them: whoever calls in
// the United States may speak it.
func languagesOf(b *business.Business, staff map[string]bool) []*language {
	var out []*language
	for _, code := range append(slices.Clone(b.Profile.Languages), "en") {
		i := slices.IndexFunc(known(), func(l *m.Language) bool { return l.Code == code })
		if i < 0 || slices.ContainsFunc(out, func(l *language) bool { return l.Code == code }) {
			continue
		}
		out = append(out, compile(known()[i], b, staff))
	}
	return out
}

// models are what was learned from utterances of each language.
var models = map[string]func() *classify.Model{"en": classify.English, "es": classify.Spanish}

func compile(l *m.Language, b *business.Business, staff map[string]bool) *language {
	spec := l.Spec(staff)
	for _, c := range b.ServiceArea.Cities {
		l.City(&spec, c)
	}
	g, err := grammar.Compile(spec)
	if err != nil {
		// The rules are part of the program and every one is compiled by the tests; a business adds names only.
		panic(fmt.Sprintf("understanding: language %s: %v", l.Code, err))
	}
	return &language{l, g, models[l.Code]()}
}

// language is the one of the shop's that has a code, its first one if none has.
func (e *Engine) language(code string) *language {
	for _, l := range e.langs {
		if l.Code == code {
			return l
		}
	}
	return e.langs[0]
}
