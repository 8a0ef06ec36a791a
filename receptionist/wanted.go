package receptionist

import (
	"encoding/json"
	"fmt"
	"time"

	"fixly/receptionist/flow"
	"fixly/scheduling"
)

// Wanted is what a caller wants, as far as a conversation has come.
type Wanted struct {
	Service   string // the shop's name of it, empty while unknown
	Problem   string // in the caller's words
	Urgency   scheduling.Urgency
	Name      string
	Message   string // that they left
	UnderWay  bool   // something was begun and not brought to an end
	TookLeave bool   // they said goodbye, or that there is nothing else
	// ServedAt is when something of what they wanted was last done or answered; zero: not since they left word.
	ServedAt time.Time
}

// Anything says whether they have told of anything that they want.
func (w Wanted) Anything() bool {
	return w.Service != "" || w.Problem != "" || w.Message != "" || w.UnderWay
}

// Wanted reads what the caller wants from the conversation as it stands.
func (c *Conversation) Wanted() (Wanted, error) {
	if len(c.State) == 0 {
		return Wanted{}, nil
	}
	var s flow.State
	if err := json.Unmarshal(c.State, &s); err != nil {
		return Wanted{}, fmt.Errorf("receptionist: read the state of conversation %s: %w", c.ID, err)
	}
	d := &s.Details
	return Wanted{
		Service: d.Service, Problem: d.Problem, Urgency: d.Urgency, Name: d.Name, Message: s.Message, UnderWay: len(s.Stack) > 0, TookLeave: s.Ended, ServedAt: s.ServedAt,
	}, nil
}
