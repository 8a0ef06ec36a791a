package flow

import (
	"fixly/ledger"
)

// outside says whether the place is known not to be served. The ZIP code decides where there is one.
func (t *turn) outside() bool {
	a := t.s.Details.Address
	if a.ZIP != "" {
		return !t.b.InArea(a.ZIP)
	}
	return t.s.PlaceAsk && a.City != "" && !t.knownCity(a.City) && t.s.Question != QZIP
}

// aboutArea is what a message is about that is taken because of the place.
const aboutArea = "area"

// area answers as soon as the place is known to be outside, before any time is offered.
func (t *turn) area() (bool, error) {
	if t.s.top() == TopicArea && t.learned && !t.outside() {
		t.backInArea()
		return true, t.next()
	}
	if t.insideAfterAll() {
		return true, t.next()
	}
	if t.s.top() == TopicMessage || t.s.Question == QOfferMessage || !t.learned || !t.outside() {
		return false, nil
	}
	if t.s.Details.Address.ZIP == "" && t.s.Question == QZIP {
		return false, nil
	}
	return true, t.tellOutOfArea()
}

// insideAfterAll goes back to the booking when the place turns out to be served while a message is taken because it
// seemed not to be: "oh sorry, it's 60601".
func (t *turn) insideAfterAll() bool {
	s := t.s
	if s.top() != TopicMessage || s.About != aboutArea || !t.learned || s.Details.Address.ZIP == "" || t.outside() {
		return false
	}
	s.drop(TopicMessage)
	s.Message, s.About = "", ""
	t.backInArea()
	s.push(TopicBook)
	return true
}

// backInArea goes on after the place turned out to have been misheard.
func (t *turn) backInArea() {
	t.s.drop(TopicArea)
	if t.s.Outcome == ledger.Answered {
		t.s.Outcome = ""
	}
}

// unsureOfPlace asks for the ZIP code of a town that is not in the list: it may be a part of one that is.
func (t *turn) unsureOfPlace() bool {
	a := t.s.Details.Address
	if a.ZIP != "" || a.City == "" || t.knownCity(a.City) || t.s.PlaceAsk && t.s.Question != QZIP {
		return false
	}
	t.s.PlaceAsk = true
	t.ask(QZIP, WhyNeedZIP, Conveyance{Kind: AskPlaceZIP, Place: a.City})
	return true
}

func (t *turn) tellOutOfArea() error {
	s := t.s
	a := s.Details.Address
	place := a.City
	if place == "" || t.knownCity(place) {
		place = a.ZIP
	}
	t.letGo()
	if !s.has(TopicBook) && s.Details.Service != "" {
		s.push(TopicBook)
	}
	s.push(TopicArea)
	s.Answered = true
	t.outcome(ledger.Answered)
	t.because(WhyOutOfArea)
	t.say(Conveyance{Kind: TellOutOfArea, Place: place, List: t.b.ServiceArea.Cities})
	return t.offerMessage()
}
