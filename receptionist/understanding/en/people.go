package en

import (
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// people reads names with the words that announce them, and names that are spelled.
func people(s *grammar.Spec) {
	names, words := names(), words()
	known := func(w string) bool { return names.First[w] || names.Last[w] }
	nameword := func(t *grammar.Token) bool {
		return !t.Digits && t.Norm != "'s" && !notInNames[t.Norm] && (known(t.Norm) || !words.Is(t.Norm, m.WCommon)) && !t.Letter
	}
	s.Classes["nameword"] = nameword
	s.Classes["firstname"] = func(t *grammar.Token) bool { return names.First[t.Norm] && !notInNames[t.Norm] }
	s.Classes["initial"] = func(t *grammar.Token) bool { return t.Letter && !t.Digits && t.Norm != "i" && t.Norm != "a" }

	name := func(rule, pattern string, score float64, v m.Name, captures ...int) {
		s.Add(grammar.Rule{Name: rule, Kind: m.KName, Pattern: pattern, Score: score, Make: func(mt *grammar.Match) (any, bool) {
			var parts []string
			for n, c := range captures {
				if from, to, ok := mt.Range(c); ok {
					if n > 0 && mt.Tokens[from].Gap&(grammar.Comma|grammar.Stop) != 0 {
						return nil, false // "it's karen, karen whitfield"
					}
					parts = append(parts, written(mt.Tokens[from:to]))
				}
			}
			v := v
			v.Text = Title(strings.Join(parts, " "))
			return v, v.Text != ""
		}})
	}
	strong := m.Name{Cue: m.StrongCue}
	fair := m.Name{Cue: m.FairCue}
	weak := m.Name{Cue: m.WeakCue}
	other := m.Name{Cue: m.StrongCue, Other: true}
	for _, p := range []string{"my [full] name is [mr|mrs|ms|miss|mister|missus|doctor|dr|professor|reverend]", "[the] name is", "my name 's", "(i am|they) called", "call me", "(under|in) the name [of]", "name of", "put (it|that|me) [down] (under|as)", "(you can|can you) put", "make it out to", "you are (speaking|talking) (to|with)"} {
		name("name after a clear cue", p+" {nameword:1-3}", 2, strong, 0)
		name("name with an initial after a clear cue", p+" {nameword:1-1} {initial} {nameword:1-1}", 2, strong, 0, 2)
	}
	for _, p := range []string{"this is [mr|mrs|ms|miss|mister|missus|doctor|dr|professor|reverend]", "this here is", "(mr|mrs|ms|miss|mister|missus|doctor|professor|reverend)", "name"} {
		name("name after a cue", p+" {nameword:1-3}", 1, fair, 0)
	}
	for _, p := range []string{"it is", "i am", "that is", "it would be", "that would be", "yes it is", "(it|this) is me"} {
		name(m.RuleNameAfterWeak, p+" {firstname:1-1} {nameword:1-2}", 0, fair, 0, 1)
		name(m.RuleNameAfterWeak, p+" {firstname:1-1}", -1, weak, 0)
		name(m.RuleUnknownNameWeak, p+" {nameword:2-3}", -3, weak, 0)
	}
	for _, p := range []string{"here", "speaking", "calling", "again"} {
		s.Add(grammar.Rule{Name: "name before " + p, Kind: m.KName, Pattern: "<firstname> [<lastname>] " + p, Make: func(mt *grammar.Match) (any, bool) {
			v := fair
			v.Text = Title(strings.TrimSpace(as[string](mt, 0) + " " + as[string](mt, 1)))
			return v, true
		}})
	}
	for w := range names.First {
		if !notInNames[w] {
			s.AddWords(m.KFirstName, w, "first name", w)
		}
	}
	for w := range names.Last {
		s.AddWords(m.KLastName, w, "last name", w)
	}
	s.Add(grammar.Rule{Name: m.RuleFirstAndLast, Kind: m.KName, Pattern: "<firstname> <lastname>", Score: -2, Make: func(mt *grammar.Match) (any, bool) {
		return m.Name{Text: Title(as[string](mt, 0) + " " + as[string](mt, 1)), Cue: m.WeakCue}, true
	}})
	for _, p := range []string{"(tenant|wife|husband|mother|father|mom|dad|son|daughter|brother|sister|roommate|boss|neighbor|friend|manager|super|contact|person|her|his|their|owner|homeowner|customer|resident|renter) ('s name|name) is", "ask for", "(his|her|their) name is", "(his|her|their) name 's"} {
		name("someone else's name", p+" {nameword:1-3}", 3, other, 0)
	}
	name("someone else's name", "(tenant|tenants) (is|'s) [named|called] {nameword:1-3}", 2, other, 0)
	name("caller in a message", "(tell|let) {staff} [know] [that] {nameword:1-3} (called|needs|wants|is|phoned|said|from)", 2, strong, 1)
	name("caller in a message", "have {staff} [call|ring|phone] [back] [me] , {nameword:2-3}", 2, strong, 1)
	name("first name", "[my|the|her|his] first name [is|'s] {nameword:1-1}", 2, m.Name{Cue: m.StrongCue, Part: m.FirstPart}, 0)
	name("last name", "[my|the|and|her|his] (last|family) name [is|'s] {nameword:1-2}", 2, m.Name{Cue: m.StrongCue, Part: m.LastPart}, 0)
	name("last name", "(surname|lastname) [is|'s] {nameword:1-2}", 2, m.Name{Cue: m.StrongCue, Part: m.LastPart}, 0)
	parted := func(pattern string, first, last int) { // both parts, each announced; a pause between them is as good
		s.Add(grammar.Rule{Name: "first name and last name", Kind: m.KName, Pattern: pattern, Score: 4, Make: func(mt *grammar.Match) (any, bool) {
			a, b, _ := mt.Range(first)
			c, d, _ := mt.Range(last)
			v := strong
			v.Text = Title(norms(mt.Tokens[a:b]) + " " + norms(mt.Tokens[c:d]))
			return v, true
		}})
	}
	parted("[my|the] first name [is|'s] {nameword:1-2} [and] [my|the] (last name|last|surname) [is|'s] {nameword:1-4}", 0, 1)
	parted("[my|the] last name [is|'s] {nameword:1-4} [and] [my|the] first name [is|'s] {nameword:1-2}", 1, 0)
	for _, p := range []string{"it is", "this is", "i am", "my name is", "that is", "name is"} {
		parted(p+" {nameword:1-2} [and] {nameword:1-4} (is|'s) (my|the) (last name|surname)", 0, 1)
		parted(p+" {nameword:1-2} [and] [my|the] last name [is|'s] {nameword:1-4}", 0, 1)
	}
	for _, p := range []string{"<firstname> [and] {nameword:1-4} (is|'s) (my|the) (last name|surname)", "<firstname> [and] [my|the] last name [is|'s] {nameword:1-4}"} {
		parted(p, 0, 1)
	}
	spelling(s)
}

// spelling reads letters said one by one: "s i o b h a n", "h double a s", "b as in boy", "o apostrophe r".
func spelling(s *grammar.Spec) {
	add := func(name, pattern string, kind grammar.Kind, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: kind, Pattern: pattern, Make: make})
	}
	for c := 'a'; c <= 'z'; c++ {
		s.AddWords(m.KLetter, m.Spelling{Text: string(c)}, "letter", string(c))
	}
	for w, l := range map[string]string{
		"bee": "b", "cee": "c", "dee": "d", "eff": "f", "gee": "g", "aitch": "h", "jay": "j", "kay": "k", "ell": "l", "em": "m", "en": "n", "pee": "p", "cue": "q", "ar": "r", "ess": "s",
		"tee": "t", "vee": "v", "ex": "x", "wye": "y", "why": "y", "zee": "z", "zed": "z", "you": "u", "are": "r", "see": "c", "sea": "c", "tea": "t", "oh": "o", "eye": "i",
	} {
		s.AddWords(m.KLetterWord, m.Spelling{Text: l}, "letter", w)
	}
	s.Kinds["letterword"] = m.KLetterWord
	whole := func(mt *grammar.Match) (any, bool) { return mt.Value(0), true }
	add("letter as in a word", "<letter> (as in|like in|like|for|is in) {any}", m.KLetter, whole)
	add("letter as in a word", "<letterword> as in {any}", m.KLetter, whole)
	s.Classes["any"] = func(*grammar.Token) bool { return true }
	twice := func(mt *grammar.Match) (any, bool) {
		t := as[m.Spelling](mt, 0).Text
		return m.Spelling{Text: t + t}, len(t) == 1
	}
	add("double letter", "double <letter>", m.KLetter, twice)
	add("double letter", "two <letter>", m.KLetter, twice)
	add("apostrophe", "apostrophe", m.KLetter, func(*grammar.Match) (any, bool) { return m.Spelling{Text: "'"}, true })
	add("hyphen", "(hyphen|dash)", m.KLetter, func(*grammar.Match) (any, bool) { return m.Spelling{Text: "-"}, true })
	add("space", "space", m.KLetter, func(*grammar.Match) (any, bool) { return m.Spelling{Text: " "}, true })
	respelt := func(pattern string, times int) { // "catherine with a k", "alan with two l's", "jon without an h"
		s.Add(grammar.Rule{Name: "letter of a name", Kind: m.KRespell, Pattern: pattern, Make: func(mt *grammar.Match) (any, bool) {
			t := as[m.Spelling](mt, 0).Text
			return m.Respelling{Letter: t, Times: times}, len(t) == 1
		}})
	}
	respelt("with (a|an|the) <letter>", 1)
	respelt("with (two|double) <letter> ['s]", 2)
	respelt("with (one|a single|only one|just one) <letter>", -1)
	respelt("(no|without) [a|an|the] <letter>", 0)
	add("capital", "capital <letter>", m.KLetter, whole)
	s.Kinds["letters"] = m.KLetters
	add("spelled letters", "<letter+>", m.KLetters, func(mt *grammar.Match) (any, bool) {
		var b strings.Builder
		n := 0
		for i, v := range mt.All(0) {
			t := v.(m.Spelling).Text
			if i == 0 && (t == "'" || t == "-" || t == " ") {
				return nil, false
			}
			b.WriteString(t)
			n++
		}
		t := b.String()
		return m.Spelling{Text: t}, n >= 2 && t[len(t)-1] >= 'a'
	})
}

// Names that are more often other words in what callers say, and words that end a name.
var notInNames = set([]string{
	"will", "may", "art", "mark's", "rob's", "the", "and", "at", "from", "calling", "here", "speaking", "over", "on", "about", "with", "my", "i", "so", "is", "was", "for", "in", "to", "of",
	"just", "again", "like", "because", "but", "who", "that", "not", "uh", "um", "yeah", "yes", "no", "sir", "maam", "okay", "hi", "hello", "hey", "um", "spelled", "please", "sunny", "good",
	"day", "little", "long", "head", "house", "waters", "glass", "cash", "best", "case", "mays", "english", "short", "flowers", "price", "walls", "hood", "ball", "ware", "wise", "rush", "guy",
	"dear", "mr", "mrs", "ms", "miss", "doctor", "quote", "landlord", "plumbing", "leaking", "llamo", "soy", "nombre", "es", "mi", "me", "señor", "señora",
})
