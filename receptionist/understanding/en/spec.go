package en

import (
	"maps"
	"sync"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/packs"
)

// Language is English.
var Language = sync.OnceValue(func() *m.Language {
	return &m.Language{Code: "en", Words: words(), People: names(), Tells: tells, Spec: spec, City: city, Title: Title, With: " with ", Or: " or "}
})

// spec is the grammar of English, see m.Language.
func spec(staff map[string]bool) grammar.Spec {
	s := grammar.Spec{
		Kinds:     maps.Clone(m.Names), // compiling adds to it
		Tests:     map[string]func(any) bool{},
		Classes:   map[string]grammar.Class{},
		Words:     map[string][]grammar.Entry{},
		Normalize: normalize,
		Stem:      grammar.StemEnglish,
		Same:      map[string][]string{"is": {"'s"}},
		Adjust:    adjust,
	}
	s.Classes["staff"] = func(t *grammar.Token) bool { return staff[t.Norm] }
	numbers(&s)
	addresses(&s)
	packs.Add(&s, "en")
	people(&s)
	s.AddWords(m.KLanguage, "es", "language", "spanish", "español", "espanol", "castellano")
	s.AddWords(m.KLanguage, "en", "language", "english", "ingles", "inglés")
	phrases(&s)
	calendar(&s)
	dates(&s)
	holidays(&s)
	clock(&s)
	hours(&s)
	wishes(&s)
	return s
}
