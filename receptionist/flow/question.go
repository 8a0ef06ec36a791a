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
	if from, to := t.heard("intent", string(understanding.IntentPrice)); price && faq && (from < 0 || t.inFAQ(from, to)) {
		price = false // "do you charge for estimates" asks for no price
	}
	if t.s.Question == QFee && u.Answer != understanding.NoAnswer {
		price = false
	}
	switch {
	case t.asksOfUnknown():
		if asked, err := t.askOwner(); asked || err != nil {
			return t.settleAsking(err)
		}
		if !t.tellTopic() {
			return false, nil
		}
	case price || faq:
		if faq {
			t.tellFAQs()
		}
		if price {
			t.tellPrice()
		}
	case u.Topic != "":
		if !t.tellTopic() {
			return false, nil
		}
	case u.Has(understanding.IntentQuestion, sure) && !t.learned && u.NotOffered == "" && u.Answer == understanding.NoAnswer && u.Choice == nil && t.s.Question != QChoice:
		if asked, err := t.askOwner(); asked || err != nil {
			return t.settleAsking(err)
		}
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

// tellFAQs answers the business's own questions that were asked, in one breath or two.
func (t *turn) tellFAQs() {
	if t.e.Composed != "" {
		t.because(WhyComposed)
		t.say(Conveyance{Kind: TellFAQ, Text: t.e.Composed})
		return
	}
	t.because(WhyFAQ)
	asked := t.u.FAQs
	if len(asked) == 0 {
		asked = []int{t.u.FAQ}
	}
	for _, i := range asked {
		if i >= 0 && i < len(t.b.FAQs) {
			t.say(Conveyance{Kind: TellFAQ, Text: t.b.FAQs[i].A})
		}
	}
}

// heard is where some words were understood, by the kind and the value of their reading; from is -1 when they were not.
func (t *turn) heard(kind, value string) (from, to int) {
	for _, s := range t.u.Spans {
		if s.Kind == kind && (value == "" || s.Value == value) {
			return s.From, s.To
		}
	}
	return -1, -1
}

// spansFAQ says whether everything that was understood of a kind lies in the words of one of the business's own
// questions.
func (t *turn) spansFAQ(kind string) bool {
	in := false
	for _, s := range t.u.Spans {
		if s.Kind != kind {
			continue
		}
		if in = t.inFAQ(s.From, s.To); !in {
			return false
		}
	}
	return in
}

func (t *turn) inFAQ(from, to int) bool {
	for _, s := range t.u.Spans {
		if s.Kind == "faq" && from < s.To && to > s.From {
			return true
		}
	}
	return false
}

// toldFirst says whether what is wrong was told before the price was asked for: "my toilet keeps running, how much
// will that be" wants a visit, "how much is a running toilet" may not.
func (t *turn) toldFirst() bool {
	price, _ := t.heard("intent", string(understanding.IntentPrice))
	if price < 0 || price > len(t.u.Text) {
		return false
	}
	before := " " + strings.ToLower(t.u.Text[:price])
	return t.u.Service != "" && containsAny(before, []string{" my ", " our ", " i have ", " we have ", "'ve got ", " i got ", " there's ", " there is ", " a leak", " a clog"})
}

// startsBooking says whether the utterance also asks for work, beside its question. Whoever asks for a price alone
// has not asked for a visit yet.
func (t *turn) startsBooking() bool {
	u := t.u
	if t.foremost(understanding.IntentPrice) && !t.wished && !t.toldFirst() {
		return false
	}
	if t.spansFAQ("service") && !t.wished {
		return false // "do you charge for estimates" asks for none
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
	case "online":
		if t.w.BookingLink() == "" {
			return false
		}
		t.because(WhyBookingLink)
		if t.e.Text {
			t.say(Conveyance{Kind: TellBookingLink, Text: t.w.BookingLink()})
		} else {
			t.say(Conveyance{Kind: TellLinkByText})
			t.do(Effect{Do: DoTextLink, Phone: t.e.CallerID, Text: t.w.BookingLink()})
		}
	case "text":
		if t.e.Text {
			return false
		}
		t.because(WhyByText)
		t.say(Conveyance{Kind: TellTextUs})
	case "duration":
		t.tellDuration()
	case "who":
		return t.tellWho()
	case "robot":
		t.because(WhyRobot)
		t.say(Conveyance{Kind: TellRobot, Person: t.b.Profile.Assistant.Name})
	default:
		return false
	}
	return true
}

// tellDuration says how long the work usually takes.
func (t *turn) tellDuration() {
	t.because(WhyDuration)
	name := t.s.Details.Service
	if t.u.Service != "" && t.u.ServiceScore >= heardService {
		name = t.u.Service
	}
	if s := t.b.Service(name); s != nil {
		t.say(Conveyance{Kind: TellDuration, Minutes: int(s.Duration.Std().Minutes())})
		return
	}
	t.say(Conveyance{Kind: TellPriceWhich})
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
