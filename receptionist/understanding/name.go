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
	switch {
	case len(spelled) > 0:
		u.out.Spelt = true
		u.out.Name, u.out.NamePart = u.e.applySpelling(heard.Text, spelled)
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

// heardName is the name as the recogniser heard it.
func (u *utterance) heardName() (m.Name, *grammar.Span) {
	asked := u.ctx.Asked == AskedName
	var best *grammar.Span
	worth := 0.0
	u.chart.Each(m.KName, func(s *grammar.Span) {
		n := s.Value.(m.Name)
		if u.claimed(s.From, s.To) || u.e.isStaff(n.Text) && !asked {
			return
		}
		if n.Cue == m.WeakCue && !asked && (s.Rule != "name after a weak cue" && s.Rule != "first and last name" || u.ctx.Asked == AskedWhen) {
			return
		}
		if s.Rule == "first and last name" && !asked && s.From > 0 && s.To < len(u.chart.Tokens) && !u.pauseBetween(s.From, s.From) && u.ctx.Asked != AskedMessage {
			return
		}
		if !asked && n.Cue < m.StrongCue && u.shopWord(s) {
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
	if best != nil && asked && best.Rule == "first and last name" {
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
	for i := s.From; i < s.To; i++ {
		if u.longest(i, m.KConcept) != nil || u.longest(i, m.KOther) != nil {
			return true
		}
	}
	return false
}

// cutName drops words that ended up in a name without being part of one.
func (u *utterance) cutName(name string) string {
	words := strings.Fields(name)
	for len(words) > 2 && u.lex.Common[strings.ToLower(words[len(words)-1])] && !u.e.people.Last[strings.ToLower(words[len(words)-1])] {
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
		if u.word(i) == first && u.nameWord(i+1) {
			last := u.word(i + 1)
			u.claim(i, i+2)
			return u.e.title(first + " " + last)
		}
	}
	return ""
}

func (u *utterance) nameWord(i int) bool {
	w := u.word(i)
	if w == "" || u.chart.Tokens[i].Digits || w == "'s" {
		return false
	}
	return (u.e.people.First[w] || u.e.people.Last[w] || !u.lex.Common[w]) && len(w) > 1
}

// bareName reads an answer to "what's your name?" that is nothing but the name, with words around it that mean
// nothing: "uh karen whitfield", "megan, megan o'rourke", "dave kowalski like i said".
func (u *utterance) bareName() (m.Name, *grammar.Span) {
	n := len(u.chart.Tokens)
	bestFrom, bestTo, bestWorth := 0, 0, 0.0
	for i := 0; i < n; i++ {
		if !u.nameWord(i) || u.claimed(i, i+1) || u.chart.Tokens[i].Letter {
			continue
		}
		j := i
		for j < n && j < i+4 && u.nameWord(j) && !u.claimed(j, j+1) && !u.chart.Tokens[j].Letter && (j == i || u.chart.Tokens[j].Gap&(grammar.Comma|grammar.Stop) == 0) {
			j++
		}
		w := 0.0
		for k := i; k < j; k++ {
			w++
			if x := u.word(k); u.e.people.First[x] || u.e.people.Last[x] {
				w += 0.6
			}
		}
		if u.e.people.First[u.word(i)] {
			w++
		}
		if u.has(i-1, "with", "from", "at", "for", "of") {
			w -= 2 // "jason with local search partners"
		}
		if j-i > 3 {
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
	if bestFrom > 0 && u.has(bestFrom-1, "o") && bestTo == bestFrom+1 {
		// "o rourke" is how recognisers write O'Rourke
		return m.Name{Text: u.e.title("o'" + u.word(bestFrom)), Cue: m.WeakCue}, &grammar.Span{From: bestFrom - 1, To: bestTo, Rule: "name as the answer"}
	}
	for k := bestFrom; k < bestTo; k++ {
		words = append(words, u.word(k))
	}
	return m.Name{Text: u.e.title(strings.Join(words, " ")), Cue: m.WeakCue}, &grammar.Span{From: bestFrom, To: bestTo, Rule: "name as the answer"}
}

// declined says whether the answer is about something else: a question, a refusal, a problem.
func (u *utterance) declined() bool {
	return u.has(0, "why", "what", "how", "do", "can", "could") && len(u.chart.Tokens) > 3
}

// spelledPart is a part of a name said letter by letter.
type spelledPart struct {
	text     string
	from, to int
	part     m.NamePart
}

// spelledParts finds the spelled parts of a name. Two letters make a part only where a name is the topic, since
// "a" and "i" are words.
func (u *utterance) spelledParts() []spelledPart {
	var out []spelledPart
	for i := 0; i < len(u.chart.Tokens); {
		s := u.longest(i, m.KLetters)
		if s == nil || u.claimed(s.From, s.To) {
			i++
			continue
		}
		t := s.Value.(m.Spelling).Text
		least := 3
		if u.ctx.Asked == AskedName || len(out) > 0 {
			least = 2
		}
		if u.has(s.From-1, "with") && len(t) < 3 || len(t) < least || s.To-s.From < 2 || strings.Trim(t, "ai") == "" {
			i = s.To
			continue
		}
		for _, w := range u.splitLetters(s, t) {
			p := spelledPart{text: w.text, from: w.from, to: w.to}
			switch {
			case u.has(w.from-1, "last", "surname") || u.has(w.from-2, "last") || u.has(w.from-3, "last"):
				p.part = m.LastPart
			case u.has(w.from-1, "first") || u.has(w.from-2, "first") || u.has(w.from-3, "first"):
				p.part = m.FirstPart
			}
			out = append(out, p)
		}
		i = s.To
	}
	return out
}

// splitLetters parts a run of letters at its pauses, and a run without a pause that begins with a known first
// name: "k a r e n w h i t f i e l d".
func (u *utterance) splitLetters(s *grammar.Span, text string) []spelledPart {
	var out []spelledPart
	cur := spelledPart{from: s.From}
	rest := text
	for i := s.From; i < s.To; i++ {
		if i > s.From && u.chart.Tokens[i].Gap&(grammar.Comma|grammar.Stop) != 0 && u.evenPauses(s) {
			cur.to = i
			out = append(out, cur)
			cur = spelledPart{from: i}
		}
		l := u.lettersAt(i, s.To)
		if l == nil {
			continue
		}
		t := l.Value.(m.Spelling).Text
		if !strings.HasPrefix(rest, t) {
			continue
		}
		cur.text += t
		rest = rest[len(t):]
		i = l.To - 1
	}
	cur.to = s.To
	out = append(out, cur)
	if len(out) == 1 && len(text) > 8 {
		for n := len(text) - 3; n >= 4; n-- {
			if u.e.people.First[text[:n]] && (u.e.people.Last[text[n:]] || n >= 5) {
				return []spelledPart{{text: text[:n], from: s.From, to: s.To, part: m.FirstPart}, {text: text[n:], from: s.From, to: s.To, part: m.LastPart}}
			}
		}
	}
	return out
}

// evenPauses says whether pauses part words: where every letter has one after it, they part letters.
func (u *utterance) evenPauses(s *grammar.Span) bool {
	n := 0
	for i := s.From + 1; i < s.To; i++ {
		if u.chart.Tokens[i].Gap&(grammar.Comma|grammar.Stop) != 0 {
			n++
		}
	}
	return n <= 2 && n < (s.To-s.From)/2
}

func (u *utterance) lettersAt(i, to int) *grammar.Span {
	var best *grammar.Span
	for _, s := range u.chart.At(i) {
		if s.Kind == m.KLetter && s.To <= to && (best == nil || s.To > best.To) {
			best = s
		}
	}
	return best
}

// applySpelling puts spelled parts in the place of what was heard.
func (e *Engine) applySpelling(heard string, parts []spelledPart) (name, part string) {
	if len(parts) >= 2 {
		first, last := parts[0].text, parts[1].text
		if parts[0].part == m.LastPart {
			first, last = last, first
		}
		return e.title(first + " " + last), ""
	}
	p := parts[0]
	spelled := e.title(p.text)
	words := strings.Fields(heard)
	switch {
	case len(words) == 0:
		if p.part == m.FirstPart {
			part = "first"
		} else if p.part == m.LastPart {
			part = "last"
		}
		return spelled, part
	case len(words) == 1:
		if p.part == m.FirstPart || p.part == m.WholeName && alike(words[0], spelled) {
			if p.part == m.LastPart {
				part = "last"
			}
			return spelled, part
		}
		return words[0] + " " + spelled, ""
	}
	i := replaceable(words, spelled, p.part)
	words[i] = spelled
	return strings.Join(words, " "), ""
}

// replaceable is the word of a name that a spelling corrects: the one it sounds most like, the last in doubt.
func replaceable(words []string, spelled string, part m.NamePart) int {
	last := len(words) - 1
	switch part {
	case m.FirstPart:
		return 0
	case m.LastPart:
		return last
	}
	best, at := distance(words[last], spelled), last
	for i, w := range words[:last] {
		if d := distance(w, spelled); d < best {
			best, at = d, i
		}
	}
	if best > len(spelled)/2+1 {
		return last
	}
	return at
}

// MergeName puts a name, or a part or spelling of one, together with the name known so far.
func MergeName(known string, u *Understanding) string {
	words := strings.Fields(known)
	if u.Name == "" {
		return known
	}
	if len(words) == 0 || len(strings.Fields(u.Name)) > 1 {
		return u.Name
	}
	switch u.NamePart {
	case "first":
		if len(words) > 1 {
			return u.Name + " " + strings.Join(words[1:], " ")
		}
		return u.Name
	case "last":
		return words[0] + " " + u.Name
	}
	if u.Spelt {
		if len(words) == 1 {
			if alike(words[0], u.Name) {
				return u.Name
			}
			return words[0] + " " + u.Name
		}
		words[replaceable(words, u.Name, m.WholeName)] = u.Name
		return strings.Join(words, " ")
	}
	for _, w := range words {
		if strings.EqualFold(w, u.Name) {
			return known
		}
	}
	if len(words) == 1 {
		return words[0] + " " + u.Name
	}
	return u.Name
}

// alike says whether two words could be one word heard in two ways.
func alike(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return a != "" && b != "" && (a[0] == b[0] && distance(a, b) <= max(len(a), len(b))/2 || distance(a, b) <= 2)
}

// distance is the edit distance of two words, case aside.
func distance(a, b string) int {
	x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	if len(x) > 40 || len(y) > 40 {
		return 40
	}
	prev := make([]int, len(y)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range x {
		diag := prev[0]
		prev[0] = i + 1
		for j := range y {
			cost := diag
			if x[i] != y[j] {
				cost++
			}
			diag = prev[j+1]
			prev[j+1] = min(cost, prev[j]+1, prev[j+1]+1)
		}
	}
	return prev[len(y)]
}
