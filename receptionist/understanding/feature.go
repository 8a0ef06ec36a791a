package understanding

import (
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// feature is an idea of the trades, or a word of its own where no idea is known for it.
type feature struct {
	id       string // "c:leak" or "w:tamper"
	idea     int    // the number of the idea, -1 for a word of its own
	weight   float64
	from, to int  // tokens
	denied   bool // "no leak"
}

// features finds the ideas and content words of an utterance.
func (u *utterance) features() []feature {
	var out []feature
	var ideas []*grammar.Span
	u.chart.Each(m.KConcept, func(s *grammar.Span) {
		if !u.claimed(s.From, s.To) && !u.ofVisit(s) {
			ideas = append(ideas, s)
		}
	})
	covered := make([]bool, len(u.chart.Tokens))
	taken := u.takenBack(ideas)
	for _, s := range ideas {
		id := s.Value.(m.Concept).ID
		for i := s.From; i < s.To; i++ {
			covered[i] = true
		}
		if !u.hidden(s, ideas) {
			out = append(out, feature{id: "c:" + id, idea: u.e.ideas.Index(id), weight: u.e.ideas.Weight[id], from: s.From, to: s.To, denied: u.denied(s.From) || taken[id] > s.From})
		}
	}
	u.denySubjects(out)
	for i := range u.chart.Tokens {
		t := &u.chart.Tokens[i]
		if t.Digits || covered[i] || u.taken[i] || len(t.Norm) < 3 || u.is(i, m.WStop, m.WFiller) {
			continue
		}
		out = append(out, feature{id: "w:" + t.Stem, idea: -1, weight: 0.8, from: i, to: i + 1, denied: u.denied(i)})
	}
	return out
}

// denySubjects denies the thing of which a trouble is denied: "the spring is not broken, it's the remote" is not about
// the spring; nor is what is said to be fine.
func (u *utterance) denySubjects(ideas []feature) {
	for i := range ideas {
		thing := &ideas[i]
		if thing.denied || u.e.isTrouble(thing.id) || u.e.isAction(thing.id) {
			continue
		}
		if u.cueAt(thing.to, m.CueFine) {
			thing.denied = true
			continue
		}
		if !u.cueAt(thing.to, m.CueNotSo) {
			continue
		}
		for k := range ideas {
			what := &ideas[k]
			if what.denied && what.from > thing.to && what.from <= thing.to+4 && (u.e.isTrouble(what.id) || u.e.isAction(what.id)) {
				thing.denied = true
			}
		}
	}
}

// ofVisit says whether what is done is done to a visit and to no thing: "change my appointment" replaces nothing.
func (u *utterance) ofVisit(s *grammar.Span) bool {
	if !u.e.ideas.Action[s.Value.(m.Concept).ID] {
		return false
	}
	for i := max(0, s.From-2); i <= s.From; i++ {
		for _, o := range u.chart.At(i) {
			if o.Kind != m.KIntent || o.To < s.To || o.Len() == s.Len() {
				continue
			}
			if n := Intent(o.Value.(m.Hit).Intent); n == IntentReschedule || n == IntentCancel {
				return true
			}
		}
	}
	return false
}

// takenBack finds ideas that are denied after a correction, with the token of the denial: "it's clogged, no wait,
// it's not clogged". What was said of them before counts no longer.
func (u *utterance) takenBack(ideas []*grammar.Span) map[string]int {
	var out map[string]int
	u.chart.Each(m.KAmend, func(a *grammar.Span) {
		for _, s := range ideas {
			if s.From < a.To || !u.denied(s.From) {
				continue
			}
			if out == nil {
				out = map[string]int{}
			}
			out[s.Value.(m.Concept).ID] = s.From
		}
	})
	return out
}

// hidden says whether an idea is only part of the words of another: "water" of "water heater".
func (u *utterance) hidden(s *grammar.Span, all []*grammar.Span) bool {
	for _, o := range all {
		if o != s && o.From <= s.From && o.To >= s.To && u.e.ideas.Hides[[2]string{o.Value.(m.Concept).ID, s.Value.(m.Concept).ID}] {
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
		switch {
		case u.is(k, m.WDenies):
			// "no, ..." answers; "no no smell" denies. "not only" and "not just" don't deny.
			return !u.is(k+1, m.WNoDenial) && !(u.is(k, m.WAnswerNo) && k+1 < i && u.is(k+1, m.WStatement))
		case u.is(k, m.WThrough):
		default:
			return false
		}
	}
	return false
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
		if !seen[f.id] && !f.denied {
			seen[f.id] = true
			p.features = append(p.features, f)
			p.total += f.weight
		}
	}
	return p
}

// share is how much of the profile an utterance's features cover, 0 to 1.
func (p *profile) share(e *Engine, have []feature) float64 {
	if p.total == 0 {
		return 0
	}
	sum := 0.0
	for i := range p.features {
		want, best := &p.features[i], 0.0
		for k := range have {
			if !have[k].denied {
				best = max(best, e.near(want, &have[k]))
			}
		}
		sum += best * want.weight
	}
	return sum / p.total
}

// match is the same for a service. A phrase that names a thing or a trouble is not met by its verb alone: "install"
// says nothing about faucets. Direct says that a thing or a trouble was named in so many words.
func (p *profile) match(e *Engine, have []feature) (share float64, direct bool) {
	if p.total == 0 {
		return 0, false
	}
	sum, things, met := 0.0, 0, 0
	unmet := false // an action that was not asked for
	for i := range p.features {
		want, best := &p.features[i], 0.0
		byAction := false // "it stopped working" does not tell which trouble
		for k := range have {
			f := &have[k]
			if f.denied {
				continue
			}
			s := e.near(want, f)
			if s > best {
				byAction = e.isAction(f.id)
			}
			if want.id == "c:repair" && e.isTrouble(f.id) {
				s = max(s, 0.5) // who tells a trouble asks for its repair
			}
			best = max(best, s)
		}
		sum += best * want.weight
		if want.weight >= 0.5 && !e.isAction(want.id) {
			things++
			if best >= 0.4 && !(e.isTrouble(want.id) && byAction) {
				met++
			}
			direct = direct || best >= 0.9 && !e.isTrouble(want.id)
		}
		if e.isAction(want.id) && best < 0.4 && want.id != "c:broken" && want.id != "c:repair" {
			unmet = true
		}
	}
	if things > 0 && met == 0 {
		return 0, false
	}
	share = sum / p.total
	if unmet {
		share *= 0.8 // "the water heater" is not yet "a new water heater"
	}
	return share, direct
}

func (e *Engine) isTrouble(id string) bool { return id[0] == 'c' && e.ideas.Trouble[id[2:]] }

func (e *Engine) isAction(id string) bool { return id[0] == 'c' && e.ideas.Action[id[2:]] }

// near is how near two features are.
func (e *Engine) near(a, b *feature) float64 {
	switch {
	case a.idea >= 0 && b.idea >= 0:
		return float64(e.ideas.Row(a.idea)[b.idea])
	case a.id == b.id:
		return 1
	case a.idea < 0 && b.idea < 0 && (compounds(a.id[2:], b.id[2:]) || compounds(b.id[2:], a.id[2:])):
		return 0.85
	}
	return 0
}

// compounds says whether a word is made of another and more: a cockroach is a roach.
func compounds(word, of string) bool {
	const least = 5 // letters; "car" is in too many words
	return len(of) >= least && len(word) >= len(of)+3 && strings.HasSuffix(word, of)
}
