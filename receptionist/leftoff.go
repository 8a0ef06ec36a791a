package receptionist

import "cmp"

// LeftOff is what a conversation that broke off was about by then, for whoever writes to the caller.
type LeftOff struct {
	Service string // the name of the service they asked for, empty where none was understood
	Problem string // in their words
}

// LeftOffAt reads where a conversation broke off. Nothing is given of one that ended in a booking or was about a danger:
// there is nothing to take up.
func LeftOffAt(c *Conversation) (LeftOff, error) {
	s, err := readState(c)
	if err != nil {
		return LeftOff{}, err
	}
	if s.Danger != "" || s.Booked != nil {
		return LeftOff{}, nil
	}
	return LeftOff{Service: cmp.Or(s.Details.Wants, s.Details.Service), Problem: s.Details.Problem}, nil
}
