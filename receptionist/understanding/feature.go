package understanding

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// feature is an idea of the trades, or a word of its own where no idea is known for it.
type feature struct {
	id       string // "c:leak" or "w:tamper"
	weight   float64
	from, to int  // tokens
	denied   bool // "no leak"
}

// features finds the ideas and content words of an utterance.
func (u *utterance) features() []feature {
	var out []feature
	n := len(u.chart.Tokens)
	covered := make([]int, n) // token after the longest plain idea that begins at or before here
	for i := range n {
		for _, s := range u.chart.At(i) {
			if s.Kind != m.KConcept || u.claimed(s.From, s.To) {
				continue
			}
			id := s.Value.(m.Concept).ID
			if i > 0 && covered[i-1] >= s.To && covered[i-1] > i || u.inLonger(s) {
				continue // "water" of "water heater"
			}
			out = append(out, feature{id: "c:" + id, weight: u.e.ideas.Weight[id], from: s.From, to: s.To, denied: u.denied(s.From)})
		}
		if i > 0 {
			covered[i] = covered[i-1]
		}
		for _, s := range u.chart.At(i) {
			if s.Kind == m.KConcept && s.Len() <= 4 {
				covered[i] = max(covered[i], s.To)
			}
		}
	}
	for i := range n {
		t := &u.chart.Tokens[i]
		if t.Digits || u.lex.Stop[t.Norm] || u.lex.Fillers[t.Norm] || len(t.Norm) < 3 || u.taken[i] || u.longest(i, m.KConcept) != nil || i > 0 && covered[i] > i {
			continue
		}
		out = append(out, feature{id: "w:" + t.Stem, weight: 0.8, from: i, to: i + 1, denied: u.denied(i)})
	}
	return out
}

// inLonger says whether a longer idea begins at the same word.
func (u *utterance) inLonger(s *grammar.Span) bool {
	for _, o := range u.chart.At(s.From) {
		if o.Kind == m.KConcept && o.To > s.To && o.Len() <= 3 && o.Value.(m.Concept).ID != "no_hot_water" && o.Value.(m.Concept).ID != "no_heat" {
			return true
		}
	}
	return false
}

// denied says whether the words before a token say that it is not so: "no smell", "it isn't really leaking".
func (u *utterance) denied(i int) bool {
	for k := i - 1; k >= 0 && k >= i-5; k-- {
		if u.chart.Tokens[k+1].Gap&(grammar.Comma|grammar.Stop) != 0 {
			return false
		}
		switch w := u.word(k); {
		case w == "not" || w == "no" || w == "never" || w == "without" || w == "isn't" || w == "nor":
			// "no, ..." answers; "no no smell" denies. "not only" and "not just" don't deny.
			return !u.has(k+1, "only", "just", "sure", "know") && !(w == "no" && k+1 < i && u.has(k+1, "it", "there", "i", "we", "the", "my", "that"))
		case throughDenial[w]:
		default:
			return false
		}
	}
	return false
}

// throughDenial are words that stand between "not" and what it denies.
var throughDenial = map[string]bool{
	"a": true, "an": true, "the": true, "any": true, "really": true, "actually": true, "even": true, "it": true, "is": true, "currently": true, "yet": true,
	"have": true, "had": true, "got": true, "see": true, "notice": true, "been": true, "be": true, "think": true, "that": true, "there": true, "of": true, "smell": true,
	"hear": true, "feel": true, "having": true, "getting": true, "kind": true, "like": true,
}

// profile is what a phrase of the shop's is about.
type profile struct {
	text     string
	features []feature
	total    float64
}

// profileOf reads one of the shop's own phrases.
func (e *Engine) profileOf(text string) profile {
	u := e.begin(text, Context{})
	defer u.chart.Release()
	p := profile{text: text}
	seen := map[string]bool{}
	for _, f := range u.features() {
		if !seen[f.id] {
			seen[f.id] = true
			p.features = append(p.features, f)
			p.total += f.weight
		}
	}
	return p
}

// share is how much of the profile an utterance's features cover, 0 to 1.
func (p *profile) share(e *Engine, have []feature) float64 {
	s, _ := p.match(e, have)
	return s
}

// match is the same for a service. A phrase that names a thing or a trouble is not met by its verb alone: "install"
// says nothing about faucets. Direct says that a thing or a trouble was named in so many words.
func (p *profile) match(e *Engine, have []feature) (share float64, direct bool) {
	if p.total == 0 {
		return 0, false
	}
	sum, things, met := 0.0, 0, 0
	for _, want := range p.features {
		best := 0.0
		for _, f := range have {
			if f.denied {
				continue
			}
			if s := e.near(want.id, f.id); s > best {
				best = s
			}
		}
		sum += best * want.weight
		if want.weight >= 0.5 && !e.isAction(want.id) {
			things++
			if best >= 0.4 {
				met++
			}
			direct = direct || best >= 0.9
		}
	}
	if things > 0 && met == 0 {
		return 0, false
	}
	return sum / p.total, direct
}

func (e *Engine) isAction(id string) bool { return id[0] == 'c' && e.ideas.Action[id[2:]] }

// near is how near two features are.
func (e *Engine) near(a, b string) float64 {
	if a == b {
		return 1
	}
	if a[0] != 'c' || b[0] != 'c' {
		return 0
	}
	return e.ideas.Near(a[2:], b[2:])
}
