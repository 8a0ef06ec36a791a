package callbacks

import (
	"errors"
	"time"
)

// ErrNoAttempt says that there is no such attempt.
var ErrNoAttempt = errors.New("callbacks: no such attempt")

// Attempt is one call back.
type Attempt struct {
	ID         string
	BusinessID string
	CallbackID string // empty: a call to somebody who is owed none
	Number     int    // of the callback, from 1
	Phone      string // E.164: the customer's
	Name       string
	Line       string // E.164: the shop's, which the customer sees
	Person     Person // who calls
	Window     Window // how long the customer had waited when it began; empty without a callback
	Means      Means

	StartedAt   time.Time
	TakenAt     time.Time // when the person pressed 1; zero: not
	ConnectedAt time.Time // when the customer's end was answered; zero: it was not
	EndedAt     time.Time // zero while it goes on
	Result      Result    // empty while it goes on
	Talked      time.Duration
	Booked      bool // a job came of it
}

// Means is how a call back was made.
type Means string

// How a call back is made.
const (
	ByBridge Means = "bridge" // we rang the person, then the customer
	ByHand   Means = "hand"   // the person dialled and told us
)

// Result is what came of an attempt, from a closed list.
type Result string

// What comes of an attempt.
const (
	PersonAway   Result = "person_away"    // the phone of who wanted to call was not answered, or by a machine
	PersonNotNow Result = "person_not_now" // they answered, and did not press 1
	Unanswered   Result = "no_answer"      // the customer did not answer
	Machine      Result = "voicemail"      // the customer's voicemail did
	Busy         Result = "busy"           //
	Failed       Result = "failed"         // the number could not be reached
	Reached      Result = "reached"        // the customer answered
)

// Results lists them all.
func Results() []Result {
	return []Result{PersonAway, PersonNotNow, Unanswered, Machine, Busy, Failed, Reached}
}

// Rang says whether the customer's phone was rung at all.
func (r Result) Rang() bool { return r != "" && r != PersonAway && r != PersonNotNow }

var results = map[Result]string{
	PersonAway:   "Your phone was not answered, so the customer was not rung.",
	PersonNotNow: "You did not press 1, so the customer was not rung.",
	Unanswered:   "The customer did not answer.",
	Machine:      "The customer's voicemail answered.",
	Busy:         "The customer's line was busy.",
	Failed:       "The customer's number could not be reached.",
	Reached:      "The customer answered.",
}

// Explain is the result as a sentence for the owner; an unknown one is given back as it is.
func (r Result) Explain() string {
	if s, ok := results[r]; ok {
		return s
	}
	return string(r)
}
