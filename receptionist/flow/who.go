package flow

// tellWho answers who comes, and how to know that it is them. Who has a visit booked must be proved to be told; about
// the booking under way there is nothing to prove.
func (t *turn) tellWho() bool {
	s := t.s
	slot := s.Chosen
	switch {
	case slot == nil && s.Booked != nil:
		slot = s.Booked
	case slot == nil && len(s.Offers) == 1:
		slot = &s.Offers[0]
	}
	switch {
	case slot != nil && slot.Slot.Technician != "":
		t.because(WhyWho)
		t.say(Conveyance{Kind: TellWho, Person: firstName(slot.Slot.Technician)})
	case s.has(TopicBook):
		t.because(WhyWho)
		t.say(Conveyance{Kind: TellWhoLater})
	default:
		return false // about a visit that was booked before, see existing
	}
	return true
}
