package telephony

import (
	"context"
	"errors"
	"time"
)

// Purpose is what a call of ours is for. It chooses the Script that says what happens on it.
type Purpose string

// State is how far a call of ours has come.
type State string

// The states of a call of ours: queued, placing, placed, answered, then one of the ends.
const (
	CallQueued    State = "queued"
	CallPlacing   State = "placing"  // handed to the carrier, answer not yet known
	CallPlaced    State = "placed"   // accepted by the carrier: it rings, or will
	CallAnswered  State = "answered" // somebody or something picked up
	CallCompleted State = "completed"
	CallBusy      State = "busy"
	CallNoAnswer  State = "no_answer"
	CallFailed    State = "failed"    // the carrier could not or would not place it; Why says why
	CallCancelled State = "cancelled" // hung up by us while it rang
	CallTooLate   State = "too_late"  // it could not be placed while it made sense
)

// AnsweredBy is who picked up a call of ours, as far as the carrier can tell.
type AnsweredBy string

// Who picked up. Without Outgoing.DetectMachine the carrier says nothing.
const (
	ByUnknown AnsweredBy = ""
	ByHuman   AnsweredBy = "human"
	ByMachine AnsweredBy = "machine" // a voicemail, a fax
)

// Outgoing is a call that we place. It is stored before it is placed, and placed exactly once.
type Outgoing struct {
	ID         string
	BusinessID string
	Purpose    Purpose
	Subject    string // id of what it is about, for the script alone
	// Key is unique within a business: a second call with the same key is not placed.
	Key  string
	Line string // E.164: one of the business's lines, which it shows as its caller id
	To   string // E.164
	// RingFor is how long it rings, whole seconds, 5 to 60; voicemails pick up after some 25.
	RingFor time.Duration
	// DetectMachine asks the carrier who picked up. It takes some four seconds, in which who picked up hears nothing.
	DetectMachine bool

	State      State
	AnsweredBy AnsweredBy
	Keys       string // pressed last
	Why        string // why it failed, a sentence for the owner; empty otherwise
	ErrorCode  string // the carrier's, empty when none
	CarrierID  string // Twilio: CallSid; empty until it is placed
	Found      bool   // CarrierID was found by looking, so it may be another call's to the same number
	CreatedAt  time.Time
	NotAfter   time.Time // it is not placed later; zero: five minutes after it was written
	PlacedAt   time.Time // zero until then
	AnsweredAt time.Time
	EndedAt    time.Time

	// Turn counts the carrier's questions how to go on, and Reply is what was answered to the last of them: one that is
	// repeated gets the same.
	Turn  int
	Reply []Step

	// What placing keeps: how often it was tried, since when one worker has been at it (zero: none is), and when it may be
	// tried again (zero: now).
	Attempts  int
	ClaimedAt time.Time
	RetryAt   time.Time
}

// Ended says whether a call is over, or never came about.
func (c *Outgoing) Ended() bool { return !c.EndedAt.IsZero() }

// ErrNoOutgoing says that the business has placed no such call.
var ErrNoOutgoing = errors.New("telephony: no such call of ours")

// Placer places the calls of one line. Errors are *PlaceError.
type Placer interface {
	// Place has the carrier ring c.To, and gives its id of the call. What then happens on the call is asked of us.
	Place(ctx context.Context, c Outgoing) (carrierID string, err error)
	// Find looks for calls already placed, after a crash or a timeout between asking for one and noting so: same Line and
	// To, not older than since, the newest first. An empty list means that the carrier has none.
	Find(ctx context.Context, c Outgoing, since time.Time) (carrierIDs []string, err error)
	// Look says how far a call has come; CallFailed when the carrier knows none with this id.
	Look(ctx context.Context, carrierID string) (State, error)
	// HangUp ends a call, whether it rings or goes on. One that has ended is no error.
	HangUp(ctx context.Context, carrierID string) error
}

// PlaceError answers the next questions about a call that was not placed.
type PlaceError struct {
	Class      string // as of messaging.SendError: "throttled", "unreachable", "invalid", "auth", "other"
	Code       string // the carrier's own code
	Retry      bool   // whether trying again can help
	Unknown    bool   // the carrier may have placed it all the same: Find before trying again
	RetryAfter time.Duration
	Tell       string // what to tell the owner, a sentence
	Err        error
}

func (e *PlaceError) Error() string {
	s := "telephony: " + e.Class
	if e.Code != "" {
		s += " (" + e.Code + ")"
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *PlaceError) Unwrap() error { return e.Err }
