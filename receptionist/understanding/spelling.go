package understanding

import (
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

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
		if u.is(s.From-1, m.WWith) && len(t) < 3 || len(t) < least || s.To-s.From < 2 || strings.Trim(t, "ai") == "" {
			i = s.To
			continue
		}
		for _, w := range u.splitLetters(s, t) {
			p := spelledPart{text: w.text, from: w.from, to: w.to}
			switch {
			case u.is(w.from-1, m.WLastName) || u.is(w.from-2, m.WLastName) || u.is(w.from-3, m.WLastName):
				p.part = m.LastPart
			case u.is(w.from-1, m.WFirstName) || u.is(w.from-2, m.WFirstName) || u.is(w.from-3, m.WFirstName):
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
			if u.l.People.First[text[:n]] && (u.l.People.Last[text[n:]] || n >= 5) {
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
func (l *language) applySpelling(heard string, parts []spelledPart) (name, part string) {
	if len(parts) >= 2 {
		first, last := parts[0].text, parts[1].text
		if parts[0].part == m.LastPart {
			first, last = last, first
		}
		return l.Title(first + " " + last), ""
	}
	p := parts[0]
	spelled := l.Title(p.text)
	words := strings.Fields(heard)
	if several := strings.Fields(spelled); len(several) > 1 { // "d e space l e o n"
		switch n := len(words) - len(several); {
		case n > 0:
			return strings.Join(words[:n], " ") + " " + spelled, ""
		case len(words) == 1 && !alike(words[0], several[0]):
			return words[0] + " " + spelled, ""
		}
		return spelled, ""
	}
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
