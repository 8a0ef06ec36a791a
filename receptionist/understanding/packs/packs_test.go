package packs_test

import (
	"maps"
	"testing"

	"fixly/business/trades"
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/packs"
)

// TestTheWordsOfEachLanguageCompile reads every pattern of every pack.
func TestTheWordsOfEachLanguageCompile(t *testing.T) {
	for _, language := range trades.Languages() {
		s := grammar.Spec{Kinds: maps.Clone(m.Names), Tests: map[string]func(any) bool{}, Classes: map[string]grammar.Class{}, Words: map[string][]grammar.Entry{}}
		packs.Add(&s, language)
		if len(s.Rules) < 300 {
			t.Errorf("%s: %d rules only", language, len(s.Rules))
		}
		if _, err := grammar.Compile(s); err != nil {
			t.Errorf("%s: %v", language, err)
		}
	}
}

// TestDangerHasWordsInEveryLanguage: whoever calls in danger is understood.
func TestDangerHasWordsInEveryLanguage(t *testing.T) {
	l := trades.All()
	for _, language := range trades.Languages() {
		for name, d := range l.Dangers {
			if len(d.Words[language]) == 0 {
				t.Errorf("danger %s has no words in %q", name, language)
			}
		}
		for name, u := range l.Urgency {
			if len(u[language]) == 0 {
				t.Errorf("urgency %s has no words in %q", name, language)
			}
		}
	}
}
