package understanding

import (
	"time"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// utterance is one text on its way to being understood.
type utterance struct {
	e          *Engine
	text       string
	ctx        Context
	l          *language
	zone       *time.Location
	now        *m.Now
	chart      *grammar.Chart
	tallies    []tally // of the known languages
	onlyStreet bool    // the name of a street was asked for

	taken []bool // tokens that an address, a number or a name has claimed
	out   Understanding

	named    bool      // the service was found by a thing or a trouble of its own, not by a verb such as "install"
	have     []feature // what the words hold, once the work was read
	ownScore float64   // how well the shop's own words for a service fit, at best
	evidence map[Intent]*intentEvidence
}

// word is a token's normal form, "" outside of the utterance.
func (u *utterance) word(i int) string {
	if i < 0 || i >= len(u.chart.Tokens) {
		return ""
	}
	return u.chart.Tokens[i].Norm
}

// is says whether a token is a word of any of the classes.
func (u *utterance) is(i int, cs ...m.Class) bool {
	w := u.word(i)
	return w != "" && u.l.Words.Is(w, cs...)
}

// cueAt says whether the words from a token on give a cue.
func (u *utterance) cueAt(i int, c m.Cue) bool {
	for _, s := range u.chart.At(i) {
		if s.Kind == m.KCue && s.Value.(m.Cue) == c {
			return true
		}
	}
	return false
}

// hasCue says whether any words give a cue.
func (u *utterance) hasCue(c m.Cue) bool {
	found := false
	u.chart.Each(m.KCue, func(s *grammar.Span) { found = found || s.Value.(m.Cue) == c })
	return found
}

// cueBefore says whether the words right before a token give a cue.
func (u *utterance) cueBefore(i int, c m.Cue) bool {
	for k := max(0, i-longestCue); k < i; k++ {
		for _, s := range u.chart.At(k) {
			if s.Kind == m.KCue && s.To == i && s.Value.(m.Cue) == c {
				return true
			}
		}
	}
	return false
}

// longestCue is how many words a cue has at most.
const longestCue = 5

// pauseBetween says whether a comma or the end of a sentence lies between two tokens: after from-1, up to to.
func (u *utterance) pauseBetween(from, to int) bool {
	for i := max(from, 0); i <= to && i < len(u.chart.Tokens); i++ {
		if u.chart.Tokens[i].Gap&(grammar.Comma|grammar.Stop) != 0 && i > 0 {
			return true
		}
	}
	return false
}

// claim marks tokens as used up by a reading.
func (u *utterance) claim(from, to int) {
	for i := from; i < to; i++ {
		u.taken[i] = true
	}
}

// claimed says whether any of the tokens is used up.
func (u *utterance) claimed(from, to int) bool {
	for i := from; i < to; i++ {
		if u.taken[i] {
			return true
		}
	}
	return false
}

// note records which words gave which reading.
func (u *utterance) note(from, to int, kind, value, rule string) {
	if from >= to || to > len(u.chart.Tokens) {
		return
	}
	u.out.Spans = append(u.out.Spans, Span{
		From: u.chart.Tokens[from].From, To: u.chart.Tokens[to-1].To, Kind: kind, Value: value, Rule: rule,
	})
}

// noteSpan records a reading of the grammar.
func (u *utterance) noteSpan(s *grammar.Span, kind, value string) {
	u.note(s.From, s.To, kind, value, s.Rule)
}

// said is the words of some tokens as they were said.
func (u *utterance) said(from, to int) string { return u.chart.Text(u.text, from, to) }
