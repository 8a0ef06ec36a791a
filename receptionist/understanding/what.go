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
		if u.out.Danger != "" || u.denied(s.From) || u.deniedWithin(s) || u.has(s.To-2, "sewer") || u.has(s.From-1, "sewer") {
			return
		}
		u.out.Danger = u.e.dangerName(s.Value.(string), u.said(s.From, s.To))
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
		if u.has(i, "not", "no", "never") {
			return true
		}
	}
	return false
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

// dangerName is the shop's own wording of a danger, or the built-in one.
func (e *Engine) dangerName(kind, said string) string {
	word := "gas"
	if strings.Contains(kind, "monoxide") {
		word = "monoxide"
	}
	smell := strings.Contains(strings.ToLower(said), "smell") || strings.Contains(said, "odor")
	name := ""
	for _, d := range e.dangers {
		if !strings.Contains(strings.ToLower(d.text), word) {
			continue
		}
		if name == "" || strings.Contains(strings.ToLower(d.text), "smell") == smell {
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
	for i--; i >= 0 && u.has(i, "the", "a", "an", "my", "our", "to"); i-- {
	}
	return u.has(i, "near", "by", "beside", "above", "under", "below", "behind", "next", "onto", "into", "around", "close")
}

// problem is the part of the utterance that tells what is wrong, without greetings, names, times and fillers.
func (u *utterance) problem(have []feature) string {
	lo, hi := -1, -1
	for _, f := range have {
		if f.id == "c:running" && u.has(f.to, "me", "us") {
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
		for lo < hi && (u.lex.Fillers[u.word(lo)] || u.taken[lo]) {
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
	for lo < core && (u.lex.Fillers[u.word(lo)] || problemLead[u.word(lo)] || asks && askLead[u.word(lo)] || u.has(lo, "how", "what", "can", "could", "do")) {
		asks = asks || u.has(lo, "how", "what", "can", "could", "do")
		lo++
	}
	for hi < n && !u.taken[hi] && u.chart.Tokens[hi].Gap&(grammar.Comma|grammar.Stop) == 0 && !u.clauseStart(hi) {
		hi++
	}
	for hi > lo && u.has(hi-1, "and", "so", "but", "also") {
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
		if i > lo && u.chart.Tokens[i-1].From == t.From || u.word(i) == "um" || u.word(i) == "uh" || u.word(i) == "hmm" {
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
	if u.has(i, "and", "so", "but") && u.has(i+1, "i", "we", "can", "could", "need", "would", "do", "i'd", "when", "how", "are", "is", "does", "what", "will", "also") {
		return true
	}
	if i > 0 && (u.has(i, "how") && u.has(i+1, "much", "long", "soon") || u.has(i, "are", "do") && u.has(i+1, "you", "y'all") || u.has(i, "what") && u.has(i+1, "do", "does", "would", "will", "is")) {
		return true // a question in the same breath
	}
	return u.has(i, "can", "could", "would") && u.has(i+1, "you", "somebody", "someone", "anybody") || u.has(i, "i", "we") && u.has(i+1, "need", "want", "would", "was", "am", "also") && i > 0 && (!u.has(i-1, "and", "so", "because") || u.has(i+1, "also"))
}

// askLead are words between the start of a question and what is wrong.
var askLead = map[string]bool{
	"much": true, "does": true, "do": true, "will": true, "would": true, "cost": true, "charge": true, "for": true, "run": true, "me": true, "you": true, "guys": true, "fix": true,
	"get": true, "come": true, "out": true, "be": true, "look": true, "at": true, "repair": true, "someone": true, "here": true, "over": true, "help": true, "with": true,
}

var problemLead = map[string]bool{
	"i": true, "we": true, "have": true, "got": true, "a": true, "an": true, "the": true, "my": true, "our": true, "there": true, "is": true, "it": true, "yes": true, "no": true, "hi": true,
	"hello": true, "hey": true, "now": true, "and": true, "because": true, "that": true, "think": true, "well": true, "need": true, "to": true, "'s": true, "am": true, "some": true, "someone": true, "us": true,
	"uh": true, "um": true, "want": true, "would": true, "like": true, "good": true, "morning": true, "afternoon": true, "please": true, "somebody": true, "calling": true, "about": true, "just": true,
}
