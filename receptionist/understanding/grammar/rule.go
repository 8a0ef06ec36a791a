package grammar

import (
	"errors"
	"fmt"
	"strings"
)

// Kind is the type of a span's value: a number, a weekday, a street, an intent. Kind 0 is unused.
type Kind uint16

// Span is a reading of some tokens.
type Span struct {
	Kind     Kind
	From, To int // tokens, half-open
	Value    any // of a comparable type
	Rule     string
	Score    float64
}

// Len is the number of tokens.
func (s *Span) Len() int { return s.To - s.From }

// Rule makes a span of some kind from what its pattern matches. The pattern language is described at Compile.
type Rule struct {
	Name    string
	Kind    Kind
	Pattern string
	// Score is added to the scores of the parts. 0 is an ordinary reading, below 0 a doubtful one.
	Score float64
	// Make gives the value, or false to refuse the match. Nil: the value is Value.
	Make  func(m *Match) (any, bool)
	Value any
}

// Match is what a rule's pattern matched.
type Match struct {
	Env      any // what Parse was given
	Tokens   []Token
	From, To int // tokens, half-open

	captured []capture
}

type capture struct {
	index    int
	span     *Span
	from, to int
}

// Value is the value of the pattern's i-th capture (<kind>), nil where an optional one is absent.
func (m *Match) Value(i int) any {
	for _, c := range m.captured {
		if c.index == i && c.span != nil {
			return c.span.Value
		}
	}
	return nil
}

// Has says whether the i-th capture took part in the match.
func (m *Match) Has(i int) bool {
	for _, c := range m.captured {
		if c.index == i {
			return true
		}
	}
	return false
}

// All gives the values of a repeated capture (<kind+>), in order.
func (m *Match) All(i int) []any {
	var out []any
	for _, c := range m.captured {
		if c.index == i && c.span != nil {
			out = append(out, c.span.Value)
		}
	}
	return out
}

// Range is where the i-th capture lies, in tokens; ok is false when it is absent.
func (m *Match) Range(i int) (from, to int, ok bool) {
	for _, c := range m.captured {
		if c.index == i {
			if !ok {
				from = c.from
			}
			to, ok = c.to, true
		}
	}
	return from, to, ok
}

// Entry is a reading of a single word.
type Entry struct {
	Kind  Kind
	Value any
	Score float64
	Rule  string
}

// Shape reads a token by its form rather than by its letters: figures, ordinals in figures, clock times. The
// readings are appended to out.
type Shape func(t *Token, out []Entry) []Entry

// Class is a predicate over single tokens, for runs of words that no list can hold: names, streets.
type Class func(t *Token) bool

// Spec is all that a grammar is compiled from. Languages and businesses add to it.
type Spec struct {
	Kinds   map[string]Kind           // names for use in patterns
	Tests   map[string]func(any) bool // predicates for <kind:test>
	Classes map[string]Class          // for {class:min-max}
	Words   map[string][]Entry        // single words, by normal form
	Shapes  []Shape
	Rules   []Rule

	Normalize Normalizer
	Stem      func(string) string
	Same      map[string][]string // further normal forms that a word of a pattern stands for
	// Adjust changes normal forms in the light of their neighbours, and leaves out tokens that mean nothing; may be nil.
	Adjust func([]Token) []Token
}

// Add appends rules.
func (s *Spec) Add(rules ...Rule) { s.Rules = append(s.Rules, rules...) }

// AddWords gives every word the same reading.
func (s *Spec) AddWords(kind Kind, value any, rule string, words ...string) {
	for _, w := range words {
		s.Words[w] = append(s.Words[w], Entry{Kind: kind, Value: value, Rule: rule})
	}
}

// Grammar is a compiled Spec. It is safe for concurrent use.
type Grammar struct {
	spec    Spec
	vocab   map[string]int32 // normal forms that patterns mention
	words   []string         // the same, by identity
	begin   map[string]int32 // beginnings of words that patterns mention
	entries map[string][]Entry
	byWord  [][]*variant // by word identity: variants that open with the word
	byBegin [][]*variant
	byKind  [][]*variant
}

// variant is one flat way to match a rule.
type variant struct {
	rule  *Rule
	items []*item // variants of a rule share them
	opens bool    // only where a thought begins
}

type item struct {
	words    []int32
	prefixes []int32
	kind     Kind
	test     func(any) bool
	class    Class
	min, max int  // of class runs and repeated kinds
	gap      int  // up to so many tokens of anything
	guard    Gap  // the next token must come after such a gap
	last     bool // the utterance, or a clause of it, must end here
	optional bool
	repeat   bool
	capture  int // -1: none
}

func (i *item) isWord() bool { return len(i.words) > 0 || len(i.prefixes) > 0 }

// Compile checks and indexes a grammar. Its patterns are sequences, separated by spaces, of:
//
//	word         that normal form           leak*      a word that begins so
//	(a|b c)      any of these sequences     [a|b c]    the same, or nothing
//	(a|b)*       a word that begins with any of these
//	<kind>       a span of the kind         <kind:test>  ... whose value passes the test
//	<kind+>      one or more in a row, the longest first
//	{class:1-3}  one to three tokens of a class, the longest first
//	~3           up to three tokens of anything within the sentence
//	_ , - / #    the next token is glued on, or comes after such a sign
//	$            a pause or the end of the utterance
//	^            before all else: only at the start of the utterance, or after a pause
func Compile(spec Spec) (*Grammar, error) {
	g := &Grammar{spec: spec, vocab: map[string]int32{}, begin: map[string]int32{}, entries: spec.Words}
	var wrong []error
	for i := range spec.Rules {
		r := &spec.Rules[i]
		pattern, opens := strings.CutPrefix(r.Pattern, "^")
		seqs, err := g.parsePattern(pattern)
		for _, items := range seqs {
			err = errors.Join(err, g.index(r, items, opens))
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("rule %q: pattern %q: %w", r.Name, r.Pattern, err))
		}
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	return g, nil
}

// index files a variant under what can open it.
func (g *Grammar) index(r *Rule, items []*item, opens bool) error {
	if len(items) == 0 {
		return fmt.Errorf("it can match nothing")
	}
	first := items[0]
	if first.optional {
		if err := g.index(r, items[1:], opens); err != nil {
			return err
		}
		must := *first
		must.optional = false
		with := append([]*item{&must}, items[1:]...)
		return g.index(r, with, opens)
	}
	v := &variant{rule: r, items: items, opens: opens}
	grow := func(s [][]*variant, i int) [][]*variant {
		for len(s) <= i {
			s = append(s, nil)
		}
		s[i] = append(s[i], v)
		return s
	}
	switch {
	case first.isWord():
		for _, w := range first.words {
			g.byWord = grow(g.byWord, int(w))
		}
		for _, w := range first.prefixes {
			g.byBegin = grow(g.byBegin, int(w))
		}
	case first.kind != 0:
		g.byKind = grow(g.byKind, int(first.kind))
	default:
		return fmt.Errorf("it must open with a word or a kind")
	}
	return nil
}

func (g *Grammar) id(w string) int32 {
	n, ok := g.vocab[w]
	if !ok {
		n = int32(len(g.vocab) + 1)
		g.vocab[w] = n
		g.words = append(g.words, w)
	}
	return n
}

// Words that begin with a prefix of a pattern may go on for so many bytes: "leak*" is leaking, not leakproofness.
const (
	minPrefix  = 3
	maxEnding  = 7
	maxPerWord = 6 // prefixes that one word can have in a grammar
)

func (g *Grammar) prefixID(w string) int32 {
	n, ok := g.begin[w]
	if !ok {
		n = int32(len(g.begin) + 1)
		g.begin[w] = n
	}
	return n
}

// prefixesOf finds the beginnings of a word that patterns mention.
func (g *Grammar) prefixesOf(w string, out *[maxPerWord]int32) {
	n := 0
	for l := max(minPrefix, len(w)-maxEnding); l <= len(w) && n < maxPerWord; l++ {
		if id, ok := g.begin[w[:l]]; ok {
			out[n] = id
			n++
		}
	}
}
