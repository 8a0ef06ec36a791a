package en

import "fixly/receptionist/understanding/grammar"

// soundalikes are words that recognisers write for digits.
var soundalikes = map[string]string{"for": "four", "fore": "four", "to": "two", "too": "two", "ate": "eight", "won": "one", "tree": "three", "free": "three", "fife": "five", "niner": "nine", "nein": "nine"}

// digitWord grades a word: 2 for a digit said alone, 1 for another number word, 0 for none.
func digitWord(t *grammar.Token) int {
	switch {
	case t.Digits && len(t.Norm) == 1:
		return 2
	case t.Digits:
		return 1
	}
	return numberWords[t.Norm]
}

var numberWords = func() map[string]int {
	out := map[string]int{"oh": 2, "zero": 2, "o": 2, "double": 2, "triple": 2, "hundred": 1, "thousand": 1}
	for _, w := range unitWords {
		out[w] = 2
	}
	for _, list := range [...][]string{teens, tens} {
		for _, w := range list {
			out[w] = 1
		}
	}
	return out
}()

// hearDigits reads words that sound like digits as such where they stand inside a row of them: "six oh six for seven".
// "For" needs a few digits around it, and "to", which also joins hours, a whole number: "eight thirty to nine fifteen"
// stays a range.
func hearDigits(ts []grammar.Token) {
	for i := range ts {
		digit := soundalikes[ts[i].Norm]
		if digit == "" {
			continue
		}
		before, plainBefore := 0, true
		for k := i - 1; k >= 0 && digitWord(&ts[k]) > 0; k-- {
			before++
			plainBefore = plainBefore && digitWord(&ts[k]) == 2
		}
		after, sure, plainAfter := 0, 0, true
		for k := i + 1; k < len(ts) && (digitWord(&ts[k]) > 0 || soundalikes[ts[k].Norm] != ""); k++ {
			after++
			if g := digitWord(&ts[k]); g > 0 {
				sure = after
				plainAfter = plainAfter && g == 2
			}
		}
		after = sure // what only sounds like digits at the end doesn't count
		all, plain := before+after, plainBefore && plainAfter
		var yes bool
		switch {
		case before == 0 || after == 0 && before < 6:
		case digit == "two":
			yes = before >= 2 && all >= 7 || before >= 3 && plain
		case digit == "four":
			yes = all >= 4 || before >= 2 && plain
		default:
			yes = all >= 2
		}
		if yes {
			ts[i].Norm, ts[i].Stem = digit, digit
		}
	}
}
