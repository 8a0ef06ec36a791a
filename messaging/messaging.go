// Package messaging is texts, out and in: what was sent to whom and why, and what may not be sent.
package messaging

import (
	"context"
	"errors"
	"time"
)

// Kind is why a text was written. The values are fixed by the API.
type Kind string

// The kinds of text.
const (
	TextBack     Kind = "text_back"    // to a caller nobody could serve
	Summary      Kind = "summary"      // to the owner, after a call or a change of a job
	Confirmation Kind = "confirmation" // to the customer: booked, moved or cancelled
	Reminder     Kind = "reminder"
	FollowUp     Kind = "follow_up"
	Talk         Kind = "conversation" // a turn of a conversation by text
	Alert        Kind = "alert"        // to the people on call: emergency or danger
	Code         Kind = "code"         // by which a caller proves that a booking is theirs
	OptOut       Kind = "opt_out"      // the one confirmation of STOP, START or HELP
	Late         Kind = "late"         // to the customer: somebody comes late
	ByPerson     Kind = "person"       // people of the shop wrote it themselves
	Forward      Kind = "forward"      // a customer's text, passed on to people of the shop
)

// Status of a text.
type Status string

// The states of a text. Outbound: queued, sending, then sent or one of the ends. Inbound: received.
const (
	Queued      Status = "queued"
	Sending     Status = "sending" // handed to the carrier, answer not yet known
	Sent        Status = "sent"    // accepted by the carrier
	Delivered   Status = "delivered"
	Undelivered Status = "undelivered" // the carrier or the phone refused it
	Failed      Status = "failed"
	Suppressed  Status = "suppressed" // we decided not to send it; Reason says why
	Received    Status = "received"
)

// The directions of a text.
const (
	Inbound  = "inbound"
	Outbound = "outbound"
)

// Message is one text.
type Message struct {
	ID         string
	BusinessID string
	Direction  string // Inbound or Outbound
	From, To   string // E.164
	Body       string
	Kind       Kind
	Status     Status
	Reason     string // why it was sent or not sent: a Reason
	// Key is unique within a business for outbound texts: a second text with the same key is not written, so
	// that a retried job or a repeated webhook never sends twice. "summary:CALLID", "text_back:CALLID", ...
	Key       string
	CarrierID string // Twilio: MessageSid
	ErrorCode string // the carrier's, empty when none
	CallID    string // the call it is about, empty when none
	JobID     string
	CreatedAt time.Time
	SentAt    time.Time // zero until the carrier accepted it
	NotAfter  time.Time // zero: any time; otherwise it is dropped, or reworded, when it could not be sent by then
	// NotBefore holds a text back, for quiet hours: zero for at once. Later texts to the same number pass it.
	NotBefore time.Time
	// Media are the addresses of the pictures that came with an inbound text, in order.
	Media []string

	// What sending keeps: how often it was tried, since when one worker has been at it (zero: none is), and when
	// it may be tried again (zero: now). Later texts to the same number wait for RetryAt.
	Attempts  int
	ClaimedAt time.Time
	RetryAt   time.Time
}

// Carrier sends texts for one line. Send returns the carrier's id of the message, or a *SendError.
type Carrier interface {
	Send(ctx context.Context, m Message) (carrierID string, err error)
	// Find looks for texts already accepted, after a crash or a timeout between handing one over and noting so: those with
	// the same From, To and Body, or with a mark of the text's own, not older than since, newest first. An empty list means
	// that the carrier has none, and that the text may be sent again. One that can't be asked answers ErrCannotFind.
	Find(ctx context.Context, m Message, since time.Time) (carrierIDs []string, err error)
}

// ErrCannotFind says that a carrier can't be asked what it accepted: whether a text in doubt left, nobody will know, unless
// the carrier reports about it.
var ErrCannotFind = errors.New("messaging: this carrier can't be asked whether it has a text")

// SendError answers the next questions about a text that was not accepted.
type SendError struct {
	Class      string        // "throttled", "unreachable", "landline", "opted_out", "unregistered", "invalid", "auth", "other"
	Code       string        // the carrier's own code
	Retry      bool          // whether trying again can help
	Unknown    bool          // the carrier may have accepted it all the same: Find before trying again
	RetryAfter time.Duration // how long the carrier asks us to wait; 0 when it says nothing
	Tell       string        // what to tell the owner, a sentence
	Err        error
}

func (e *SendError) Error() string {
	s := "messaging: " + e.Class
	if e.Code != "" {
		s += " (" + e.Code + ")"
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *SendError) Unwrap() error { return e.Err }
