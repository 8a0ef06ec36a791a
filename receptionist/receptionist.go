// Package receptionist holds the one receptionist: it owns conversations, and serves calls, texts, the browser
// phone and simulated callers alike.
//
// A turn goes through three rooms: understanding turns words into acts, flow decides, wording says it. Each turn
// is saved, with what it did and why, in one transaction before the reply leaves; a conversation is rows, not
// memory, so any node can take it over.
package receptionist

import (
	"strings"
	"time"

	"fixly/consent"
	"fixly/ledger"
	"fixly/receptionist/flow"
	"fixly/scheduling"
)

// Channel is how a conversation is held.
type Channel string

// The channels.
const (
	ByCall Channel = "call"
	ByText Channel = "text"
)

// Caller is who is on the other end, as the carrier says it.
type Caller struct {
	Number      string // E.164; empty when withheld
	Name        string // caller id name, often empty or wrong
	Attestation string // STIR/SHAKEN verdict ("TN-Validation-Passed-A"), empty when unknown
	VIP         bool
	// ForwardedFrom is the phone that forwarded the call, E.164; it is not rung in the call. Empty: none.
	ForwardedFrom string `json:",omitempty"`
}

// doubted says whether the carrier found that the number is likely not the caller's: a failed check of its signature
// (STIR/SHAKEN). Most honest calls still come with a weak verdict or none, so only a failure counts.
func (c Caller) doubted() bool { return strings.Contains(c.Attestation, "Validation-Failed") }

// InputKind is what happened on the caller's side.
type InputKind string

// The kinds of input.
const (
	Words       InputKind = "words"       // a final utterance or a text
	Digits      InputKind = "digits"      // keys were pressed
	Silence     InputKind = "silence"     // nothing was said for a while
	Reconnected InputKind = "reconnected" // the carrier's session was lost and is back
	PersonGone  InputKind = "person_gone" // a person was rung and did not take the call

	pictured  InputKind = "pictured"  // pictures came, without words
	proposed  InputKind = "proposed"  // nothing: the shop has something to say, see Propose
	overheard InputKind = "overheard" // words to people of the shop, see Listen
	byPeople  InputKind = "by_people" // words of people of the shop, see Listen
)

// Input is one event from the caller's side.
type Input struct {
	Kind InputKind
	Text string // Words: what was said; Digits: the keys
	Lang string // BCP 47 tag that the recogniser reports, may be empty
	// Confidence of the recogniser, 0 to 1; zero when it reports none.
	Confidence float64
	card       bool // a payment card was cut out of Text
	proposal   *flow.Proposal

	// Key makes the turn idempotent: a second input with the same key in one conversation is answered with
	// the reply of the first and changes nothing. Empty: no check.
	Key string
}

// Reply is what to say and do next. It is already saved when the caller of Turn gets it.
type Reply struct {
	ConversationID string
	// Sentences to say, in order. Texts join them with a space.
	Sentences []string
	// End hangs up after the sentences. On a text it only closes the conversation.
	End bool
	// Transfer rings these people, in order, after the sentences; nil for none.
	Transfer []TransferTo
	Language string // BCP 47 tag to speak in
	Asked    string // what the reply asks for, see understanding.Asked
	Reason   string // why, from the closed list in flow
	// ForPeople: the words answer what people of the shop wrote, and are theirs to read. Nothing is said.
	ForPeople bool `json:",omitempty"`
	// KeptBack is what the guard kept back of the sentences, and why: kept with the turn, said to nobody.
	KeptBack []string `json:",omitempty"`
	// Offered are the arrival windows that are on the table after it, in the order they were said.
	Offered []scheduling.Interval `json:"-"`
}

// TransferTo is a person to ring.
type TransferTo struct {
	Name, Phone string
}

// Text joins the sentences.
func (r Reply) Text() string {
	s := ""
	for i, x := range r.Sentences {
		if i > 0 {
			s += " "
		}
		s += x
	}
	return s
}

// Conversation is one conversation as stored. State is the flow's own, opaque to everyone else.
type Conversation struct {
	ID         string
	BusinessID string
	Channel    Channel
	CallID     string // the call's id, for calls
	Caller     Caller
	State      []byte         // JSON of flow.State
	Outcome    ledger.Outcome // so far; empty while nothing came of it
	JobID      string         // the job booked, moved or cancelled last in it
	Summary    string         // one line about what was wanted, kept up to date each turn
	Language   string         // it is held in, ISO 639-1
	StartedAt  time.Time
	UpdatedAt  time.Time
	EndedAt    time.Time // zero while it goes on
}

// Turn is one thing said or done in a conversation, kept with the reason for it.
type Turn struct {
	ConversationID string
	Seq            int
	At             time.Time
	Who            string // "caller", "receptionist", "person", "carrier"
	Text           string
	Heard          string // receptionist's turns that were interrupted: what the caller actually heard
	Interrupted    bool
	Reason         string // receptionist's turns: why, from the closed list in flow
	Understood     []byte // caller's turns: JSON of what was understood
	Key            string // Input.Key
	Reply          []byte // receptionist's turns: JSON of the Reply, to repeat it
}

// StartInput opens a conversation by phone.
type StartInput struct {
	BusinessID string
	CallID     string // the call's id, not the carrier's
	Caller     Caller
	// Recording is what the greeting that is spoken says about the recording of the call.
	Recording consent.Told
}
