package understanding

import (
	"slices"
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// leastFAQ is how much of a question of the business's an utterance must hold to be taken for it.
const leastFAQ = 0.7

// readMood finds how the caller feels, and what of a booked visit is to be changed.
func (u *utterance) readMood() {
	if s := u.first(m.KMood); s != nil {
		u.out.Mood = Mood(s.Value.(string))
		u.noteSpan(s, "mood", string(u.out.Mood))
	}
	if s := u.first(m.KVisitWish); s != nil {
		u.out.VisitWish = s.Value.(string)
		u.noteSpan(s, "visit", u.out.VisitWish)
	}
}

// readQuestion finds a question that the shop's facts answer: one of its FAQs, or its hours, area, services.
func (u *utterance) readQuestion() {
	var topic, openings *grammar.Span
	u.chart.Each(m.KTopic, func(s *grammar.Span) {
		if s.Value.(string) == "area" && u.is(s.To-1, m.WToward) && u.is(s.To, m.WWork) {
			return // "can you come out to fix my sink"
		}
		switch s.Value.(string) {
		case "machine":
			u.out.Machine = true
			u.noteSpan(s, "topic", "machine")
			return
		case "openings": // people who ask for a time are offered one; it matters for machines alone
			openings = s
			return
		}
		if topic == nil || s.Value.(string) == "robot" && topic.Value.(string) != "robot" {
			topic = s
		}
	})
	if u.out.Machine && topic == nil {
		topic = openings
	}
	if a := u.ctx.Asked; topic != nil && (a == AskedChoice || a == AskedWhen) && u.out.When.Kind != TimeNone && topic.Value.(string) != "robot" {
		return // "can you do four instead"
	}
	if topic != nil {
		u.out.Topic = topic.Value.(string)
		u.noteSpan(topic, "topic", u.out.Topic)
	}
	u.out.Asks = u.asks()
	if !u.out.Asks && topic == nil {
		return
	}
	have := u.features()
	about := u.subjects()
	for len(u.out.FAQs) < mostFAQs {
		best, at := 0.0, -1
		for i := range u.e.faqs {
			if slices.Contains(u.out.FAQs, i) {
				continue
			}
			s := u.e.faqs[i].share(u.e, have)
			if u.e.faqs[i].shares(about) {
				s = sameSubject + (1-sameSubject)*s
			}
			if s >= leastFAQ && s > best {
				best, at = s, i
			}
		}
		// "do you do drain cleaning" asks for services, "how much is it" for a price: an FAQ must say more than they
		if at < 0 || best < 0.8 && topic != nil && u.out.Topic != "hours" {
			break
		}
		u.out.FAQs = append(u.out.FAQs, at)
		have = u.without(&u.e.faqs[at], have)
		about = slices.DeleteFunc(about, func(s string) bool { return slices.Contains(u.e.faqs[at].about, s) })
	}
	if len(u.out.FAQs) > 0 {
		u.out.FAQ = u.out.FAQs[0]
	}
}

// faq is one of the business's questions, ready to be compared.
type faq struct {
	profile
	about []string // its subjects
}

// sameSubject is how alike two questions are at least that are about the same thing: license, payment, warranty.
const sameSubject = 0.85

func (f *faq) shares(about []string) bool {
	return slices.ContainsFunc(f.about, func(s string) bool { return slices.Contains(about, s) })
}

// subjectsOf is what one of the business's questions is about.
func (e *Engine) subjectsOf(q string) []string {
	u := e.begin(q, Context{})
	defer u.chart.Release()
	return u.subjects()
}

// subjects is what the questions of an utterance are about.
func (u *utterance) subjects() []string {
	var out []string
	u.chart.Each(m.KSubject, func(s *grammar.Span) {
		if v := s.Value.(string); !slices.Contains(out, v) {
			out = append(out, v)
		}
	})
	return out
}

// mostFAQs is how many of the business's questions are answered in one breath.
const mostFAQs = 2

// without gives the features that a question of the business's does not account for, so that a second question must
// stand in words of its own, and notes where the first one stands.
func (u *utterance) without(p *faq, have []feature) []feature {
	var rest []feature
	from, to := len(u.chart.Tokens), 0
	for _, f := range have {
		used := false
		for _, want := range p.features {
			used = used || u.e.near(&want, &f) > 0
		}
		if used {
			from, to = min(from, f.from), max(to, f.to)
		} else {
			rest = append(rest, f)
		}
	}
	u.chart.Each(m.KSubject, func(s *grammar.Span) {
		if slices.Contains(p.about, s.Value.(string)) {
			from, to = min(from, s.From), max(to, s.To)
		}
	})
	u.note(from, to, "faq", p.text, "question of the business")
	return rest
}

// asks says whether the utterance holds a question.
func (u *utterance) asks() bool {
	if strings.ContainsRune(u.text, '?') {
		return true
	}
	asks := false
	u.chart.Each(m.KCue, func(s *grammar.Span) {
		switch s.Value.(m.Cue) {
		case m.CueAsks:
			asks = asks || !u.is(s.From-1, m.WSubject)
		case m.CueAsksWhat:
			asks = asks || s.From < 6 || u.is(s.From-1, m.WJoin)
		case m.CueAsksWhether: // "... and i want to know if you guys are licensed"
			asks = asks || s.From > 0
		}
	})
	if asks {
		return true
	}
	least := 0.6
	if u.first(m.KSubject) != nil {
		least = 0.3 // "you're licensed, right"
	}
	return u.score(IntentQuestion) >= least
}
