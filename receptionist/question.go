package receptionist

import "time"

// OwnerQuestion is a question of a customer's that the shop's facts don't answer and that was put to the owner.
type OwnerQuestion struct {
	ID             string
	BusinessID     string
	Peer           string // who asked, E.164
	ConversationID string
	Question       string // the customer's words
	Answer         string // the owner's words; empty: none
	Status         QuestionStatus
	AskedAt        time.Time
	DueAt          time.Time // by then the customer is promised a call instead
	SettledAt      time.Time // zero while it is open
	Kept           bool      // the answer became one of the shop's own
}

// QuestionStatus is how far a question has got.
type QuestionStatus string

// The states of a question. The owner may answer one that is late.
const (
	QuestionOpen     QuestionStatus = "open"
	QuestionAnswered QuestionStatus = "answered"
	QuestionLate     QuestionStatus = "late"
)
