// Package contact is people: their phone numbers, what we may send them, and what they are called.
package contact

import "time"

// Customer is someone who called, wrote or was booked. Phone is unique within a business.
type Customer struct {
	ID         string
	BusinessID string
	Name       string // as last confirmed; empty when never given
	Phone      string // E.164
	Email      string // empty when never given
	Language   string // chosen on the pages, ISO 639-1; empty when never chosen
	OptedOut   bool   // said STOP to texts
	CreatedAt  time.Time
}

// Address is a place in the United States.
type Address struct {
	Line1 string `json:"line1"` // "1842 North Damen Avenue"
	Unit  string `json:"unit"`  // "Unit 610", empty for a house
	City  string `json:"city"`
	State string `json:"state"` // two letters
	ZIP   string `json:"zip"`   // five digits
}

// IsZero says whether nothing of the address is known.
func (a Address) IsZero() bool { return a == Address{} }
