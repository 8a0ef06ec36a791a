package simulate

import "strings"

// soundOf is a word roughly as it sounds, so that two spellings of one sound compare alike: a caller who hears a name
// read back can't tell "Sean" from "Shawn" by every letter, nor does a recogniser.
func soundOf(word string) string {
	var letters []rune
	for _, c := range strings.ToLower(word) {
		if c >= 'a' && c <= 'z' {
			letters = append(letters, c)
		}
	}
	s := sounds.Replace(string(letters))
	var out []rune
	for i, c := range s {
		if i > 0 && strings.ContainsRune("aeiouyhw", c) {
			continue // vowels blur
		}
		if len(out) == 0 || out[len(out)-1] != c {
			out = append(out, c)
		}
	}
	return string(out)
}

var sounds = strings.NewReplacer("ph", "f", "ck", "k", "sch", "x", "sh", "x", "ch", "x", "gh", "g", "kn", "n", "wr", "r", "qu", "kw", "cz", "x", "sz", "x",
	"ce", "se", "ci", "si", "cy", "sy", "c", "k", "z", "s", "dg", "j", "v", "f")

// sameName says whether a written name is the one that is meant, by ear.
func sameName(got, want string) bool {
	g, w := strings.Fields(got), strings.Fields(want)
	if len(g) != len(w) {
		return soundOf(strings.Join(g, "")) == soundOf(strings.Join(w, ""))
	}
	for i := range g {
		if soundOf(g[i]) != soundOf(w[i]) {
			return false
		}
	}
	return true
}
