package understanding

import (
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// readName finds the name of the customer, as said and as spelled; spelling wins.
func (u *utterance) readName() {
	spelled := u.spelledParts()
	for _, p := range spelled {
		u.claim(p.from, p.to) // "b as in boy" names nobody
	}
	heard, span := u.heardName()
	if span != nil {
		heard.Text, span = u.wholeName(heard.Text, span)
		heard.Text = u.respell(heard.Text)
	}
	switch {
	case len(spelled) > 0:
		u.out.Spelt = true
		u.out.Name, u.out.NamePart = u.l.applySpelling(heard.Text, spelled)
		for _, p := range spelled {
			u.note(p.from, p.to, "name", u.out.Name, "spelled")
		}
	case heard.Text != "":
		u.out.Name = heard.Text
		switch heard.Part {
		case m.FirstPart:
			u.out.NamePart = "first"
		case m.LastPart:
			u.out.NamePart = "last"
		}
	}
	if span != nil {
		u.claim(span.From, span.To)
		u.note(span.From, span.To, "name", u.out.Name, span.Rule)
	}
}

// wholeName goes on with a name whose rule stopped within the last name: "aaliyah van der | berg", "sean | o rourke".
func (u *utterance) wholeName(name string, s *grammar.Span) (string, *grammar.Span) {
	words := strings.Fields(name)
	if len(words) == 0 {
		return name, s
	}
	out := *s
	joined := func(i int) bool {
		return i < len(u.chart.Tokens) && u.chart.Tokens[i].Gap&(grammar.Comma|grammar.Stop) == 0 && !u.claimed(i, i+1)
	}
	for len(words) < 6 {
		i := out.To
		if r := u.longest(i, m.KRespell); r != nil && len(words) == 1 && u.nameWord(r.To) && !u.claimed(r.From, r.To+1) {
			// "catherine with a k, o'malley"
			words = append(words, u.l.Title(u.word(r.To)))
			out.To = r.To + 1
			continue
		}
		if !joined(i) {
			break
		}
		last := strings.ToLower(words[len(words)-1])
		switch {
		case u.is(i, m.WNamePrefix) && joined(i+1) && u.nameWord(i+1):
			words = append(words, u.l.Title(u.word(i)+"'"+u.word(i+1)))
			out.To += 2
		case u.l.Words.Is(last, m.WParticle) && len(words) > 1 && u.nameWord(i), u.leadsOn(i) && joined(i+1):
			words = append(words, u.l.Title(u.chart.Tokens[i].Written))
			out.To++
		case u.l.People.Last[u.word(i)] && (len(words) == 1 && u.l.People.First[last] || len(words) <= 3 && u.givenNames(words)) && u.clauseEnds(i+1):
			words = append(words, u.l.Title(u.chart.Tokens[i].Written)) // a last name that is mostly another word: "price"
			out.To++
		default:
			return joinMc(words), &out
		}
	}
	return joinMc(words), &out
}

// particleIn says whether one of some words is part of a last name of several: "van der berg".
func (u *utterance) particleIn(from, to int) bool {
	for i := from + 1; i < to-1; i++ {
		if u.is(i, m.WParticle) {
			return true
		}
	}
	return false
}

// givenNames says whether a name is two first names, with or without a last name: "rosa maria", "rosa maria smith".
func (u *utterance) givenNames(words []string) bool {
	return len(words) >= 2 && u.l.People.First[strings.ToLower(words[0])] && (u.l.People.First[strings.ToLower(words[1])] || len(words) == 2)
}

// clauseEnds says whether nothing but a courtesy follows before the next pause.
func (u *utterance) clauseEnds(i int) bool {
	return i >= len(u.chart.Tokens) || u.chart.Tokens[i].Gap&(grammar.Comma|grammar.Stop) != 0 || u.is(i, m.WPlease) && u.clauseEnds(i+1)
}

// joinMc writes "Mc Donald" in one.
func joinMc(words []string) string {
	for i := 0; i+1 < len(words); i++ {
		if words[i] == "Mc" || words[i] == "Mac" && i > 0 {
			words[i] += words[i+1]
			words = append(words[:i+1], words[i+2:]...)
		}
	}
	return strings.Join(words, " ")
}

// holiday says whether a word names a day that people are not called after: "are you open thanksgiving".
func (u *utterance) holiday(i int) bool {
	for _, o := range u.chart.At(i) {
		if d, ok := o.Value.(m.Days); ok && d.Holiday && !u.l.People.First[u.word(i)] && !u.l.People.Last[u.word(i)] {
			return true
		}
	}
	return false
}

// grumbles says whether what looks like a name is a word of a complaint: "this is ridiculous".
func (u *utterance) grumbles(s *grammar.Span) bool {
	for i := s.From; i < s.To; i++ {
		for _, o := range u.chart.At(i) {
			if h, ok := o.Value.(m.Hit); ok && o.Kind == m.KIntent && Intent(h.Intent) == IntentComplaint {
				return true
			}
		}
	}
	return false
}

// heardName is the name as the recogniser heard it.
func (u *utterance) heardName() (m.Name, *grammar.Span) {
	asked := u.ctx.Asked == AskedName
	var best *grammar.Span
	worth := 0.0
	u.chart.Each(m.KName, func(s *grammar.Span) {
		n := s.Value.(m.Name)
		if u.claimed(s.From, s.To) || u.e.isStaff(n.Text) && !asked && n.Cue == m.WeakCue {
			return
		}
		if n.Cue == m.WeakCue && !asked && (s.Rule != m.RuleNameAfterWeak && s.Rule != m.RuleFirstAndLast || u.ctx.Asked == AskedWhen) {
			return
		}
		if s.Rule == m.RuleFirstAndLast && !asked && s.From > 0 && s.To < len(u.chart.Tokens) && !u.pauseBetween(s.From, s.From) && u.ctx.Asked != AskedMessage {
			return
		}
		if !asked && (n.Cue < m.StrongCue && u.shopWord(s) || u.grumbles(s)) {
			return
		}
		w := float64(n.Cue)*2 + float64(len(strings.Fields(n.Text))) + s.Score
		if n.Other {
			w += 4
		}
		if best == nil || w > worth {
			best, worth = s, w
		}
	})
	if best != nil && asked && best.Rule == m.RuleFirstAndLast {
		best = nil // the answer as a whole says more: "rosa maria delgado"
	}
	if best != nil {
		n := best.Value.(m.Name)
		n.Text = u.cutName(n.Text)
		// "it's karen, karen whitfield": the fuller form follows
		if fuller := u.fullerName(best, n.Text); fuller != "" {
			n.Text = fuller
		}
		return n, best
	}
	if asked {
		return u.bareName()
	}
	return m.Name{}, nil
}

// shopWord says whether a name after a weak cue is rather a word of the trade: "this is plumbing".
func (u *utterance) shopWord(s *grammar.Span) bool {
	for i := s.From; i <= s.To && i < len(u.chart.Tokens); i++ {
		if i == s.To && (u.pauseBetween(i, i) || strings.Contains(s.Value.(m.Name).Text, " ") || u.l.People.First[u.word(i-1)]) {
			break // only "this is peoples gas" goes on with a word of the trade
		}
		if u.longest(i, m.KConcept) != nil || u.longest(i, m.KOther) != nil {
			return true
		}
	}
	return false
}

// cutName drops words that ended up in a name without being part of one.
func (u *utterance) cutName(name string) string {
	words := strings.Fields(name)
	for len(words) > 2 && u.l.Words.Is(strings.ToLower(words[len(words)-1]), m.WCommon) && !u.l.People.Last[strings.ToLower(words[len(words)-1])] {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// fullerName looks for the name said again in full after the span.
func (u *utterance) fullerName(s *grammar.Span, name string) string {
	first, _, more := strings.Cut(strings.ToLower(name), " ")
	if more {
		return ""
	}
	for i := s.To; i+1 < len(u.chart.Tokens) && i <= s.To+8; i++ {
		if u.chart.Tokens[i].Written == first && u.nameWord(i+1) {
			last := u.chart.Tokens[i+1].Written
			u.claim(i, i+2)
			return u.l.Title(first + " " + last)
		}
	}
	return ""
}

func (u *utterance) nameWord(i int) bool {
	w := u.word(i)
	if w == "" || u.chart.Tokens[i].Digits || w == "'s" {
		return false
	}
	return (u.l.People.First[w] || u.l.People.Last[w] || !u.l.Words.Is(w, m.WCommon)) && len(w) > 1
}

// bareName reads an answer to "what's your name?" that is nothing but the name, with words around it that mean
// nothing: "uh karen whitfield", "megan, megan o'rourke", "dave kowalski like i said".
func (u *utterance) bareName() (m.Name, *grammar.Span) {
	n := len(u.chart.Tokens)
	bestFrom, bestTo, bestWorth := 0, 0, 0.0
	for i := 0; i < n; i++ {
		if !u.nameWord(i) && !(i == 0 && u.leadsOn(i)) || u.holiday(i) || u.within(i, m.KHold) || u.claimed(i, i+1) || u.chart.Tokens[i].Letter {
			continue
		}
		j := i
		for j < n && j < i+6 && (u.nameWord(j) || (j > i || i == 0) && u.leadsOn(j)) && !u.claimed(j, j+1) && !u.chart.Tokens[j].Letter && (j == i || u.chart.Tokens[j].Gap&(grammar.Comma|grammar.Stop) == 0) {
			j++
		}
		w := 0.0
		for k := i; k < j; k++ {
			w++
			if x := u.word(k); u.l.People.First[x] || u.l.People.Last[x] {
				w += 0.6
			}
		}
		if u.l.People.First[u.word(i)] {
			w++
		}
		if u.is(i-1, m.WFrom) {
			w -= 2 // "jason with local search partners"
		}
		if j-i > 3 && !u.particleIn(i, j) {
			w -= 3 // more likely a sentence
		}
		if w > bestWorth {
			bestFrom, bestTo, bestWorth = i, j, w
		}
		i = j - 1
	}
	if bestTo == 0 || u.declined() {
		return m.Name{}, nil
	}
	// a lone unknown word in a long sentence is no name
	if bestWorth < 1.5 && n > 4 {
		return m.Name{}, nil
	}
	words := make([]string, 0, bestTo-bestFrom)
	if bestFrom > 0 && u.is(bestFrom-1, m.WNamePrefix) && bestTo == bestFrom+1 {
		// "o rourke" is how recognisers write O'Rourke
		return m.Name{Text: u.l.Title(u.word(bestFrom-1) + "'" + u.word(bestFrom)), Cue: m.WeakCue}, &grammar.Span{From: bestFrom - 1, To: bestTo, Rule: "name as the answer"}
	}
	for k := bestFrom; k < bestTo; k++ {
		words = append(words, u.chart.Tokens[k].Written)
	}
	return m.Name{Text: u.l.Title(strings.Join(words, " ")), Cue: m.WeakCue}, &grammar.Span{From: bestFrom, To: bestTo, Rule: "name as the answer"}
}

// within says whether a token lies in a reading of a kind.
func (u *utterance) within(i int, kind grammar.Kind) bool {
	for k := max(0, i-4); k <= i; k++ {
		if s := u.longest(k, kind); s != nil && s.To > i {
			return true
		}
	}
	return false
}

// leadsOn says whether a word inside of a name goes on with it: the "de la" of "juan de la cruz".
func (u *utterance) leadsOn(i int) bool {
	for ; u.is(i, m.WParticle); i++ {
		if u.pauseBetween(i+1, i+1) {
			return false
		}
		if u.nameWord(i + 1) {
			return true
		}
	}
	return false
}

// declined says whether the answer is about something else: a question, a refusal, a problem.
func (u *utterance) declined() bool {
	return u.is(0, m.WQuestion, m.WWhy) && len(u.chart.Tokens) > 3
}
