package guard

import (
	"slices"
	"strings"
)

// Source is something that the shop says of itself, which a sentence of a model may draw on.
type Source struct {
	Asked string // the question that it answers; its words may be used again, its claims may not
	Says  string
}

// longestFree is how many words a sentence of a model may have, by ear.
const longestFree = 25

// CheckFree lists what is wrong with a sentence that a model composed. The flow's own sentences are made from typed values,
// and Check looks for what slipped through; here nothing is believed. A sentence passes if one of the sources holds all
// that it says:
//
//   - every word that carries meaning is the source's, whatever it is: a name, a trade, a street, an address of the web;
//   - numbers, sums and promises stand beside the same words as in the source, so that "free" stays with the estimates;
//   - it says yes where the source does, and no where the source does, and leaves out no "only" and no "except".
//
// Whatever is in doubt does not pass: the flow has words of its own.
func (g *Guard) CheckFree(sentence string, sources []Source) []Violation {
	if v := formOf(sentence); v != "" {
		return []Violation{{sentence, v, sentence}}
	}
	words := read(sentence)
	var least []Violation
	for i, s := range sources {
		var found []Violation
		s.check(words, func(what, said string) { found = append(found, Violation{sentence, what, said}) })
		if len(found) == 0 {
			return nil
		}
		if i == 0 || len(found) < len(least) {
			least = found
		}
	}
	if least == nil {
		return []Violation{{sentence, "source", sentence}}
	}
	return least
}

// formOf says what rules a sentence out before it is read; empty when nothing does.
func formOf(sentence string) string {
	switch n := len(strings.Fields(sentence)); {
	case n == 0 || n > longestFree:
		return "length"
	case strings.ContainsAny(sentence, "?¿"):
		return "question" // a turn asks one question, and the flow asks it
	case strings.ContainsAny(sentence, "<>{}[]|\\`_*#="):
		return "markup"
	case hidden(sentence):
		return "hidden characters"
	}
	return ""
}

// check compares a sentence with one source.
func (s *Source) check(words []word, bad func(what, said string)) {
	says, asked := read(s.Says), read(s.Asked)
	meant := 0
	for i, w := range words {
		if w.neutral {
			continue
		}
		switch in := has(says, w); {
		case w.sensitive() && !in:
			bad(w.kind(), w.text)
		case w.sensitive() && !beside(words, i, says):
			bad(w.kind()+" out of place", w.text)
		case in:
			meant++
		case !has(asked, w):
			bad(w.kind(), w.text)
		}
	}
	if meant == 0 {
		bad("source", "nothing of it")
	}
	if no := negated(words); no != negated(says) {
		bad("yes or no", first(words))
	}
	if agrees(words) && !agrees(says) {
		bad("yes or no", first(words))
	}
	for _, w := range says {
		if limits[w.text] && !has(words, w) {
			bad("limit left out", w.text)
		}
	}
}

// CheckSummary lists what is wrong with a sentence that a model wrote for the owner about a conversation: what was said is
// all that it may tell, beside the words of telling.
func (g *Guard) CheckSummary(sentence string, said []string) []Violation {
	if v := formOf(sentence); v != "" && v != "length" || len(strings.Fields(sentence)) > 2*longestFree {
		return []Violation{{sentence, "form", sentence}}
	}
	var all []word
	for _, s := range said {
		all = append(all, joined(read(s))...)
	}
	var out []Violation
	for _, w := range read(sentence) {
		if !w.neutral && !telling[w.stem] && !has(all, w) {
			out = append(out, Violation{sentence, w.kind(), w.text})
		}
	}
	return out
}

// joined makes one number of digits that were read out one by one: the 4 of a telephone number is no time.
func joined(words []word) []word {
	var out []word
	for i := 0; i < len(words); {
		end, digits := i, ""
		for end < len(words) && len(words[end].number) == 1 {
			digits += words[end].number
			end++
		}
		if len(digits) < 3 {
			out = append(out, words[i])
			i++
			continue
		}
		out = append(out, word{text: digits, stem: digits, number: digits})
		i = end
	}
	return out
}

// has says whether a word is among others: the same number, or the same stem.
func has(words []word, w word) bool {
	return slices.ContainsFunc(words, func(x word) bool { return x.same(w) })
}

// beside says whether the words that stand next to one, those without meaning left out, stand next to it in the source.
func beside(words []word, at int, source []word) bool {
	before, after := neighbour(words, at, -1), neighbour(words, at, 1)
	for i, w := range source {
		if !w.same(words[at]) {
			continue
		}
		b, a := neighbour(source, i, -1), neighbour(source, i, 1)
		near := func(x *word) bool { return x == nil || b != nil && x.same(*b) || a != nil && x.same(*a) }
		if near(before) && near(after) && (before != nil || after != nil || b == nil && a == nil) {
			return true
		}
	}
	return false
}

func neighbour(words []word, at, step int) *word {
	for i := at + step; i >= 0 && i < len(words); i += step {
		if !words[i].neutral {
			return &words[i]
		}
	}
	return nil
}

func negated(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return negations[w.text] })
}

// agrees says whether a sentence begins with a yes.
func agrees(words []word) bool { return len(words) > 0 && yeses[words[0].text] }

func first(words []word) string {
	if len(words) == 0 {
		return ""
	}
	return words[0].text
}
