package understanding

import (
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// leastFAQ is how much of a question of the business's an utterance must hold to be taken for it.
const leastFAQ = 0.7

// readQuestion finds a question that the shop's facts answer: one of its FAQs, or its hours, area, services.
func (u *utterance) readQuestion() {
	var topic *grammar.Span
	u.chart.Each(m.KTopic, func(s *grammar.Span) {
		if topic == nil || s.Value.(string) == "robot" && topic.Value.(string) != "robot" {
			topic = s
		}
	})
	if a := u.ctx.Asked; topic != nil && (a == AskedChoice || a == AskedWhen) && u.out.When.Kind != TimeNone && topic.Value.(string) != "robot" {
		return // "can you do four instead"
	}
	if topic != nil {
		u.out.Topic = topic.Value.(string)
		u.noteSpan(topic, "topic", u.out.Topic)
	}
	if !u.asks() && topic == nil {
		return
	}
	have := u.features()
	best := 0.0
	for i := range u.e.faqs {
		if s := u.e.faqs[i].share(u.e, have); s >= leastFAQ && s > best {
			best, u.out.FAQ = s, i
		}
	}
	// "do you do drain cleaning" asks for services, "how much is it" for a price: an FAQ must say more than they
	if u.out.FAQ >= 0 && best < 0.8 && topic != nil && u.out.Topic != "hours" {
		u.out.FAQ = -1
	}
}

// asks says whether the utterance holds a question.
func (u *utterance) asks() bool {
	if strings.ContainsRune(u.text, '?') {
		return true
	}
	for i := range u.chart.Tokens {
		if u.has(i, "do", "does", "are", "is", "can", "will", "did") && u.has(i+1, "you", "your", "the", "there", "it", "estimates", "mike", "i", "we") && !u.has(i-1, "i", "we", "they", "you", "what", "it") {
			return true
		}
		if u.has(i, "what", "how", "which", "when", "where", "who") && (i < 6 || u.has(i-1, "and", "so")) {
			return true
		}
		if u.has(i, "any") && u.has(i+1, "discounts", "discount", "senior", "specials", "coupons") {
			return true
		}
	}
	return u.score(IntentQuestion) >= 0.6
}
