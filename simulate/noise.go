package simulate

import (
	"math/rand/v2"
	"strings"
)

// noise is what a line and a recogniser do to words. Zero is a clear line.
type noise struct {
	level float64 // how much of it, 0 to 1
}

// soundAlikes are what recognisers write for what was said, where it sounds the same.
var soundAlikes = map[string][]string{
	"two": {"to", "too"}, "four": {"for"}, "eight": {"ate"}, "one": {"won"}, "there's": {"theirs"}, "their": {"there"}, "here": {"hear"},
	"right": {"write"}, "week": {"weak"}, "no": {"know"}, "wait": {"weight"}, "sink": {"sync"}, "leak": {"leek"},
	"hour": {"our"}, "you're": {"your"}, "it's": {"its"}, "won't": {"wont"}, "isn't": {"isnt"}, "i'm": {"im"},
	"furnace": {"furnish"}, "boiler": {"boilers"}, "i've": {"i"}, "i'd": {"id"}, "yeah": {"yea"},
}

// light words can be lost without changing what is meant.
var light = map[string]bool{"the": true, "a": true, "an": true, "just": true, "so": true, "well": true, "um": true, "really": true, "please": true, "hi": true, "that": true}

// garble does to an utterance what the line does. Words that hold digits are left alone: a digit that is heard wrongly
// is a matter of its own, since the caller must be able to correct it.
func (n noise) garble(r *rand.Rand, text string, fillers []string) string {
	if n.level == 0 {
		return text
	}
	var out []string
	words := strings.Fields(text)
	for i, w := range words {
		switch p := r.Float64() / n.level; {
		case p < 0.03 && len(words) > 3 && i > 0 && len(w) > 1:
			out = append(out, pick(r, fillers), w)
		case p < 0.05 && len(words) > 4 && !isDigitWord(w):
			out = append(out, w, w) // a stutter
		case p < 0.09 && light[w] && len(words) > 4:
		case p < 0.16:
			if alike := soundAlikes[w]; alike != nil {
				w = pick(r, alike)
			}
			out = append(out, w)
		default:
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// isDigitWord says whether a word said twice would be another number.
func isDigitWord(w string) bool {
	if w == "oh" || w == "double" || strings.ContainsAny(w, "0123456789") {
		return true
	}
	return number(w) >= 0 || strings.HasSuffix(w, "ty") || w == "hundred" || len(w) == 1
}

// mishear changes one digit of a number.
func mishear(r *rand.Rand, digits string) string {
	i := r.IntN(len(digits))
	if strings.HasPrefix(digits, "+1") {
		i = 4 + r.IntN(len(digits)-4)
	}
	d := byte('0' + (int(digits[i]-'0')+1+r.IntN(9))%10)
	if i == 0 && d == '0' {
		d = '7'
	}
	return digits[:i] + string(d) + digits[i+1:]
}
