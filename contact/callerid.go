package contact

import "strings"

// withheld are the words that stand in for the number of a caller who withholds it. Where a carrier's field takes
// digits only, the word is spelled on the keypad: Twilio sends "+266696687" for ANONYMOUS and "+7378742833" for
// RESTRICTED.
var withheld = [...]string{"anonymous", "restricted", "unavailable", "unknown", "blocked", "private", "withheld", "nobody"}

// standIns holds each word of withheld, and its digits.
var standIns = func() map[string]bool {
	m := make(map[string]bool, 2*len(withheld))
	for _, w := range withheld {
		m[w], m[onKeypad(w)] = true, true
	}
	return m
}()

// CallerID gives a carrier's caller id in E.164, or "" when the caller withheld it or it is no number one could
// call back (ITU-T E.164; carriers also put words, SIP users and cut numbers there).
func CallerID(raw string) string {
	s := strings.ToLower(strings.TrimSpace(raw))
	s = strings.TrimPrefix(s, "sip:")
	s, _, _ = strings.Cut(s, "@")
	if s == "" || standIns[strings.TrimPrefix(s, "+")] {
		return ""
	}
	if isNorthAmerican(s) {
		return s
	}
	n, err := NormalizePhone(s, "US")
	if err != nil {
		return ""
	}
	return n
}

// onKeypad spells a word of letters a to z on a telephone's keys (ITU-T E.161).
func onKeypad(word string) string {
	const keys = "22233344455566677778889999"
	d := make([]byte, len(word))
	for i := range word {
		d[i] = keys[word[i]-'a']
	}
	return string(d)
}
