package understanding

import (
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// readWork finds which service is wanted, how urgent it is, and what is dangerous about it.
func (u *utterance) readWork() {
	have := u.features()
	found := u.findProblems(have)
	u.readDanger(have)
	u.readService(have, found)
	u.readOthers(have, found)
	u.readKnown(found)
	if u.out.Known == "" && u.out.NotOffered == "" && u.ctx.Problem != "" {
		// "it's the furnace", after "it's making a noise"
		have = append(u.e.featuresOf(u.ctx.Problem, u.ctx), have...)
		found = u.findProblems(have)
		if u.out.Service == "" {
			u.readService(have, found)
		}
		u.readKnown(found)
	}
	u.readUrgency(have)
	u.readStep(have)
	u.out.Problem = u.problem(have)
	u.readSeveral(have)
	u.readAmong(have)
	u.have = have
}

// featuresOf are the features of words that were said before. They have no place in the present utterance.
func (e *Engine) featuresOf(text string, ctx Context) []feature {
	u := e.begin(text, Context{Now: ctx.Now, Language: ctx.Language})
	defer u.chart.Release()
	out := u.features()
	for i := range out {
		out[i].from, out[i].to = nowhere, nowhere
	}
	return out
}

// nowhere is the place of words that are not in the utterance.
const nowhere = -1

// problem is the part of the utterance that tells what is wrong, without greetings, names, times and fillers.
func (u *utterance) problem(have []feature) string {
	lo, hi := -1, -1
	for _, f := range have {
		if f.id == "c:running" && u.is(f.to, m.WMe) {
			continue // "what will that run me"
		}
		if f.from != nowhere && f.id[0] == 'c' && f.weight >= 0.8 && !u.e.ideas.Aside[f.id[2:]] {
			if lo < 0 || f.from < lo {
				lo = f.from
			}
			hi = max(hi, f.to)
		}
	}
	for _, k := range []grammar.Kind{m.KOther, m.KDanger} {
		s := u.first(k)
		if s != nil && k == m.KOther && u.e.offered[s.Value.(string)] {
			continue // "is this the plumber" is no problem
		}
		if s != nil && u.out.Service == "" {
			if lo < 0 || s.From < lo {
				lo = s.From
			}
			hi = max(hi, s.To)
		}
	}
	if a := u.ctx.Asked; lo >= 0 && !u.tells(have) && a != AskedNothing && a != AskedProblem && a != AskedMessage {
		return "" // "new year's day" is no problem
	}
	if lo < 0 {
		if u.ctx.Asked != AskedProblem && u.ctx.Asked != AskedMessage {
			return ""
		}
		if u.ctx.Asked == AskedProblem && (u.out.Answer != NoAnswer || u.out.Topic != "" || u.asks()) {
			return ""
		}
		lo, hi = 0, len(u.chart.Tokens)
		for lo < hi && (u.is(lo, m.WFiller) || u.taken[lo]) {
			lo++
		}
		if lo == hi {
			return "" // "hello" is no problem
		}
	}
	n := len(u.chart.Tokens)
	core := lo
	// back to the start of the clause, on to its end
	for lo > 0 && !u.taken[lo-1] && u.chart.Tokens[lo].Gap&(grammar.Comma|grammar.Stop) == 0 && !u.clauseStart(lo) {
		lo--
	}
	asks := false // "how much is it to fix a leaky faucet"
	for lo < core && (u.is(lo, m.WFiller, m.WLead, m.WQuestion) || asks && u.is(lo, m.WAskLead)) {
		asks = asks || u.is(lo, m.WQuestion)
		lo++
	}
	for hi < n && !u.taken[hi] && u.chart.Tokens[hi].Gap&(grammar.Comma|grammar.Stop) == 0 && !u.clauseStart(hi) {
		hi++
	}
	for hi > lo && u.is(hi-1, m.WJoin) {
		hi--
	}
	if lo >= hi {
		return ""
	}
	var b strings.Builder
	last := ""
	for i := lo; i < hi; i++ {
		w := u.said(i, i+1)
		t := &u.chart.Tokens[i]
		if i > lo && u.chart.Tokens[i-1].From == t.From || u.is(i, m.WHesitation) {
			continue // the second part of a contraction, or a filler
		}
		if strings.EqualFold(w, last) {
			continue // "my, my basement"
		}
		if b.Len() > 0 {
			if t.Gap&(grammar.Comma|grammar.Stop) != 0 && last != "" {
				b.WriteByte(',')
			}
			b.WriteByte(' ')
		}
		b.WriteString(w)
		last = w
	}
	const longest = 160
	s := strings.Trim(b.String(), " ,")
	if len(s) > longest {
		s = strings.ToValidUTF8(s[:longest], "")
		if i := strings.LastIndexByte(s, ' '); i > 0 {
			s = s[:i]
		}
	}
	return s
}

// tells says whether the features hold more than verbs such as "new" or "install".
func (u *utterance) tells(have []feature) bool {
	for _, f := range have {
		if f.id[0] == 'c' && !u.e.isAction(f.id) && !u.e.ideas.Aside[f.id[2:]] {
			return true
		}
	}
	return false
}

// clauseStart says whether a new thought begins at a token: "... and i need somebody out here".
func (u *utterance) clauseStart(i int) bool {
	for _, s := range u.chart.At(i) {
		if s.Kind != m.KCue {
			continue
		}
		switch s.Value.(m.Cue) {
		case m.CueThought:
			return true
		case m.CueThoughtUnless:
			return !u.is(i-1, m.WBecause)
		}
	}
	return false
}
