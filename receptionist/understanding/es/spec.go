package es

import (
	"maps"
	"sync"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/packs"
	"fixly/receptionist/understanding/rules"
)

// Language is Spanish.
var Language = sync.OnceValue(func() *m.Language {
	return &m.Language{Code: "es", Words: words(), People: names(), Tells: tells, Spec: spec, City: city, Title: title, With: " con ", Or: " o "}
})

// spec is the grammar of Spanish, see m.Language. The trades' English words are part of it: Spanish speakers in the
// United States say "el water heater" and "el basement".
func spec(staff map[string]bool) grammar.Spec {
	s := grammar.Spec{
		Kinds:     maps.Clone(m.Names), // compiling adds to it
		Tests:     map[string]func(any) bool{},
		Classes:   map[string]grammar.Class{},
		Words:     map[string][]grammar.Entry{},
		Normalize: normalize,
		Stem:      stem,
		Adjust:    adjust,
	}
	s.Classes["staff"] = func(t *grammar.Token) bool { return staff[t.Written] || staff[t.Norm] }
	s.AddWords(m.KLanguage, "es", "language", "espanol", "castellano", "spanish")
	s.AddWords(m.KLanguage, "en", "language", "ingles", "english")
	numbers(&s)
	addresses(&s)
	packs.Add(&s, "es")
	packs.Add(&s, "en")
	people(&s)
	phrases(&s)
	calendar(&s)
	dates(&s)
	holidays(&s)
	clock(&s)
	hours(&s)
	wishes(&s)
	for i := range s.Rules {
		s.Rules[i].Pattern = normal(s.Rules[i].Pattern)
	}
	return s
}

// phrases reads what callers mean: intents, yes and no, choices, questions. Their wordings are data.
func phrases(s *grammar.Spec) {
	files.Phrases(s)
	s.Add(
		grammar.Rule{Name: m.RuleNth, Kind: m.KPick, Pattern: "[el|la|a la|ese|esa] <ordinal> [hora|opción|cita|horario|de esas|de esos|de ellas]", Make: rules.Nth},
		grammar.Rule{Name: "choice: number", Kind: m.KPick, Pattern: "[la|el] (opción|número|opcion) <number>", Make: rules.Nth},
	)
}

func as[T any](mt *grammar.Match, i int) T { return rules.As[T](mt, i) }

func test[T any](f func(T) bool) func(any) bool { return rules.Test(f) }

func now(mt *grammar.Match) *m.Now { return rules.Now(mt) }
