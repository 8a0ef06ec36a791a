package receptionist

// Came is what a conversation came to, for who follows up on it.
type Came struct {
	// Wanted: work was wanted, and nothing came of it. Missing: a booking is under way that waits for its customer's words.
	Wanted, Missing bool
	Service         string // what was wanted, as far as known
	Complained      bool
}

// WhatCame reads what a conversation came to.
func WhatCame(c *Conversation) (Came, error) {
	s, err := readState(c)
	if err != nil {
		return Came{}, err
	}
	return Came{Wanted: s.Wanted(), Missing: s.Missing(), Service: s.Details.Service, Complained: s.Complained()}, nil
}
