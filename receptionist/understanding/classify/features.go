package classify

import "unicode/utf8"

// The sorts of features. Each is hashed together with what it is made of.
const (
	oneWord   byte = iota + 1
	kindred        // a word's group of kin, for those that have one
	twoWords       // next to each other; the ends of a clause count as words
	aroundOne      // two words with any third between
	beginning      // the first letters of a longer word, near enough its stem
	letters        // four letters in a row within a word, its ends included
)

// feature is something that a clause has: its identity, and the words that it is made of.
type feature struct {
	id          uint32
	first, last int // of the words, both included
}

// stemLetters is how many letters of a word stand for its stem.
const stemLetters = 4

// eachFeature gives every feature of the words from from to to.
func eachFeature(text string, words []word, from, to int, give func(feature)) {
	edge := uint32(fnvStart)
	left := edge
	for i := from; i < to; i++ {
		w := &words[i]
		give(feature{mixHash(mix(fnvStart, oneWord), w.hash), i, i})
		if w.kin != w.hash {
			give(feature{mixHash(mix(fnvStart, kindred), w.kin), i, i})
		}
		give(feature{mixHash(mixHash(mix(fnvStart, twoWords), left), w.kin), max(i-1, from), i})
		if i+2 < to {
			give(feature{mixHash(mixHash(mix(fnvStart, aroundOne), w.kin), words[i+2].kin), i, i + 2})
		}
		left = w.kin
		if !w.figures {
			eachPart(text[w.from:w.to], i, give)
		}
	}
	if to > from {
		give(feature{mixHash(mixHash(mix(fnvStart, twoWords), left), edge), to - 1, to - 1})
	}
}

// eachPart gives the features of a word's letters.
func eachPart(s string, i int, give func(feature)) {
	var run [4]rune // the last letters, the newest at the end
	run[3] = '<'
	stem := mix(fnvStart, beginning)
	n := 0
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		if apostrophe(r) {
			continue
		}
		r = plain(r)
		if n++; n <= stemLetters {
			if stem = mixRune(stem, r); n == stemLetters {
				give(feature{stem, i, i})
			}
		}
		run[0], run[1], run[2], run[3] = run[1], run[2], run[3], r
		if run[0] != 0 {
			give(feature{ofRun(&run), i, i})
		}
	}
	if n >= 3 {
		run[0], run[1], run[2], run[3] = run[1], run[2], run[3], '>'
		give(feature{ofRun(&run), i, i})
	}
}

func ofRun(run *[4]rune) uint32 {
	h := mix(fnvStart, letters)
	for _, r := range run {
		h = mixRune(h, r)
	}
	return h
}

// clause is a stretch of words that is looked at by itself.
type clause struct{ from, to int }

// Clauses of longer utterances: a story with one wish in it must not drown the wish.
const (
	mostClauses   = 24
	longClause    = 12 // words; a longer one is looked at in parts, too
	partOfClause  = 10
	stepOfClauses = 5
)

// clauses are the whole utterance, its sentences, and parts of the long ones.
func clauses(words []word, out *[mostClauses]clause) int {
	n := 0
	add := func(from, to int) {
		if n < mostClauses && to > from {
			out[n] = clause{from, to}
			n++
		}
	}
	add(0, len(words))
	if len(words) <= 3 {
		return n
	}
	from := 0
	for i := 1; i <= len(words); i++ {
		if i < len(words) && !words[i].pause {
			continue
		}
		if from > 0 || i < len(words) {
			add(from, i)
		}
		if i-from > longClause {
			for k := from; k < i; k += stepOfClauses {
				add(k, min(k+partOfClause, i))
				if k+partOfClause >= i {
					break
				}
			}
		}
		from = i
	}
	return n
}

// EachFeature gives the identity of every feature of a text, read as one clause. Training counts them.
func EachFeature(text string, kin Kin, give func(id uint32)) {
	var words [mostWords]word
	n := split(text, kin, &words)
	eachFeature(text, words[:n], 0, n, func(f feature) { give(f.id) })
}
