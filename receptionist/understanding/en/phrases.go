package en

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// phrases reads what callers mean: intents, yes and no, choices, questions.
func phrases(s *grammar.Spec) {
	intents(s)
	answers(s)
	var topics map[string][]string
	load("topics.yaml", &topics)
	for _, t := range slices.Sorted(maps.Keys(topics)) {
		phrase(s, m.KTopic, t, t+" question", topics[t])
	}
	var cues map[string][]string
	load("cues.yaml", &cues)
	for _, c := range slices.Sorted(maps.Keys(cues)) {
		for _, p := range cues[c] {
			s.Add(grammar.Rule{Name: c, Kind: m.KCue, Pattern: p, Make: func(mt *grammar.Match) (any, bool) {
				return m.Cue(c), mt.Tokens[mt.From].Norm != "'s" // "the problem's the drain" asks nothing
			}})
		}
	}
}

func phrase(s *grammar.Spec, kind grammar.Kind, value any, name string, patterns []string) {
	for _, p := range patterns {
		s.Add(grammar.Rule{Name: name, Kind: kind, Pattern: p, Value: value})
	}
}

func intents(s *grammar.Spec) {
	var f map[string]map[string][]string
	load("intents.yaml", &f)
	for _, intent := range slices.Sorted(maps.Keys(f)) {
		for _, weight := range slices.Sorted(maps.Keys(f[intent])) {
			w, err := strconv.ParseFloat(weight, 64)
			if err != nil {
				panic(fmt.Sprintf("understanding/en: data/intents.yaml: %s: %q is no weight", intent, weight))
			}
			phrase(s, m.KIntent, m.Hit{Intent: intent, Weight: w}, intent, f[intent][weight])
		}
	}
}

func answers(s *grammar.Spec) {
	var f struct {
		Yes, No                       map[string][]string
		Done, Listening, Hold, Unsure []string
		SameNumber                    []string `yaml:"same_number"`
		SameAddress                   []string `yaml:"same_address"`
		ForOther                      []string `yaml:"for_other"`
		Pick                          map[string][]string
	}
	load("answers.yaml", &f)
	for _, side := range []struct {
		yes bool
		by  map[string][]string
	}{{true, f.Yes}, {false, f.No}} {
		name := "no"
		if side.yes {
			name = "yes"
		}
		for _, weight := range slices.Sorted(maps.Keys(side.by)) {
			w, err := strconv.ParseFloat(weight, 64)
			if err != nil {
				panic(fmt.Sprintf("understanding/en: data/answers.yaml: %q is no weight", weight))
			}
			phrase(s, m.KAnswer, m.Reply{Yes: side.yes, Weight: w}, name, side.by[weight])
		}
	}
	phrase(s, m.KAnswer, m.Reply{Weight: 1, Done: true}, "nothing more", f.Done)
	phrase(s, m.KBack, true, "listening", f.Listening)
	phrase(s, m.KHold, true, "hold on", f.Hold)
	phrase(s, m.KUnsure, true, "unsure", f.Unsure)
	phrase(s, m.KSameNum, true, "this number", f.SameNumber)
	phrase(s, m.KSameAddr, true, "the address on file", f.SameAddress)
	phrase(s, m.KForOther, true, "deal with someone else", f.ForOther)
	for how, name := range map[m.PickHow]string{
		m.EitherOne: "either", m.NoneOfThem: "none", m.ThatOne: "that", m.EarliestOne: "earliest", m.LatestOne: "latest",
	} {
		phrase(s, m.KPick, m.Pick{How: how}, "choice: "+name, f.Pick[name])
	}
	phrase(s, m.KPick, m.Pick{Nth: -1}, "choice: last", f.Pick["last"])
	nth := func(mt *grammar.Match) (any, bool) {
		n := as[m.Ordinal](mt, 0).N + as[m.Number](mt, 1).N
		return m.Pick{Nth: n}, n >= 1 && n <= 6
	}
	s.Add(
		grammar.Rule{Name: "choice: nth", Kind: m.KPick, Pattern: "[the|your|that] <ordinal> [one|time|slot|option|choice|appointment|of those] ", Make: nth},
		grammar.Rule{Name: "choice: number", Kind: m.KPick, Pattern: "(option|number|choice) <number>", Make: func(mt *grammar.Match) (any, bool) {
			n := as[m.Number](mt, 0).N
			return m.Pick{Nth: n}, n >= 1 && n <= 6
		}},
	)
}

// Title writes words the way names are written: "karen o'rourke" is "Karen O'Rourke", "mcdonald" "McDonald".
func Title(s string) string {
	var b strings.Builder
	for i, w := range strings.Fields(s) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(titleWord(w))
	}
	return b.String()
}

func titleWord(w string) string {
	rs := []rune(strings.ToLower(w))
	up := true
	for i, r := range rs {
		if up && r >= 'a' && r <= 'z' || up && r > 127 {
			rs[i] = []rune(strings.ToUpper(string(r)))[0]
		}
		// after a hyphen, and after an apostrophe that isn't a possessive's
		up = r == '-' || r == '\'' && i+2 < len(rs)
	}
	if len(rs) > 4 && rs[0] == 'M' && rs[1] == 'c' {
		rs[2] = []rune(strings.ToUpper(string(rs[2])))[0]
	}
	return string(rs)
}
