package simulate

import "math/rand/v2"

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

// chance is true with a probability.
func chance(r *rand.Rand, p float64) bool { return r.Float64() < p }

// pick takes one of several at random.
func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }
