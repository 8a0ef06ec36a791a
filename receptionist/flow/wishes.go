package flow

import (
	"fixly/receptionist/understanding"
)

// Later is a visit that was wished for together with something else: "cancel Tuesday, and I also need a new faucet".
type Later struct {
	Service string `json:"service"`
	Problem string `json:"problem,omitempty"`
}

// rememberBooking keeps the wish for other work that was uttered besides what is taken up now.
func (t *turn) rememberBooking() {
	u := t.u
	if !u.Besides || u.Service == "" || u.ServiceScore < heardService || len(t.s.Later) > 0 {
		return
	}
	t.s.Later = append(t.s.Later, Later{Service: u.Service, Problem: u.Problem})
	if t.s.Details.Service == u.Service && !t.s.has(TopicBook) {
		t.s.Details.Service, t.s.Details.Problem = "", "" // it is not what the call is about yet
	}
}

// takeUpLater comes to the second wish, now that the first is done.
func (t *turn) takeUpLater() {
	s := t.s
	later := s.Later[0]
	s.Later = s.Later[1:]
	d := &s.Details
	*d = Details{Name: d.Name, Spelt: d.Spelt, Phone: d.Phone, Extension: d.Extension, Address: d.Address, Service: later.Service, Problem: later.Problem}
	s.Triaged, s.FeeAgreed, s.Refusals, s.Message, s.About = false, false, 0, "", ""
	s.push(TopicBook)
	t.say(Conveyance{Kind: SayAlso, Service: later.Service})
	t.ask(QWhen, WhySecondWish, Conveyance{Kind: AskWhen})
}

// answerBesides answers a question that was asked in the same breath as a wish about a visit.
func (t *turn) answerBesides() {
	u := t.u
	faq := u.FAQ >= 0 && u.FAQ < len(t.b.FAQs)
	price := u.Has(understanding.IntentPrice, sure) && u.Service != "" && !faq
	if !faq && !price {
		return
	}
	if faq {
		t.tellFAQs()
	}
	if price {
		t.tellPrice()
	}
	t.digressed = true
	t.answered = len(t.d.Convey)
}

// chooseAgain comes back to the times that were on the table: "actually, the first one", while a name is asked for.
func (t *turn) chooseAgain() (bool, error) {
	s, c := t.s, t.u.Choice
	if s.Chosen == nil || c == nil || c.Refused || c.Index < 0 || c.Index >= len(s.Laid) || t.learned {
		return false, nil
	}
	if _, rule := t.heardRule("choice"); rule == "choice: that" || rule == "choice: either" || rule == "" {
		return false, nil // "that one's fine" is about what was just asked
	}
	switch s.Question {
	case QName, QLastName, QPhone, QAddress, QZIP:
	default:
		if !t.u.Correction {
			return false, nil
		}
	}
	if s.Laid[c.Index].Slot == s.Chosen.Slot {
		return true, t.next() // the one that is taken, once more
	}
	laid := s.Laid
	s.Offers, s.Chosen = laid, nil
	s.Details.Confirmed = false
	t.changed = true
	return true, t.take(c.Index)
}

// heardRule is the rule by which words of a kind were read, and whether there are any.
func (t *turn) heardRule(kind string) (bool, string) {
	for _, x := range t.u.Spans {
		if x.Kind == kind {
			return true, x.Rule
		}
	}
	return false, ""
}
