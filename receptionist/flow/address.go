package flow

import (
	"fixly/contact"
	"fixly/ledger"
	"fixly/receptionist/understanding"
)

// numberedHouse says whether a street line begins with the number of the house.
func numberedHouse(line string) bool { return line != "" && line[0] >= '0' && line[0] <= '9' }

// absorbHouse puts the number of the house to the street that is known already, where it was asked for or given alone.
// Five digits are taken for a ZIP code elsewhere; here they are the number, once the ZIP code is known.
func (t *turn) absorbHouse(a *contact.Address) {
	known := &t.s.Details.Address
	if known.Line1 == "" || numberedHouse(known.Line1) || hasStreet(a.Line1) {
		return
	}
	house := a.Line1
	if house == "" && t.s.Question == QHouse && a.ZIP != "" && (known.ZIP != "" || !t.b.InArea(a.ZIP)) {
		house, a.ZIP = a.ZIP, ""
	}
	if house == "" {
		return
	}
	*known = understanding.MergeAddress(*known, contact.Address{Line1: house})
	a.Line1, t.learned = "", true
}

// addressInParts goes on after an answer about the address that was not understood: the street alone, then the number of
// the house, which can be keyed in; then by text, where the caller can be texted. It says whether it took the turn.
func (t *turn) addressInParts() (bool, error) {
	s := t.s
	switch s.Question {
	case QAddress:
		if s.Tries < 2 || s.top() != TopicBook {
			return false, nil
		}
		t.ask(QStreet, WhyInParts, Conveyance{Kind: AskStreetName})
		return true, nil
	case QStreet:
		if t.canText() {
			return true, t.goOnByText()
		}
	case QHouse:
		if s.Tries == 1 && !t.e.Text {
			t.ask(QHouse, WhyNeedHouse, Conveyance{Kind: AskHouseKeypad, Address: s.Details.Address})
			return true, nil
		}
		s.NoNumber = true // what is known is read back, so that it can be put right
		return true, t.next()
	}
	return false, nil
}

// canText says whether the caller can be asked by text: a call from a number that gets texts, with a time chosen.
func (t *turn) canText() bool {
	return !t.e.Text && t.s.Chosen != nil && t.s.top() == TopicBook && contact.IsTextable(t.e.CallerID)
}

// goOnByText ends the call with a text that asks for the address. Its answer takes up where the call ends (TakeUp); who
// does not answer is owed a call.
func (t *turn) goOnByText() error {
	s := t.s
	s.ByText, s.Kept = true, s.Chosen
	t.do(Effect{Do: DoTextAddress})
	t.because(WhyByTextInstead)
	t.outcome(ledger.Message)
	t.end(Conveyance{Kind: TellTextAddress})
	return nil
}
