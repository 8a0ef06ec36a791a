package flow

// TakeUp is the state of a new conversation with somebody whose call broke off: what they had said by then is known,
// and nothing was promised. What was talked about but booking is let rest, for they will say what they want.
func TakeUp(broken *State) *State {
	s := New()
	if broken.Danger != "" || broken.Booked != nil || broken.Details.Service == "" {
		return s
	}
	s.Details = broken.Details
	s.Details.Confirmed = false
	s.Language = broken.Language
	s.push(TopicBook)
	if broken.ByText && broken.Kept != nil { // only the address was missing
		s.Chosen = broken.Kept
		s.Question, s.Asking = QAddress, &Conveyance{Kind: AskAddress}
	}
	return s
}
