// Package ledger is what came of each conversation: its outcome, and which bookings are charged for, by a definition that
// docs/booked.md publishes.
package ledger

// Outcome is how a call ended for the business. The values are fixed by the API.
type Outcome string

// The outcomes.
const (
	Booked      Outcome = "booked"      // a job is in the calendar
	Rescheduled Outcome = "rescheduled" // an existing job was moved
	Cancelled   Outcome = "cancelled"   // an existing job was cancelled
	Message     Outcome = "message"     // a message for a person was taken
	Transferred Outcome = "transferred" // a person took the call
	Answered    Outcome = "answered"    // a question was answered, nothing more was wanted
	Abandoned   Outcome = "abandoned"   // the caller left with nothing
	Spam        Outcome = "spam"        // blocked, solicitor or robocall
	Missed      Outcome = "missed"      // nobody and nothing answered
)

// HandledBy is who took a call.
type HandledBy string

// Who can take a call.
const (
	ByReceptionist HandledBy = "receptionist"
	ByPerson       HandledBy = "person"
	ByNobody       HandledBy = "nobody"
)
