package flow

import (
	"strings"
	"time"

	"fixly/business"
	"fixly/receptionist/understanding"
)

// digress answers a question on the way. It never settles a turn: the thread is picked up after it.
func (t *turn) digress() (bool, error) {
	if t.s.Question == QMessage {
		return false, nil // questions inside a message are for who gets it
	}
	u := t.u
	price, faq := u.Has(understanding.IntentPrice, 0.5), u.FAQ >= 0 && u.FAQ < len(t.b.FAQs)
	if u.Answer == understanding.No && t.s.Said[TellPrice]+t.s.Said[TellFree] > 0 {
		price = false // "no thanks, just checking prices"
	}
	if price && faq && len(u.Intents) > 0 && u.Intents[0].Name == understanding.IntentQuestion {
		price = false
	}
	switch {
	case price && !(t.s.Question == QFee && u.Answer != understanding.NoAnswer):
		t.tellPrice()
	case faq:
		t.because(WhyFAQ)
		t.say(Conveyance{Kind: TellFAQ, Text: t.b.FAQs[u.FAQ].A})
	case u.Topic != "":
		if !t.tellTopic() {
			return false, nil
		}
	case u.Has(understanding.IntentQuestion, sure) && !t.learned && u.Answer == understanding.NoAnswer && u.Choice == nil && t.s.Question != QChoice:
		t.because(WhyUnknownAnswer)
		t.say(Conveyance{Kind: TellDontKnow, Person: firstName(t.recipient())})
	default:
		return false, nil
	}
	t.digressed = true
	t.answered = len(t.d.Convey)
	t.s.Answered = true
	t.s.Tries = 0
	if t.s.top() == "" && (t.s.Question == QProblem || t.s.Question == QOfferBooking) && !t.startsBooking() {
		t.offerBooking()
		return true, nil
	}
	return false, nil
}

// startsBooking says whether the utterance also asks for work, beside its question. Whoever asks for a price has
// not asked for a visit yet.
func (t *turn) startsBooking() bool {
	u := t.u
	if t.foremost(understanding.IntentPrice) && !t.wished {
		return false
	}
	return u.Has(understanding.IntentBook, sure) || u.Problem != "" && u.Service != "" && u.ServiceScore >= heardService
}

// offerBooking asks, after an answer, whether a visit is wanted.
func (t *turn) offerBooking() {
	d := t.s.Details
	t.ask(QOfferBooking, WhyAnythingElse, Conveyance{Kind: AskOfferBooking, Service: d.Service})
}

// tellTopic answers from the shop's own facts.
func (t *turn) tellTopic() bool {
	switch t.u.Topic {
	case "hours":
		if t.startsBooking() && t.wished {
			return false // the times that are offered are the answer
		}
		t.tellHours()
	case "area":
		if t.learned && t.outside() {
			return false // the area's own answer is more exact
		}
		t.because(WhyArea)
		t.say(Conveyance{Kind: TellArea, List: t.b.ServiceArea.Cities})
	case "services":
		if t.u.NotOffered != "" {
			return false
		}
		t.because(WhyServices)
		if t.u.Service != "" && t.u.ServiceScore >= heardService {
			t.say(Conveyance{Kind: TellDoIt, Service: t.u.Service})
		} else {
			t.say(Conveyance{Kind: TellServices, List: serviceNames(t.b)})
		}
	case "robot":
		t.because(WhyRobot)
		t.say(Conveyance{Kind: TellRobot, Person: t.b.Profile.Assistant.Name})
	default:
		return false
	}
	return true
}

// tellHours gives the hours of the day that was named, or of the week.
func (t *turn) tellHours() {
	t.because(WhyHours)
	if w := t.u.When; len(w.Wanted) == 1 && w.Wanted[0].To.Sub(w.Wanted[0].From) <= 25*time.Hour {
		day := w.Wanted[0].From.In(t.b.Location())
		spans := t.openSpans(day)
		kind := TellOutside
		if len(spans) == 0 {
			kind = TellClosed
		}
		t.say(Conveyance{Kind: kind, Day: day, Spans: spans})
		return
	}
	t.say(Conveyance{Kind: TellHours, List: Week(&t.b.Hours)})
}

// Week is the opening hours as seven entries, Monday first, each the spans of a day joined by commas ("08:00-17:00"),
// empty when closed.
func Week(h *business.Hours) []string {
	out := make([]string, 0, 7)
	for i := range 7 {
		out = append(out, strings.Join(h.Weekday(time.Weekday((i+1)%7)), ","))
	}
	return out
}

func serviceNames(b *business.Business) []string {
	out := make([]string, 0, len(b.Services))
	for _, s := range b.Services {
		out = append(out, s.Name)
	}
	return out
}
