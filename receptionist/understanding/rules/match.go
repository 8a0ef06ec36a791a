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
