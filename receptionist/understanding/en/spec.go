package en

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// Spec is the grammar of English without any business's own words. Each call gives a fresh one, to be added to
// and compiled.
func Spec() grammar.Spec {
	s := grammar.Spec{
		Kinds:     m.Names,
		Tests:     map[string]func(any) bool{},
		Classes:   map[string]grammar.Class{},
		Words:     map[string][]grammar.Entry{},
		Normalize: normalize,
		Stem:      grammar.StemEnglish,
	}
	numbers(&s)
	calendar(&s)
	dates(&s)
	holidays(&s)
	clock(&s)
	hours(&s)
	wishes(&s)
	return s
}

// as gives the value of a capture, or the zero value where it is absent.
func as[T any](mt *grammar.Match, i int) T {
	v, _ := mt.Value(i).(T)
	return v
}

// test makes a predicate over values of one type.
func test[T any](f func(T) bool) func(any) bool {
	return func(v any) bool {
		x, ok := v.(T)
		return ok && f(x)
	}
}

func now(mt *grammar.Match) *m.Now { return mt.Env.(*m.Now) }
