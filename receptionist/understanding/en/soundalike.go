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
// "For" needs a few digits around it, and "to", which also joins hours, nearly a whole number: "eight thirty to nine
// fifteen" stays a range.
func hearDigits(ts []grammar.Token) {
	for i := range ts {
		digit := soundalikes[ts[i].Norm]
		if digit == "" {
			continue
		}
		before, plainBefore := digitsBefore(ts, i)
		after, plainAfter := digitsAfter(ts, i)
		all, plain := before+after, plainBefore && plainAfter
		var yes bool
		switch {
		case before == 0:
			yes = hourLike(ts, i, digit)
		case after == 0: // at the end of a house number, or of a telephone number that lacks one
			yes = i+1 < len(ts) && places().Directions[ts[i+1].Norm] != "" && len(ts[i+1].Norm) > 2 && (digit != "two" || before >= 2 && plain) ||
				plain && endsNumber(ts, i, before) || hourLike(ts, i, digit)
		case ts[i].Norm == "to":
			yes = before >= 2 && all >= 7 || before >= 3 && plain
		case digit == "four", digit == "two", digit == "three":
			yes = (all >= 3 || before >= 2 && plain) && !counted(ts, i+after+1)
		default:
			yes = all >= 2
		}
		if yes {
			ts[i].Norm, ts[i].Stem = digit, digit
		}
	}
}

// endsNumber says whether the words from a token on, which all sound like digits, complete a telephone number or a ZIP
// code at the end of what is said.
func endsNumber(ts []grammar.Token, i, before int) bool {
	for k := i; k < len(ts); k++ {
		if soundalikes[ts[k].Norm] == "" {
			return false
		}
	}
	n := before + len(ts) - i
	return n == 10 || n == 5 && before >= 3
}

func digitsBefore(ts []grammar.Token, i int) (n int, plain bool) {
	plain = true
	for k := i - 1; k >= 0; k-- {
		g := digitWord(&ts[k])
		if g == 0 {
			break
		}
		n++
		if ts[k].Norm == "triple" {
			n++ // the digit after it counts three times
		}
		plain = plain && g == 2
	}
	return n, plain
}

// digitsAfter counts what only sounds like digits too, but not at the end.
func digitsAfter(ts []grammar.Token, i int) (n int, plain bool) {
	plain = true
	for k := i + 1; k < len(ts); k++ {
		switch g := digitWord(&ts[k]); {
		case g > 0:
			n = k - i
			plain = plain && g == 2
		case soundalikes[ts[k].Norm] == "":
			return n, plain
		}
	}
	return n, plain
}

// counted says whether the word at a token makes the number before it an amount: "for twenty five minutes".
func counted(ts []grammar.Token, i int) bool {
	if i >= len(ts) {
		return false
	}
	switch ts[i].Norm {
	case "minutes", "minute", "hours", "hour", "days", "people", "dollars", "bucks", "kids", "percent", "am", "pm", "o'clock":
		return true
	}
	return false
}

// hourLike says whether a word that sounds like an hour stands where only an hour, or a choice, makes sense: "let's do
// ate", "the first won".
func hourLike(ts []grammar.Token, i int, digit string) bool {
	if i == 0 {
		return false
	}
	prev := ts[i-1].Norm
	switch digit {
	case "eight":
		switch prev {
		case "the", "at", "do", "around", "about", "by", "until", "before", "after", "between":
			return true
		}
	case "one":
		switch prev {
		case "first", "second", "third", "last", "later", "earlier", "early", "late", "other", "that", "this", "which", "at", "morning", "afternoon":
			return true
		}
		return digitWord(&ts[i-1]) > 0 && (i == 1 || ts[max(i-2, 0)].Norm == "the")
	}
	return false
}
