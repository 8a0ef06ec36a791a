package understanding

import (
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// serviceProfile is a service with the phrases that callers use for it.
type serviceProfile struct {
	name    string
	phrases []profile // the shop's own words for it, the name last
}

// leastService is the score below which an utterance is taken to name no service.
const leastService = 0.5

// readWork finds which service is wanted, how urgent it is, and what is dangerous about it.
func (u *utterance) readWork() {
	have := u.features()
	u.readDanger(have)
	u.readUrgency(have)
	u.readService(have)
	u.readOthers(have)
	u.out.Problem = u.problem(have)
}

// readService maps the problem to a service by the shop's own words.
func (u *utterance) readService(have []feature) {
	best, second, name, named := 0.0, 0.0, "", false
	for _, s := range u.e.services {
		score := 0.0
		sum := 0.0
		thing := false
		for i := range s.phrases {
			x, direct := s.phrases[i].match(u.e, have)
			if i == len(s.phrases)-1 {
				x *= 0.9 // the name alone says a little less than what callers call it
			}
			if x > score {
				score, thing = x, direct
			}
			sum += x
		}
		score += 0.04 * sum / float64(len(s.phrases)) // breaks ties
		if score > best {
			best, second, name, named = score, best, s.name, thing
		} else if score > second {
			second = score
		}
	}
	if best < leastService {
		return
	}
	// one that is barely ahead is less sure
	conf := min(best, 1)
	if best-second < 0.05 {
		conf *= 0.8
	}
	u.out.Service, u.out.ServiceScore, u.named = name, conf, named
	for _, f := range have {
		if strings.HasPrefix(f.id, "c:") && !f.denied && u.e.ideas.Weight[f.id[2:]] >= 0.8 {
			u.note(f.from, f.to, "service", name, f.id[2:])
		}
	}
}

// readDanger finds what is never booked. Denied words ("no smell") and sewer gas are none.
func (u *utterance) readDanger(have []feature) {
	u.chart.Each(m.KDanger, func(s *grammar.Span) {
		if u.out.Danger != "" || u.denied(s.From) || u.deniedWithin(s) || u.harmless(s) {
			return
		}
		u.out.Danger = u.e.dangerName(s.Value.(string), u.mentions(s, m.WSmell))
		u.noteSpan(s, "danger", u.out.Danger)
	})
	if u.out.Danger != "" {
		return
	}
	for i := range u.e.dangers {
		d := &u.e.dangers[i]
		if len(d.features) >= 2 && d.share(u.e, have) > 0.95 && d.close(u.e, have) {
			u.out.Danger = d.text
			return
		}
	}
}

// deniedWithin says whether a span holds a denial of its own: "smell or anything, no gas".
func (u *utterance) deniedWithin(s *grammar.Span) bool {
	for i := s.From + 1; i < s.To; i++ {
		if u.is(i, m.WDenies) {
			return true
		}
	}
	return false
}

// harmless says whether what sounds like a danger is none: "it smells like sewer gas".
func (u *utterance) harmless(s *grammar.Span) bool {
	found := false
	u.chart.Each(m.KCue, func(c *grammar.Span) {
		found = found || c.Value.(m.Cue) == m.CueNoDanger && c.From < s.To && c.To > s.From
	})
	return found
}

// close says whether the features of a phrase stand near each other in the utterance.
func (p *profile) close(e *Engine, have []feature) bool {
	lo, hi := 1<<30, 0
	for _, want := range p.features {
		for _, f := range have {
			if !f.denied && e.near(want.id, f.id) >= 1 {
				lo, hi = min(lo, f.from), max(hi, f.to)
				break
			}
		}
	}
	return hi-lo <= len(p.features)+3
}

// danger is one of the shop's dangers.
type danger struct {
	profile        // without features where the rules read it, which they do better than a comparison of words
	kind    string // which of the dangers that the rules read; "" for one that the shop alone knows
	smell   bool   // it is put as a smell
}

// dangerOf reads one of the shop's dangers.
func (e *Engine) dangerOf(text string) danger {
	d := danger{profile: e.profileOf(text)}
	u := e.begin(text, Context{})
	defer u.chart.Release()
	if s := u.first(m.KDanger); s != nil {
		d.kind, d.smell, d.features = s.Value.(string), u.mentions(s, m.WSmell), nil
	}
	return d
}

// dangerName is the shop's own wording of a danger, or the built-in one.
func (e *Engine) dangerName(kind string, smell bool) string {
	name := ""
	for _, d := range e.dangers {
		if d.kind == kind && (name == "" || d.smell == smell) {
			name = d.text
		}
	}
	if name == "" {
		return kind
	}
	return name
}

// readUrgency finds signs of an emergency: the shop's own and the usual ones.
func (u *utterance) readUrgency(have []feature) {
	calm := false
	u.chart.Each(m.KUrgency, func(s *grammar.Span) {
		switch v := s.Value.(string); {
		case v == "calm":
			calm = true
		case u.denied(s.From) || u.claimed(s.From, s.To):
		case v == "emergency" || u.out.Urgency == "":
			u.out.Urgency = v
			u.noteSpan(s, "urgency", v)
		}
	})
	for _, sign := range u.e.signs {
		if sign.met(u.e, have) {
			u.out.Urgency = "emergency"
		}
	}
	if calm {
		u.out.Urgency = ""
	}
}

// sign is a sign of an emergency: every part must be there. A part is met by any of its alternatives ("an infant or
// elderly person").
type sign struct{ parts []profile }

func (s *sign) met(e *Engine, have []feature) bool {
	if len(s.parts) == 0 {
		return false
	}
	for i := range s.parts {
		if s.parts[i].share(e, have) < 0.95 {
			return false
		}
	}
	return true
}

// readOthers finds work of other trades, where no service of the shop explains the words better.
func (u *utterance) readOthers(have []feature) {
	u.chart.Each(m.KOther, func(s *grammar.Span) {
		other := s.Value.(string)
		if u.out.Service != "" && u.named && !onlyWithin(s, have) {
			return
		}
		if u.out.NotOffered != "" || u.e.offered[other] || u.claimed(s.From, s.To) || u.denied(s.From) || u.isPlace(s.From) {
			return
		}
		u.out.NotOffered = other
		u.out.Service, u.out.ServiceScore = "", 0
		u.noteSpan(s, "not_offered", other)
	})
}

// onlyWithin says whether nothing outside of a span tells about a problem: all of "the oven won't heat" is about the
// oven, and none about the heating.
func onlyWithin(s *grammar.Span, have []feature) bool {
	if s.Len() < 2 {
		return false
	}
	for _, f := range have {
		if f.id[0] == 'c' && f.weight >= 0.8 && (f.from < s.From || f.to > s.To) {
			return false
		}
	}
	return true
}

// isPlace says whether a thing is only where something is: "water near the electrical panel".
func (u *utterance) isPlace(i int) bool {
	for i--; i >= 0 && u.is(i, m.WDeterminer); i-- {
	}
	return u.is(i, m.WNear)
}

// problem is the part of the utterance that tells what is wrong, without greetings, names, times and fillers.
func (u *utterance) problem(have []feature) string {
	lo, hi := -1, -1
	for _, f := range have {
		if f.id == "c:running" && u.is(f.to, m.WMe) {
			continue // "what will that run me"
		}
		if f.id[0] == 'c' && f.weight >= 0.8 && !u.e.ideas.Aside[f.id[2:]] {
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
