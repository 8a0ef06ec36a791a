package receptionist

import (
	"encoding/json"
	"fmt"

	"fixly/contact"
	"fixly/receptionist/flow"
	"fixly/scheduling"
)

// Known is what a conversation has brought to light so far, for who goes on with it: a person who takes the call, the
// page on which they book.
type Known struct {
	Name    string // as the caller gave it
	Phone   string // E.164, as confirmed or given, else the number of the call
	Address contact.Address
	Service string
	Problem string // in the caller's words
	Message string // what they want told
	For     string // the first name of whom it is for, who was promised to call back; empty: nobody
	// About is what kind of call it is where it is none for work: "complaint", "billing", "job_seeker", "late".
	About   string
	Urgency scheduling.Urgency
	Danger  string // in the caller's words; empty: none
}

// Urgent says whether it is an emergency, or a danger that is never booked.
func (k Known) Urgent() bool { return k.Urgency == scheduling.Emergency || k.Danger != "" }

// KnownOf reads what is known from a conversation as stored.
func KnownOf(c *Conversation) (Known, error) {
	s := flow.New()
	if len(c.State) > 0 {
		if err := json.Unmarshal(c.State, s); err != nil {
			return Known{}, fmt.Errorf("read what is known of conversation %s: %w", c.ID, err)
		}
	}
	d := &s.Details
	k := Known{
		Name: d.Name, Phone: d.Phone, Address: d.Address, Service: d.Service, Problem: d.Problem, Urgency: d.Urgency,
		Message: s.Message, For: s.MessageFor, About: s.About, Danger: s.Danger,
	}
	if k.Phone == "" {
		k.Phone = c.Caller.Number
	}
	return k, nil
}
