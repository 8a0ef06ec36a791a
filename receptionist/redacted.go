package receptionist

import (
	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
	"fixly/redact"
)

// redacted is an input without what must not be kept: cards, bank details, passwords. It is made before anything else is
// done with the input, so that none of that is understood, stored, logged or shown to a model.
func (in Input) redacted() Input {
	if in.Kind == Words || in.Kind == Digits {
		in.Text, in.card = redact.Cut(in.Text, false)
	}
	return in
}

// afterCard is for how many turns a bare date or code is taken for the rest of a card.
const afterCard = 2

// inState is the input as it is read in the light of what was said before: the rest of a card is cut, unless its digits
// may be what was asked for.
func (in Input) inState(s *flow.State) Input {
	if in.Kind != Words || in.card || s.CardAt == 0 || s.Turns-s.CardAt >= afterCard {
		return in
	}
	switch s.Asked() {
	case understanding.AskedPhone, understanding.AskedAddress, understanding.AskedWhen, understanding.AskedChoice:
		return in
	}
	in.Text, _ = redact.Cut(in.Text, true)
	return in
}

// noteCard notes in the state that a card was told in the turn that is about to be decided.
func (in Input) noteCard(s *flow.State) {
	if in.card {
		s.CardAt = s.Turns + 1
	}
}
