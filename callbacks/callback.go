// Package callbacks is the calls that are owed: who is to be called back, by whom and by when, which of them first, what
// became of each attempt, and what that teaches about calling soon.
//
// Every call that ended without a booking, an answer or a hand-over is owed, and so is whoever wrote to us and fell
// silent. There is one callback for each caller, however often they rang; it is closed when they book, are answered or put
// through, by whatever channel, or else by a person, with an outcome from a closed list. Nothing else closes one but the
// last attempt of those that the shop makes.
package callbacks

import (
	"errors"
	"time"

	"fixly/scheduling"
)

// Callback is a call owed to a caller.
type Callback struct {
	ID         string
	BusinessID string
	Phone      string // E.164
	Name       string // empty when unknown
	Line       string // E.164: the line they rang or wrote to, empty when unknown
	RangFrom   string // E.164: the number they rang from when they asked to be called at this one; empty: they didn't

	Cause   CauseKind // what happened last
	CallID  string    // the latest call of theirs, empty when they wrote
	Reason  string    // what they wanted, as far as known: a line
	Service string    // the shop's name of it, empty when unknown
	Urgency scheduling.Urgency
	Calls   int       // how often they rang, or wrote and fell silent, since FirstAt
	FirstAt time.Time // when they were not served for the first time
	// MissedAt is when they were not served last: the clock of the windows.
	MissedAt time.Time

	Said      string    // what they wrote last since, empty for nothing
	SaidAt    time.Time // zero when they have not written
	TookLeave bool      // and it was a goodbye
	Landline  bool      // texts can't reach them

	Status        Status
	Owner         Person    // who has it
	FirstDueAt    time.Time // DueAt as it was when the call came to be owed
	DueAt         time.Time
	ToldAt        time.Time // when the backup was told that it was missed; zero: not since DueAt was set
	AckedAt       time.Time // when somebody said that they have it; zero: nobody has
	AckedBy       string
	Attempts      int       // made by us
	NextAttemptAt time.Time // not to be called before; zero: now
	Note          string    // written by whoever had it

	Outcome  Outcome // empty while it is owed
	ClosedAt time.Time
	ClosedBy string // a person's name, or empty when it closed by what the caller did
}

// Person is someone of the shop with a phone.
type Person struct {
	Name  string
	Phone string // E.164
}

// Owed says whether the call is still owed.
func (c *Callback) Owed() bool { return c.ClosedAt.IsZero() }

// Status is where a callback stands. The values are fixed by the API.
type Status string

// Where a callback stands.
const (
	Open         Status = "open"         // nobody has said that they have it
	Acknowledged Status = "acknowledged" // somebody has it
	Calling      Status = "calling"      // a call to them is being placed or held
	Done         Status = "done"
	GivenUp      Status = "given_up"
)

// Statuses lists them all.
func Statuses() []Status { return []Status{Open, Acknowledged, Calling, Done, GivenUp} }

// CauseKind is how somebody came to be owed a call.
type CauseKind string

// How somebody comes to be owed a call.
const (
	Missed         CauseKind = "missed"          // nobody and nothing took the call
	Abandoned      CauseKind = "abandoned"       // they hung up on the receptionist with nothing arranged
	MessageLeft    CauseKind = "message"         // they left a message
	TransferFailed CauseKind = "transfer_failed" // they wanted a person, and nobody could be reached
	Voicemail      CauseKind = "voicemail"       // they were recorded, the last resort
	ThreadSilent   CauseKind = "thread_silent"   // they wrote, and fell silent before anything was arranged
	Promised       CauseKind = "promised"        // they were told that somebody would call
)

// CauseKinds lists them all.
func CauseKinds() []CauseKind {
	return []CauseKind{Missed, Abandoned, MessageLeft, TransferFailed, Voicemail, ThreadSilent, Promised}
}

var causes = map[CauseKind]string{
	Missed:         "Nobody answered their call.",
	Abandoned:      "They hung up before anything was arranged.",
	MessageLeft:    "They left a message.",
	TransferFailed: "They asked for a person and nobody could be reached.",
	Voicemail:      "They were taken by the voicemail.",
	ThreadSilent:   "They wrote and fell silent before anything was arranged.",
	Promised:       "They were told that somebody would call.",
}

// Explain is the cause as a sentence for the owner; an unknown one is given back as it is.
func (k CauseKind) Explain() string {
	if s, ok := causes[k]; ok {
		return s
	}
	return string(k)
}

// Errors of what is asked of a callback.
var (
	ErrNoCallback = errors.New("callbacks: no such callback")
	ErrClosed     = errors.New("callbacks: it is settled already")
	ErrCalling    = errors.New("callbacks: somebody is on that call already")
	ErrDoNotCall  = errors.New("callbacks: they are blocked, or said that they don't want to be called")
	ErrNoPhone    = errors.New("callbacks: there is no phone to ring for whoever wants to call, or no line to call by")
)

// QuietError says that it is night where the customer is. Whoever knows better calls all the same.
type QuietError struct {
	Until time.Time // when one may call without being asked
}

func (e *QuietError) Error() string {
	return "callbacks: it is quiet hours where they are until " + e.Until.String()
}
