package understanding

import (
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// respell applies what was said of one letter of a name to the word before it: "catherine with a k", "alan with two l's",
// "jon without an h". What fits no letter of the word leaves it as it is.
func (u *utterance) respell(name string) string {
	words := strings.Fields(name)
	u.chart.Each(m.KRespell, func(s *grammar.Span) {
		r := s.Value.(m.Respelling)
		for i, w := range words {
			if strings.EqualFold(w, u.word(s.From-1)) {
				words[i] = u.l.Title(respelled(strings.ToLower(w), r.Letter, r.Times))
				u.claim(s.From, s.To)
				u.noteSpan(s, "name", words[i])
				u.out.Spelt = true
			}
		}
	})
	return strings.Join(words, " ")
}

// soundsLike are the letters that names are written with one for the other.
var soundsLike = map[string][]string{
	"k": {"c", "ch", "q"}, "c": {"k", "s"}, "j": {"g"}, "g": {"j"}, "y": {"i", "ie"}, "i": {"y"}, "s": {"z", "c"}, "z": {"s"}, "f": {"ph"}, "v": {"f"}, "x": {"ks"},
}

func respelled(word, letter string, times int) string {
	has := strings.Contains(word, letter)
	switch {
	case times == 0 && has:
		i := strings.LastIndex(word, letter)
		return word[:i] + word[i+1:]
	case times == -1:
		return strings.Replace(word, letter+letter, letter, 1)
	case times == 2 && has && !strings.Contains(word, letter+letter):
		return strings.Replace(word, letter, letter+letter, 1)
	case times == 1 && !has:
		for _, other := range soundsLike[letter] {
			if strings.Contains(word, other) {
				return strings.Replace(word, other, letter, 1)
			}
		}
		switch {
		case letter == "e" || letter == "h" && strings.ContainsAny(word[len(word)-1:], "aeiou"):
			return word + letter
		case letter == "h" && strings.HasSuffix(word, "n"): // "jon"
			return word[:len(word)-1] + "hn"
		}
	}
	return word
}
