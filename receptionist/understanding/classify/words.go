package classify

import (
	"unicode"
	"unicode/utf8"
)

// word is a word of an utterance: a hash of its letters in lower case, and where it stands.
type word struct {
	hash     uint32
	kin      uint32 // the same for words that are used alike: days of the week, trades, names
	from, to int    // bytes of the text
	pause    bool   // a comma or the end of a sentence comes before it
	figures  bool   // a number in figures; all of them count as the same word
}

// mostWords is how many words of an utterance are looked at; a minute of talk is about 150.
const mostWords = 192

// FNV-1a, 32 bits: the identity of features. It is written into the models, so it must not change without training.
const (
	fnvStart = 2166136261
	fnvPrime = 16777619
)

func mix(h uint32, b byte) uint32 { return (h ^ uint32(b)) * fnvPrime }

func mixHash(h, x uint32) uint32 {
	for range 4 {
		h = mix(h, byte(x))
		x >>= 8
	}
	return h
}

// split takes an utterance apart into words. Apostrophes are left out, as recognisers leave them out: "don't" and
// "dont" are one word. It accepts any bytes.
func split(text string, kin Kin, out *[mostWords]word) int {
	n, pause := 0, true
	for i := 0; i < len(text) && n < mostWords; {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			w := word{from: i, hash: fnvStart, pause: pause, figures: unicode.IsDigit(r)}
			for i < len(text) {
				r, size = utf8.DecodeRuneInString(text[i:])
				if apostrophe(r) && i+size < len(text) {
					if next, _ := utf8.DecodeRuneInString(text[i+size:]); unicode.IsLetter(next) {
						i += size
						continue
					}
				}
				if unicode.IsDigit(r) != w.figures || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
					break
				}
				if !w.figures {
					w.hash = mixRune(w.hash, r)
				}
				i += size
			}
			w.to, w.kin = i, kin.of(w.hash)
			out[n] = w
			n++
			pause = false
		case r == ',' || r == '.' || r == '?' || r == '!' || r == ';' || r == '\n' || r == '¿' || r == '¡':
			pause = true
			i += size
		default:
			i += size
		}
	}
	return n
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == '`' }

// mixRune adds a letter in lower case and without its accent, which recognisers and people who text leave out.
func mixRune(h uint32, r rune) uint32 {
	r = plain(r)
	if r < utf8.RuneSelf {
		return mix(h, byte(r))
	}
	return mixHash(h, uint32(r))
}

func plain(r rune) rune {
	if r < utf8.RuneSelf {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	switch r = unicode.ToLower(r); r {
	case 'á', 'à', 'â', 'ä':
		return 'a'
	case 'é', 'è', 'ê', 'ë':
		return 'e'
	case 'í', 'ì', 'î', 'ï':
		return 'i'
	case 'ó', 'ò', 'ô', 'ö':
		return 'o'
	case 'ú', 'ù', 'û', 'ü':
		return 'u'
	case 'ñ':
		return 'n'
	}
	return r
}

// Kin groups words that are used alike, from the hash of a word to that of its group.
type Kin map[uint32]uint32

func (k Kin) of(hash uint32) uint32 {
	if g, ok := k[hash]; ok {
		return g
	}
	return hash
}

// NewKin makes groups of words kin; a word that is in two groups stays in the first.
func NewKin(groups [][]string) Kin {
	k := Kin{}
	for i, g := range groups {
		for _, text := range g {
			var words [mostWords]word
			if split(text, nil, &words) != 1 {
				continue
			}
			if _, ok := k[words[0].hash]; !ok {
				k[words[0].hash] = mixHash(mix(fnvStart, 0), uint32(i))
			}
		}
	}
	return k
}
