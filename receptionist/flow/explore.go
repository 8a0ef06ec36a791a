package flow

import "fixly/receptionist/understanding"

// mostExplored is how often a vague problem is narrowed down before somebody has to have a look at it.
const mostExplored = 2

// explore narrows a vague problem down ("I don't know, it's making a noise"): first to a thing, out of those that it
// can be about; then, when the caller can't tell, to a visit by which somebody has a look, where the shop has such a
// service. It says whether it asked.
func (t *turn) explore() bool {
	s, u := t.s, t.u
	if s.Details.Service != "" || s.Details.Problem == "" {
		return false
	}
	s.Vague = s.Vague || len(u.Among) > 0
	things := u.Among
	if len(things) < 2 && s.Said[AskDetail] > 0 {
		things = u.Usual // an open question did not help
	}
	if s.Explored < mostExplored && len(things) > 1 {
		s.Explored++
		s.Question = QNone // each asks for other things: they are different questions
		t.ask(QDetail, WhyThing, Conveyance{Kind: AskThing, Things: things})
		return true
	}
	if s.Explored > 0 && s.Vague && s.Visit != "" && s.Said[AskVisit] == 0 {
		s.Details.Service = s.Visit
		t.ask(QOfferBooking, WhyVisit, Conveyance{Kind: AskVisit, Service: s.Visit})
		return true
	}
	return false
}

// unsure says whether the caller could not say more of the problem than before.
func (t *turn) unsure() bool {
	u := t.u
	return u.Service == "" && u.NotOffered == "" && u.Danger == "" && u.Topic == "" && u.FAQ < 0 && u.Answer != understanding.Yes
}

// vague goes on with a problem that the caller can't tell more of.
func (t *turn) vague() bool {
	if t.s.top() == "" {
		t.s.push(TopicBook)
	}
	return t.explore()
}
