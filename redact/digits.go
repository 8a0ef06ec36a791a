package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word or a group of digits.
type token struct {
	from, to int
	word     string // lower case; empty for digits
	digits   string // ASCII; empty for words
	stop     bool   // a comma or the end of a sentence comes before it
	joined   bool   // only spaces and marks of punctuation come before it
}

// scan splits a text into words and groups of digits. Everything else is the gap between them.
func scan(s string) []token {
	var out []token
	gapFrom := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		digit, letter := unicode.Is(unicode.Nd, r), unicode.IsLetter(r)
		if !digit && !letter {
			i += n
			continue
		}
		t := token{from: i, joined: true}
		for _, g := range s[gapFrom:i] {
			t.stop = t.stop || strings.ContainsRune(",.;?!\n", g)
			t.joined = t.joined && (unicode.IsSpace(g) || unicode.IsPunct(g) || g == '+')
		}
		var b strings.Builder
		for i < len(s) {
			r, n := utf8.DecodeRuneInString(s[i:])
			if digit && unicode.Is(unicode.Nd, r) {
				b.WriteByte(digitOf(r))
			} else if letter && (unicode.IsLetter(r) || unicode.IsMark(r) || r == '\'' || r == '’') {
				b.WriteRune(unicode.ToLower(r))
			} else {
				break
			}
			i += n
		}
		t.to = i
		if digit {
			t.digits = b.String()
		} else {
			t.word = b.String()
		}
		out = append(out, t)
		gapFrom = i
	}
	return out
}

// digitOf is a decimal digit of any script as ASCII. Unicode keeps each script's ten in order, and their ranges begin
// with zero.
func digitOf(r rune) byte {
	if r < 128 {
		return byte(r)
	}
	zero := r
	for zero > 0 && r-zero < 9 && unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	if r-zero == 9 || !unicode.Is(unicode.Nd, zero-1) {
		return byte('0' + (r - zero))
	}
	return byte('0' + (r-zero)%10)
}

// run is digits that follow one another, spoken or written.
type run struct {
	from, to int // tokens
	digits   string
	ends     []int // how many digits there are after each token from..to-1
}

var units = map[string]string{
	"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
	"ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
	"cero": "0", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "ocho": "8", "nueve": "9",
	"diez": "10", "once": "11", "doce": "12", "trece": "13", "catorce": "14", "quince": "15",
}

var tens = map[string]byte{
	"twenty": '2', "thirty": '3', "forty": '4', "fourty": '4', "fifty": '5', "sixty": '6', "seventy": '7', "eighty": '8', "ninety": '9',
	"veinte": '2', "treinta": '3', "cuarenta": '4', "cincuenta": '5', "sesenta": '6', "setenta": '7', "ochenta": '8', "noventa": '9',
}

var times = map[string]int{"double": 2, "triple": 3, "doble": 2}

// within are words that callers put between digits.
var within = map[string]bool{"um": true, "uh": true, "er": true, "eh": true, "dash": true, "hyphen": true, "space": true, "then": true, "guion": true, "y": true}

// runsOf finds the runs of digits.
func runsOf(s string, tokens []token) []run {
	var out []run
	for i := 0; i < len(tokens); {
		r, ok := runAt(s, tokens, i)
		if !ok {
			i++
			continue
		}
		out = append(out, r)
		i = r.to
	}
	return out
}

func runAt(s string, tokens []token, at int) (r run, ok bool) {
	r = run{from: at, to: at}
	var d strings.Builder
	var ends []int
	for i := at; i < len(tokens); {
		if i > at && !tokens[i].joined {
			break
		}
		text, n := digitsAt(s, tokens, i, i > at)
		if n == 0 {
			if i > at && within[tokens[i].word] {
				ends = append(ends, d.Len())
				i++
				continue
			}
			break
		}
		d.WriteString(text)
		for range n {
			ends = append(ends, d.Len())
		}
		i += n
		r.to, r.digits, r.ends = i, d.String(), ends[:i-at:i-at]
	}
	return r, r.to > at
}

// digitsAt reads the digits that begin at a token, and how many tokens they take; inside says that a run is under
// way, so that an "oh" is a zero.
func digitsAt(s string, tokens []token, i int, inside bool) (string, int) {
	t := &tokens[i]
	if t.digits != "" {
		return t.digits, 1
	}
	if (t.word == "oh" || t.word == "o") && inside {
		return "0", 1
	}
	if n := times[t.word]; n > 0 && i+1 < len(tokens) {
		next, _ := digitsAt(s, tokens, i+1, true)
		if len(next) == 1 {
			return strings.Repeat(next, n), 2
		}
		return "", 0
	}
	if ten, ok := tens[t.word]; ok {
		for _, k := range [...]int{1, 2} { // "forty one", "cuarenta y uno"
			if k == 2 && (i+1 >= len(tokens) || tokens[i+1].word != "y") || i+k >= len(tokens) {
				continue
			}
			if u := units[tokens[i+k].word]; len(u) == 1 && u != "0" && !tokens[i+k].stop && tokens[i+k].joined {
				return string(ten) + u, 1 + k
			}
		}
		return string(ten) + "0", 1
	}
	if (t.word == "hundred" || t.word == "cien") && inside {
		return "00", 1
	}
	if (t.word == "thousand" || t.word == "mil") && inside {
		return "000", 1
	}
	u := units[t.word]
	if u == "" {
		return "", 0
	}
	return u, 1
}
