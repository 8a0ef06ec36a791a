package ledger

import "time"

// State is how far a booking has come in the ledger. It only ever goes forward.
type State string

// The states of a booking. A counted one may be credited, which is an entry of its own (Credit).
const (
	Pending    State = "pending"     // it can still be cancelled without counting, or waits for the owner's yes
	Counted    State = "counted"     // it is charged for, or one of the month's free ones
	NotCounted State = "not_counted" // it costs nothing, for the reason kept with it
)

// Booking is a job in the ledger: whether it counts, why, what it costs, and what shows that. There is one for each job.
type Booking struct {
	JobID      string
	BusinessID string
	State      State
	Reason     Reason // empty while pending
	Source     string // "call", "text", "web" or "owner", as the job's
	CallID     string // the call it was booked in, empty for none
	Demo       bool   // the server ran as a demonstration when it was booked

	// By these a second booking of the same work is told.
	CustomerID string
	Service    string
	Place      string // the address, in a form that is compared

	MadeAt    time.Time // when the job was booked, or asked for where it waits for the owner's yes
	BookedAt  time.Time // when it was booked for good; zero while it waits for the owner's yes
	SettledAt time.Time // when it was decided whether it counts; zero while pending

	Price    Cents  // what a booked job cost by then
	Charge   Cents  // what it costs: Price, or nothing where it is free or doesn't count
	Currency string // ISO 4217
	Evidence Evidence
}

// Free says whether it counts and is one of the month's free ones.
func (b *Booking) Free() bool { return b.State == Counted && b.Charge == 0 && b.Price > 0 }

// Evidence is where to look up what shows that a booking came about: ids, no copies.
type Evidence struct {
	// Ring is when the call came in; zero where it was none.
	Ring           time.Time `json:"ring,omitzero"`
	ConversationID string    `json:"conversation_id,omitempty"`
	Words          int       `json:"words,omitempty"`    // the turn in which the customer said yes, by its number
	Answer         int       `json:"answer,omitempty"`   // the receptionist's turn that booked
	Decision       string    `json:"decision,omitempty"` // the reason kept with that turn
	// Events are the entries in calendars outside; without any the job is in the shop's own calendar alone.
	Events       []string `json:"events,omitempty"`
	Confirmation string   `json:"confirmation,omitempty"` // the text to the customer
}

// Credit gives back what a counted booking cost. It is never changed or taken back.
type Credit struct {
	JobID      string
	BusinessID string
	At         time.Time
	Reason     CreditReason
	Note       string // the owner's words, empty for none
	Amount     Cents
	Currency   string
}
