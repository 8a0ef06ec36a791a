package grammar

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Gap says what stood between a token and the one before it.
type Gap uint16

// The kinds of gap. Several can hold at once.
const (
	Glued  Gap = 1 << iota // nothing at all: "2" and "pm" of "2pm"
	Comma                  // a comma, semicolon, line break or other short pause
	Stop                   // the end of a sentence
	Hyphen                 // a hyphen or dash
	Slash                  // a slash
	Hash                   // a number sign
	Colon                  // a colon
	Dollar                 // a currency sign
	At                     // an @, as in mail addresses
)

// Token is a word, a number or a sign, with its normal form.
type Token struct {
	Norm     string // lower case, contractions taken apart: "don't" is "do" and "not"
	Stem     string // Norm without its ending: "leaking" and "leaks" are "leak"
	Written  string // as written, in lower case: where Norm has no accents, this has
	From, To int    // bytes of the text; the parts of a contraction share them
	Gap      Gap    // what stood before
	Digits   bool   // written in figures
	Letter   bool   // a single letter standing alone

	word   int32             // identity in the grammar's vocabulary, 0 when unknown
	begins [maxPerWord]int32 // prefixes that patterns mention, 0 after the last
}

// Normalizer turns a written word, in lower case, into its parts in normal form. It returns nil to keep the
// word as it is.
type Normalizer func(word string) []string

// Limits on what is read of one utterance; the rest is left out. A minute of talk is about 150 words.
const (
	MaxBytes  = 4000
	MaxTokens = 320
)

// Tokenize splits a text into tokens. It accepts any bytes.
func Tokenize(text string, normalize Normalizer, stem func(string) string) []Token {
	if len(text) > MaxBytes {
		text = text[:MaxBytes]
	}
	t := tokenizer{text: text, normalize: normalize, stem: stem}
	t.out = make([]Token, 0, len(text)/4+2)
	t.gap = Stop
	for t.pos < len(text) && len(t.out) < MaxTokens {
		r, n := utf8.DecodeRuneInString(text[t.pos:])
		switch {
		case unicode.IsDigit(r) && r < utf8.RuneSelf:
			t.number()
		case unicode.IsLetter(r):
			t.word()
		default:
			t.sign(r, n)
		}
	}
	return t.out
}

type tokenizer struct {
	text      string
	pos       int
	gap       Gap
	gapBytes  int
	out       []Token
	normalize Normalizer
	stem      func(string) string
}

func (t *tokenizer) sign(r rune, n int) {
	switch r {
	case ',', ';', '\n', '(', ')', '…':
		t.gap |= Comma
	case '.', '?', '!', '¿', '¡':
		t.gap |= Stop
	case '-', '–', '—':
		t.gap |= Hyphen
	case '/':
		t.gap |= Slash
	case '#':
		t.gap |= Hash
	case ':':
		t.gap |= Colon
	case '$', '€', '£':
		t.gap |= Dollar
	case '@':
		t.gap |= At
	}
	t.pos += n
	t.gapBytes += n
}

func (t *tokenizer) emit(norm string, from, to int, digits bool) {
	if len(t.out) >= MaxTokens {
		return
	}
	g := t.gap
	if t.gapBytes == 0 && len(t.out) > 0 {
		g |= Glued
	}
	t.gap, t.gapBytes = 0, 0
	tok := Token{Norm: norm, Written: norm, From: from, To: to, Gap: g, Digits: digits}
	tok.Letter = !digits && to-from == 1
	if digits {
		tok.Stem = norm
	} else {
		tok.Stem = t.stem(norm)
	}
	t.out = append(t.out, tok)
}

// number reads figures with the separators that belong to them: "3:30", "11/25", "1,450", "19th".
func (t *tokenizer) number() {
	s, i := t.text, t.pos
	digit := func(k int) bool { return k < len(s) && s[k] >= '0' && s[k] <= '9' }
	for digit(i) {
		i++
		if i < len(s) && digit(i+1) {
			switch s[i] {
			case ':', '/':
				i++
			case ',': // thousands only: "1,450" but not "5,6"
				if i-t.pos <= 3 && digit(i+2) && digit(i+3) && !digit(i+4) {
					i++
				}
			}
		}
	}
	from := t.pos
	t.pos = i
	end := i
	for end < len(s) && end-i < 3 && isLetterByte(s[end]) {
		end++
	}
	if suffix := strings.ToLower(s[i:end]); len(suffix) == 2 && !strings.ContainsAny(s[from:i], ":/,") {
		switch suffix {
		case "st", "nd", "rd", "th":
			t.pos = end
			t.emit(s[from:i]+suffix, from, end, true)
			return
		}
	}
	t.emit(strings.ReplaceAll(s[from:i], ",", ""), from, i, true)
}

func isLetterByte(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// word reads letters with apostrophes inside, takes contractions apart, and joins "a.m." and "p.m.".
func (t *tokenizer) word() {
	s, from := t.text, t.pos
	i := from
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsLetter(r) || unicode.IsMark(r) {
			i += n
			continue
		}
		if r == '\'' || r == '’' || r == '"' || r == '`' {
			if next, _ := utf8.DecodeRuneInString(s[i+n:]); unicode.IsLetter(next) && i+n < len(s) {
				i += n
				continue
			}
		}
		break
	}
	w := lower(s[from:i])
	// "a.m." and "p.m."
	if len(w) == 1 && i+1 < len(s) && s[i] == '.' && isLetterByte(s[i+1]) && s[i+1]|0x20 == 'm' &&
		(i+2 >= len(s) || !isLetterByte(s[i+2])) && (w == "a" || w == "p") {
		t.pos = i + 2
		if t.pos < len(s) && s[t.pos] == '.' {
			t.pos++
		}
		t.emit(w+"m", from, i+2, false)
		return
	}
	t.pos = i
	parts := t.normalize(w)
	if parts == nil {
		t.emit(w, from, i, false)
		return
	}
	for k, p := range parts {
		t.emit(p, from, i, false)
		if n := len(t.out); len(parts) == 1 && t.out[n-1].From == from {
			t.out[len(t.out)-1].Written = w
		}
		if k+1 < len(parts) {
			t.gapBytes = 1 // the parts of a contraction are words apart
		}
	}
}

// lower gives lower case with plain apostrophes.
func lower(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' || c == '"' || c == '`' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '’', '"', '`':
			return '\''
		}
		return unicode.ToLower(r)
	}, s)
}
