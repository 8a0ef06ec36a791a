// Package telephony is calls: what comes in from a carrier, and what a carrier can be asked to do.
package telephony

import (
	"time"

	"fixly/ledger"
)

// Incoming is a call as the carrier announces it.
type Incoming struct {
	CarrierID     string // the carrier's id of the call (Twilio: CallSid)
	From          string // E.164; empty when withheld
	To            string // E.164: one of the business's lines
	ForwardedFrom string // E.164 of the phone that forwarded it; empty for a direct call, or where its carrier does not tell
	CallerName    string
	Attestation   string // STIR/SHAKEN verdict, empty when unknown
}

// UnstoredKey notes that a call came in which is not stored, see Tx.FirstTime: what its carrier says of it later must not
// make it one.
func UnstoredKey(in Incoming) string { return "forwarded:" + in.CarrierID }

// Call is a call as stored.
type Call struct {
	ID         string
	BusinessID string
	CarrierID  string
	Line       string // E.164 of our number
	From       string // E.164; empty when withheld
	CallerName string
	Direction  string // "inbound" or "outbound"
	Mode       string // how its sound reaches us, see business.Mode
	Route      string // why it was answered as it was, from routing's closed list
	StartedAt  time.Time
	AnsweredAt time.Time // zero while nobody answered
	EndedAt    time.Time // zero while it goes on
	HandledBy  ledger.HandledBy
	Outcome    ledger.Outcome // empty while it goes on
	Summary    string
	JobID      string
	// ConversationID of the receptionist's conversation, empty when it never spoke.
	ConversationID string
	// ForwardedFrom is the phone that forwarded the call to us, TakenBy that of the person who took it, both E.164; empty:
	// none.
	ForwardedFrom string
	TakenBy       string
}
