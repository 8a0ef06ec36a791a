package rules

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// As gives the value of a capture, or the zero value where it is absent.
func As[T any](mt *grammar.Match, i int) T {
	v, _ := mt.Value(i).(T)
	return v
}

// Test makes a predicate over values of one type.
func Test[T any](f func(T) bool) func(any) bool {
	return func(v any) bool {
		x, ok := v.(T)
		return ok && f(x)
	}
}

// Now is the present as the rules see it.
func Now(mt *grammar.Match) *m.Now { return mt.Env.(*m.Now) }

// Before is the normal form of the word before a match, "" at the start and after a pause.
func Before(mt *grammar.Match) string {
	if mt.From == 0 || mt.Tokens[mt.From].Gap&(grammar.Comma|grammar.Stop) != 0 {
		return ""
	}
	return mt.Tokens[mt.From-1].Norm
}
