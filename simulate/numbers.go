package simulate

import (
	"math/rand/v2"
	"strings"
)

// How callers say numbers, and how recognisers write them.

var digitWords = [...]string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}

var smallNumbers = [...]string{
	"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
	"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
}

var tens = [...]string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}

// cardinal says 0 to 9999 in words.
func cardinal(n int) string {
	switch {
	case n < 20:
		return smallNumbers[n]
	case n < 100:
		if n%10 == 0 {
			return tens[n/10]
		}
		return tens[n/10] + " " + smallNumbers[n%10]
	case n < 1000:
		if n%100 == 0 {
			return smallNumbers[n/100] + " hundred"
		}
		return smallNumbers[n/100] + " hundred " + cardinal(n%100)
	case n%1000 == 0:
		return smallNumbers[n/1000] + " thousand"
	default:
		return smallNumbers[n/1000] + " thousand " + cardinal(n%1000)
	}
}

// digitStyle is how a caller says digits one by one.
type digitStyle struct {
	figures bool // the recogniser writes figures: "3125550142"
	oh      bool // zero is "oh"
	double  bool // two alike are "double five"
}

// say says digits one by one.
func (s digitStyle) say(digits string) string {
	var out []string
	for i := 0; i < len(digits); i++ {
		w := digitWords[digits[i]-'0']
		if digits[i] == '0' && s.oh {
			w = "oh"
		}
		if s.double && i+1 < len(digits) && digits[i+1] == digits[i] && digits[i] != '0' && (i+2 == len(digits) || digits[i+2] != digits[i]) {
			w = "double " + w
			i++
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// phoneParts says a number of ten digits in its three groups.
func (s digitStyle) phoneParts(e164 string) []string {
	d := strings.TrimPrefix(e164, "+1")
	parts := []string{d[:3], d[3:6], d[6:]}
	if !s.figures {
		for i, p := range parts {
			parts[i] = s.say(p)
		}
	}
	return parts
}

// zip says a ZIP code.
func (s digitStyle) zip(z string) string {
	if s.figures {
		return z
	}
	return s.say(z)
}

// house says a house number: as figures, in pairs ("eighteen forty two"), or digit by digit.
func (s digitStyle) house(r *rand.Rand, n string) string {
	if s.figures {
		return n
	}
	v := 0
	for _, c := range n {
		v = v*10 + int(c-'0')
	}
	switch {
	case len(n) <= 2:
		return cardinal(v)
	case chance(r, 0.15):
		return s.say(n)
	case len(n) == 3:
		rest := n[1:]
		switch {
		case rest == "00":
			return cardinal(v)
		case rest[0] == '0':
			return cardinal(v/100) + " oh " + cardinal(v%100)
		case chance(r, 0.2):
			return cardinal(v)
		}
		return cardinal(v/100) + " " + cardinal(v%100)
	case len(n) == 4:
		a, b := v/100, v%100
		switch {
		case b == 0 && a%10 == 0:
			return cardinal(a/10) + " thousand"
		case b == 0:
			return cardinal(a) + " hundred"
		case b < 10:
			return cardinal(a) + " oh " + cardinal(b)
		}
		return cardinal(a) + " " + cardinal(b)
	}
	return s.say(n)
}

// chance is true with a probability.
func chance(r *rand.Rand, p float64) bool { return r.Float64() < p }

// pick takes one of several at random.
func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }
