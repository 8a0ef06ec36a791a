package understanding

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// tally counts what the words of an utterance tell about its language.
type tally struct {
	sure  int // words of the grammar of a language: "the", "quiero"
	maybe int // everyday words of it, which another language may have borrowed: "sink", "calle"
}

func (t tally) score() int { return 2*t.sure + t.maybe }

// clearly says whether a language leads another so far that nobody need look closer.
func (t tally) clearly(own tally) bool { return t.sure >= 2 && t.score() >= own.score()+3 }

// certainly says whether words are of a language for certain, and not only a word borrowed from it.
func (t tally) certainly(others tally, words int) bool {
	switch {
	case t.sure >= 2:
		return t.sure > others.sure
	case t.sure == 1:
		return others.score() == 0 && (t.maybe > 0 || words <= 3) || t.score() >= others.score()+4
	}
	return false
}

// tongues tells the language of an utterance by its words alone. A word counts for the language that it tells most
// about; one that is the same in two counts for neither.
func tongues(text string, known []*m.Language) []tally {
	out := make([]tally, len(known))
	for w := range rawWords(text) {
		best, second, at := 0, 0, -1
		for i, l := range known {
			n := l.Tells(w)
			switch {
			case n > best:
				best, second, at = n, best, i
			case n > second:
				second = n
			}
		}
		switch {
		case best == second:
		case best == 2:
			out[at].sure++
		default:
			out[at].maybe++
		}
	}
	return out
}

// rawWords are the words of a text in lower case, as they come before any language has taken them apart.
func rawWords(text string) func(yield func(string) bool) {
	if len(text) > grammar.MaxBytes {
		text = text[:grammar.MaxBytes]
	}
	return func(yield func(string) bool) {
		for text != "" {
			i := strings.IndexFunc(text, unicode.IsLetter)
			if i < 0 {
				return
			}
			text = text[i:]
			n := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' && r != utf8.RuneError })
			if n < 0 {
				n = len(text)
			}
			if !yield(strings.ToLower(strings.ReplaceAll(text[:n], "’", "'"))) {
				return
			}
			text = text[n:]
		}
	}
}

// choose finds the language that an utterance is understood in: that of the conversation, unless the words are clearly of
// another one of the shop's. Where the words leave it open, both are tried, and the one is taken that makes more of them.
func (u *utterance) choose() {
	e := u.e
	u.l = e.language(u.ctx.Language)
	u.tallies = tongues(u.text, e.known)
	own, best := u.tallies[e.indexOf(u.l)], tally{}
	rival := u.l
	for _, l := range e.langs {
		if t := u.tallies[e.indexOf(l)]; l != u.l && t.score() > best.score() {
			rival, best = l, t
		}
	}
	if best.clearly(own) {
		u.l = rival
	}
	u.chart = u.l.g.Parse(u.text, u.now)
	if u.l == rival || best.score() < own.score() {
		return
	}
	other := rival.g.Parse(u.text, u.now)
	if more := explained(other) - explained(u.chart); more > 0 || more == 0 && best.score() >= own.score()+3 {
		u.l, u.chart, other = rival, other, u.chart
	}
	other.Release()
}

// indexOf is where a language stands among those that are known.
func (e *Engine) indexOf(l *language) int {
	for i, k := range e.known {
		if k == l.Language {
			return i
		}
	}
	return 0
}

// explained is how many tokens of an utterance mean something.
func explained(c *grammar.Chart) int {
	n := 0
	for _, s := range c.Cover(func(s *grammar.Span) bool { return meaningful[s.Kind] && s.Score > -4 }, nil) {
		n += s.Len()
	}
	return n
}

// meaningful are the kinds of span that are more than parts of others.
var meaningful = map[grammar.Kind]bool{
	m.KDays: true, m.KHours: true, m.KVisit: true, m.KSpecial: true, m.KStreet: true, m.KUnit: true, m.KSameAddr: true, m.KName: true, m.KSameNum: true,
	m.KForOther: true, m.KIntent: true, m.KAnswer: true, m.KConcept: true, m.KTopic: true, m.KDanger: true, m.KUrgency: true, m.KOther: true, m.KHold: true,
	m.KBack: true, m.KPick: true, m.KUnsure: true, m.KNumRun: true, m.KLetters: true, m.KFiller: true, m.KAmend: true,
}

// readLanguage notes the language of the words, where they tell one. A name, a number or a bare "no" is the same in any.
func (u *utterance) readLanguage() {
	for i, l := range u.e.known {
		others := tally{}
		for k, t := range u.tallies {
			if k != i {
				others.sure, others.maybe = max(others.sure, t.sure), max(others.maybe, t.maybe)
			}
		}
		own, n := u.tallies[i], len(u.chart.Tokens)
		// everyday words alone do where they tell what is wrong or wanted: "fuga de agua"
		telling := own.maybe >= 2 && others.score() == 0 && u.out.Service != "" && u.out.Name == "" && u.out.Address.IsZero()
		if (telling || own.certainly(others, n)) && (u.out.Answer == NoAnswer || n > 2) {
			u.out.Language = l.Code
		}
	}
}
