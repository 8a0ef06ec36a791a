package en

import "fixly/receptionist/understanding/grammar"

// withoutHesitations leaves out "um" and its like inside of what is said, words that were said twice by a stammer or by
// the recogniser, and fillers after a digit: "2914 you know north michigan", "twenty well two", "in in chicago". What
// consists of nothing else stays as it is.
func withoutHesitations(ts []grammar.Token) []grammar.Token {
	out := ts[:0]
	for i := 0; i < len(ts); {
		n := hesitation(ts, i, out)
		if n > 0 && (len(out) > 0 || i+n < len(ts)) {
			if i+n < len(ts) {
				ts[i+n].Gap |= ts[i].Gap &^ grammar.Glued
			}
			i += n
			continue
		}
		out = append(out, ts[i])
		i++
	}
	return out
}

// hesitation is how many tokens from one on mean nothing after those that were kept.
func hesitation(ts []grammar.Token, i int, kept []grammar.Token) int {
	w := ts[i].Norm
	next := ""
	if i+1 < len(ts) {
		next = ts[i+1].Norm
	}
	switch w {
	case "um", "uh":
		if len(kept) > 0 && (kept[len(kept)-1].Norm == "uh" || kept[len(kept)-1].Norm == "nuh") {
			return 0 // "uh uh" is a no
		}
		if next != "huh" && next != "oh" && next != "uh" {
			return 1
		}
		return 0
	}
	if len(kept) == 0 || next == "" {
		return 0
	}
	last := &kept[len(kept)-1]
	if w == last.Norm && len(w) > 1 && !ts[i].Letter && digitWord(&ts[i]) == 0 && soundalikes[w] == "" && !twice[w] && ts[i].Gap&(grammar.Comma|grammar.Stop|grammar.Hyphen) == 0 {
		return 1
	}
	if digitWord(last) == 0 || ts[i].Gap&grammar.Stop != 0 {
		return 0
	}
	switch w {
	case "like", "well", "ah", "hmm":
		return 1
	case "you":
		if next == "know" {
			return 2
		}
	}
	return 0
}

// twice are words that mean something when they are said twice.
var twice = map[string]bool{"no": true, "bye": true, "so": true, "very": true, "really": true, "wait": true, "hello": true, "yes": true, "okay": true, "help": true, "walla": true, "far": true, "knock": true, "choo": true}
