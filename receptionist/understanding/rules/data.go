package rules

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// Data are the files of a language, in its folder data. They are part of the program, so a mistake in one is a bug and
// panics; the tests of each language load all of them.
type Data struct {
	Code string // of the language
	FS   fs.FS
	// Fold brings what the files say into the normal form of words; nil where they are written in it.
	Fold func(string) string
}

// Load reads a file.
func (d Data) Load(name string, into any) {
	b, err := fs.ReadFile(d.FS, "data/"+name)
	if err == nil && d.Fold != nil {
		b = []byte(d.Fold(string(b)))
	}
	if err == nil {
		err = yaml.Unmarshal(b, into)
	}
	if err != nil {
		d.fail(name, err)
	}
}

func (d Data) fail(name string, err error) {
	panic(fmt.Sprintf("understanding/%s: data/%s: %v", d.Code, name, err))
}

// Words reads the classes of words, words.yaml.
func (d Data) Words() *m.Words {
	var f map[string][]string
	d.Load("words.yaml", &f)
	w, err := m.NewWords(f)
	if err != nil {
		d.fail("words.yaml", err)
	}
	return w
}

// Names reads the usual names of people, people.yaml.
func (d Data) Names() *m.People {
	var f struct{ First, Last string }
	d.Load("people.yaml", &f)
	return &m.People{First: Set(strings.Fields(f.First)), Last: Set(strings.Fields(f.Last))}
}

// Phrases adds what callers mean: intents, topics and subjects of questions, moods, what of a visit is to be
// changed, yes and no, choices, and cues, one file each.
func (d Data) Phrases(s *grammar.Spec) {
	d.intents(s)
	d.answers(s)
	var topics map[string][]string
	d.Load("topics.yaml", &topics)
	for _, t := range slices.Sorted(maps.Keys(topics)) {
		Phrase(s, m.KTopic, t, t+" question", topics[t])
	}
	for _, f := range []struct {
		file string
		kind grammar.Kind
	}{{"subjects.yaml", m.KSubject}, {"moods.yaml", m.KMood}, {"visits.yaml", m.KVisitWish}} {
		var by map[string][]string
		d.Load(f.file, &by)
		for _, k := range slices.Sorted(maps.Keys(by)) {
			Phrase(s, f.kind, k, k, by[k])
		}
	}
	d.cues(s)
}

// cues reads the cues: every one that the readers ask for, and no other.
func (d Data) cues(s *grammar.Spec) {
	var cues map[string][]string
	d.Load("cues.yaml", &cues)
	for _, c := range m.Cues() {
		if len(cues[string(c)]) == 0 {
			d.fail("cues.yaml", fmt.Errorf("the cue %q has no wordings", c))
		}
	}
	if len(cues) > len(m.Cues()) {
		d.fail("cues.yaml", fmt.Errorf("it names cues that there are not: there are %v", m.Cues()))
	}
	for _, c := range slices.Sorted(maps.Keys(cues)) {
		ofThing := m.Cue(c) == m.CueFine || m.Cue(c) == m.CueNotSo // "the heat's fine"
		for _, p := range cues[c] {
			s.Add(grammar.Rule{Name: c, Kind: m.KCue, Pattern: p, Make: func(mt *grammar.Match) (any, bool) {
				return m.Cue(c), ofThing || mt.Tokens[mt.From].Norm != "'s" // "the problem's the drain" asks nothing
			}})
		}
	}
}

// Phrase gives every pattern the same value.
func Phrase(s *grammar.Spec, kind grammar.Kind, value any, name string, patterns []string) {
	for _, p := range patterns {
		s.Add(grammar.Rule{Name: name, Kind: kind, Pattern: p, Value: value})
	}
}

func (d Data) intents(s *grammar.Spec) {
	var f map[string]map[string][]string
	d.Load("intents.yaml", &f)
	for _, intent := range slices.Sorted(maps.Keys(f)) {
		for _, weight := range slices.Sorted(maps.Keys(f[intent])) {
			Phrase(s, m.KIntent, m.Hit{Intent: intent, Weight: d.weight("intents.yaml", weight)}, intent, f[intent][weight])
		}
	}
}

func (d Data) weight(file, s string) float64 {
	w, err := strconv.ParseFloat(s, 64)
	if err != nil {
		d.fail(file, fmt.Errorf("%q is no weight", s))
	}
	return w
}

func (d Data) answers(s *grammar.Spec) {
	var f struct {
		Yes, No                       map[string][]string
		Done, Listening, Hold, Unsure []string
		DoneOrYes                     []string `yaml:"done_or_yes"`
		Neither                       []string
		SameNumber                    []string `yaml:"same_number"`
		SameAddress                   []string `yaml:"same_address"`
		ForOther                      []string `yaml:"for_other"`
		Pick                          map[string][]string
	}
	d.Load("answers.yaml", &f)
	for _, side := range []struct {
		yes  bool
		name string
		by   map[string][]string
	}{{true, "yes", f.Yes}, {false, "no", f.No}} {
		for _, weight := range slices.Sorted(maps.Keys(side.by)) {
			Phrase(s, m.KAnswer, m.Reply{Yes: side.yes, Weight: d.weight("answers.yaml", weight)}, side.name, side.by[weight])
		}
	}
	Phrase(s, m.KAnswer, m.Reply{Weight: 1, Done: true}, "nothing more", f.Done)
	Phrase(s, m.KAnswer, m.Reply{Yes: true, Weight: 1, Done: true}, "nothing more, or yes", f.DoneOrYes)
	Phrase(s, m.KAnswer, m.Reply{Neither: true}, "neither yes nor no", f.Neither)
	Phrase(s, m.KBack, true, "listening", f.Listening)
	Phrase(s, m.KHold, true, "hold on", f.Hold)
	Phrase(s, m.KUnsure, true, "unsure", f.Unsure)
	Phrase(s, m.KSameNum, true, "this number", f.SameNumber)
	Phrase(s, m.KSameAddr, true, "the address on file", f.SameAddress)
	Phrase(s, m.KForOther, true, "deal with someone else", f.ForOther)
	for _, p := range []struct {
		how  m.PickHow
		name string
	}{{m.EitherOne, "either"}, {m.NoneOfThem, "none"}, {m.ThatOne, "that"}, {m.EarliestOne, "earliest"}, {m.LatestOne, "latest"}, {m.MiddleOne, "middle"}} {
		Phrase(s, m.KPick, m.Pick{How: p.how}, "choice: "+p.name, f.Pick[p.name])
	}
	Phrase(s, m.KPick, m.Pick{Nth: -1}, "choice: last", f.Pick["last"])
}

// Nth makes a choice by number of a rule's first capture, an ordinal or a number.
func Nth(mt *grammar.Match) (any, bool) {
	n := As[m.Ordinal](mt, 0).N + As[m.Number](mt, 0).N
	return m.Pick{Nth: n}, n >= 1 && n <= 6
}

// Set makes a set of words.
func Set(words []string) map[string]bool {
	out := make(map[string]bool, len(words))
	for _, w := range words {
		out[w] = true
	}
	return out
}
