package es

import (
	"testing"

	"fixly/receptionist/understanding/grammar"
)

func TestEveryRuleCompiles(t *testing.T) {
	if _, err := grammar.Compile(spec(map[string]bool{"mike": true})); err != nil {
		t.Fatal(err)
	}
}
