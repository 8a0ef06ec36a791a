package grammar_test

import (
	"strings"
	"testing"

	"fixly/receptionist/understanding/grammar"
)

const (
	kNumber grammar.Kind = iota + 1
	kSum
	kList
	kName
	kPhrase
)

// toy is a little grammar of sums: "two plus three".
func toy(t *testing.T, rules ...grammar.Rule) *grammar.Grammar {
	t.Helper()
	spec := grammar.Spec{
		Kinds:     map[string]grammar.Kind{"number": kNumber, "sum": kSum},
		Tests:     map[string]func(any) bool{"even": func(v any) bool { return v.(int)%2 == 0 }},
		Classes:   map[string]grammar.Class{"word": func(t *grammar.Token) bool { return !t.Digits && t.Norm != "and" }},
		Words:     map[string][]grammar.Entry{},
		Normalize: func(string) []string { return nil },
		Stem:      grammar.StemEnglish,
	}
	for i, w := range []string{"zero", "one", "two", "three", "four"} {
		spec.AddWords(kNumber, i, "number", w)
	}
	spec.Add(rules...)
	g, err := grammar.Compile(spec)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// longest is the value of the longest span of a kind, and its words.
func longest(g *grammar.Grammar, text string, k grammar.Kind) (any, string) {
	c := g.Parse(text, nil)
	var best *grammar.Span
	c.Each(k, func(s *grammar.Span) {
		if best == nil || s.Len() > best.Len() {
			best = s
		}
	})
	if best == nil {
		return nil, ""
	}
	return best.Value, c.Text(text, best.From, best.To)
}

var sum = grammar.Rule{Name: "sum", Kind: kSum, Pattern: "<number> plus <number>", Make: func(m *grammar.Match) (any, bool) {
	return m.Value(0).(int) + m.Value(1).(int), true
}}

func TestRulesBuildOnEachOther(t *testing.T) {
	g := toy(t, sum,
		grammar.Rule{Name: "chain", Kind: kSum, Pattern: "<number> plus <sum>", Make: func(m *grammar.Match) (any, bool) {
			return m.Value(0).(int) + m.Value(1).(int), true
		}})
	v, words := longest(g, "well, one plus two plus three it is", kSum)
	if v != 6 || words != "one plus two plus three" {
		t.Errorf("got %v from %q", v, words)
	}
}

func TestPatterns(t *testing.T) {
	hit := func(pattern string) grammar.Rule {
		return grammar.Rule{Name: pattern, Kind: kPhrase, Pattern: pattern, Value: true}
	}
	for _, tc := range []struct{ pattern, text, words string }{
		{"leak*", "it is leaking badly", "leaking"},
		{"(drip|leak)*", "the leaks", "leaks"},
		{"[very] wet", "very wet", "very wet"},
		{"[very] wet", "wet", "wet"},
		{"(burst|broken) pipe", "a broken pipe", "broken pipe"},
		{"no ~2 heat", "no damn working heat", "no damn working heat"},
		{"no ~2 heat", "no way. heat it", ""},
		{"number <number:even>", "number two", "number two"},
		{"number <number:even>", "number three", ""},
		{"call {word:1-2} and", "call big bob and tell", "call big bob and"},
		{"_ pm", "", ""},
		{"at , noon", "at, noon", "at, noon"},
		{"at , noon", "at noon", ""},
		{"stop $", "please stop, now", "stop"},
		{"stop $", "please stop it", ""},
		{"(a|b (c|d)) e", "b d e", "b d e"},
	} {
		if strings.HasPrefix(tc.pattern, "_") {
			continue
		}
		if _, words := longest(toy(t, hit(tc.pattern)), tc.text, kPhrase); words != tc.words {
			t.Errorf("%q on %q matched %q, want %q", tc.pattern, tc.text, words, tc.words)
		}
	}
}

func TestRepetitionTakesTheLongestThatIsAllowed(t *testing.T) {
	g := toy(t, grammar.Rule{Name: "run", Kind: kList, Pattern: "<number+>", Make: func(m *grammar.Match) (any, bool) {
		n := len(m.All(0))
		return n, n <= 3 // refuses longer ones
	}})
	if v, _ := longest(g, "one two three", kList); v != 3 {
		t.Errorf("took %v numbers, want 3", v)
	}
	if v, _ := longest(g, "one two three four", kList); v != 3 {
		t.Errorf("took %v numbers, want 3", v)
	}
}

func TestCompileSaysWhatIsWrong(t *testing.T) {
	for pattern, want := range map[string]string{
		"(a|b":      `a ")" is missing`,
		"<nothing>": `no kind is called "nothing"`,
		"{nothing}": `no class is called "nothing"`,
		"~3 a":      "must open with a word or a kind",
		"[a]":       "can match nothing",
		"~x a":      "a gap is written ~3",
		"a)":        "unexpected",
	} {
		_, err := grammar.Compile(grammar.Spec{
			Kinds: map[string]grammar.Kind{}, Normalize: func(string) []string { return nil }, Stem: grammar.StemEnglish,
			Rules: []grammar.Rule{{Name: "r", Kind: 1, Pattern: pattern}},
		})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", pattern, err, want)
		}
	}
}

func TestCoverPrefersFewLongReadings(t *testing.T) {
	g := toy(t, sum)
	c := g.Parse("one plus two and three", nil)
	var got []string
	for _, s := range c.Cover(func(*grammar.Span) bool { return true }, nil) {
		got = append(got, s.Rule)
	}
	if strings.Join(got, ",") != "sum,number" {
		t.Errorf("covered by %v", got)
	}
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"Come at 3:30pm, ok?":         "come|at|3:30|pm|ok",
		"p.m. and a.m.":               "pm|and|am",
		"O'Rourke o’clock":            "o'rourke|o'clock",
		"the 19th, $1,450":            "the|19th|1450",
		"773-555-0123":                "773|555|0123",
		"11/25 Oct/2":                 "11/25|oct|2",
		"5,6":                         "5|6",
		"señor Ñandú":                 "señor|ñandú",
		"\xff\xfe broken \xc3\x28 ok": "broken|ok",
	} {
		var got []string
		for _, tok := range grammar.Tokenize(text, func(string) []string { return nil }, grammar.StemEnglish) {
			got = append(got, tok.Norm)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", text, strings.Join(got, "|"), want)
		}
	}
}

func TestStemsMeet(t *testing.T) {
	for _, family := range []string{"leak leaks leaking leaked leaky", "clog clogs clogged clogging", "replace replaced replacing replacement replaces", "drip dripping drips dripped"} {
		words := strings.Fields(family)
		for _, w := range words[1:] {
			if grammar.StemEnglish(w) != grammar.StemEnglish(words[0]) {
				t.Errorf("%s is %s, %s is %s", w, grammar.StemEnglish(w), words[0], grammar.StemEnglish(words[0]))
			}
		}
	}
}

func FuzzTokenize(f *testing.F) {
	f.Add("it's 3:30 p.m., o'clock 19th 1,450 \xff")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, tok := range grammar.Tokenize(text, func(string) []string { return nil }, grammar.StemEnglish) {
			if tok.From < last || tok.To < tok.From || tok.To > len(text) {
				t.Fatalf("token %+v of %q", tok, text)
			}
			last = tok.From
		}
	})
}

// A wording that opens a thought counts at the start and after a pause only.
func TestOpening(t *testing.T) {
	g := toy(t, grammar.Rule{Name: "what", Kind: kPhrase, Pattern: "^what $", Value: true}, grammar.Rule{Name: "number", Kind: kPhrase, Pattern: "^<number> $", Value: true})
	for text, want := range map[string]bool{"what": true, "well, what": true, "you know what": false, "two": true, "what two": false} {
		c := g.Parse(text, nil)
		found := false
		c.Each(kPhrase, func(*grammar.Span) { found = true })
		c.Release()
		if found != want {
			t.Errorf("%q: %v", text, found)
		}
	}
}
