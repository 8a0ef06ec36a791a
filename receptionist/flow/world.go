package flow

import (
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/ledger"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// World is what the flow may look at. It only looks: what it wants done it puts into its Decision.
type World interface {
	// Business is the shop. It is read-only.
	Business() *business.Business
	// Now is the time of this turn.
	Now() time.Time
	// Offers chooses open times for a query. The conversation's own holds don't count as taken.
	Offers(q scheduling.Query) (scheduling.Offered, error)
	// Free says whether a time that was offered can still be had; job is one to be moved there, or empty.
	Free(s scheduling.Slot, job string) (bool, error)
	// JobsByPhone lists the jobs booked from a number that begin at or after from.
	JobsByPhone(phone string, from time.Time) ([]scheduling.Job, error)
	// JobsByName lists the jobs booked under a name that begin at or after from, whoever's they are.
	JobsByName(name string, from time.Time) ([]scheduling.Job, error)
	// CodesSent counts the codes that were texted to a number since an instant.
	CodesSent(phone string, since time.Time) (int, error)
	// IsCode says whether digits are the nth code of this conversation for a number.
	IsCode(phone string, n int, digits string) bool
	// MayAskOwner says whether the owner can be asked something for who texts from a number; open, that he has been and has not
	// answered yet.
	MayAskOwner(phone string) (may, open bool, err error)
	// BookingLink is the address of the page on which customers book; empty: there is none that they could open.
	BookingLink() string
}

// EventKind is what happened on the caller's side.
type EventKind string

// The kinds of event.
const (
	Words       EventKind = "words"
	Keys        EventKind = "keys"
	Silence     EventKind = "silence"
	Reconnected EventKind = "reconnected"
	PersonGone  EventKind = "person_gone"
	Broken      EventKind = "broken"      // a turn failed on our side
	Proposed    EventKind = "proposed"    // nothing: the shop has something to say
	Pictured    EventKind = "pictured"    // pictures came, without words
	Overheard   EventKind = "overheard"   // the other side wrote to people of the shop, who hold the thread
	PeopleSaid  EventKind = "people_said" // people of the shop wrote in the thread
)

// Event is one event from the caller's side, with what was understood of it.
type Event struct {
	Kind       EventKind
	Keys       string // the keys pressed
	Understood understanding.Understanding
	CallerID   string // E.164; empty when withheld
	// ForwardedFrom is the phone that forwarded the call, E.164; empty: none.
	ForwardedFrom string
	// Composed answers an open question, in the words of a language model that the guard let pass as the shop's own;
	// empty: there is none, and the shop's answer is said as it stands.
	Composed string
	// Languages are those the conversation can be held in, ISO 639-1, the one that callers are greeted in first.
	Languages []string
	// Doubted: the carrier does not vouch for the caller id, so it proves nothing.
	Doubted bool
	Text    bool // the conversation is by text
	// Recording is what the words say about the recording of the call.
	Recording consent.AboutRecording
	// OptOut is what the words of a call take back: calls, texts or both.
	OptOut consent.Revocation
	// Proposal is what the shop has to say, for Proposed.
	Proposal *Proposal
}

// Effect is something to do. The receptionist does all of a turn's effects in one transaction, in order, before
// anything is said.
type Effect struct {
	Do EffectKind
	// Hold: the offers to keep, and for how long, 0 for as long as usual; earlier holds of the conversation are let go.
	Offers []Offer
	For    time.Duration
	// Book: the job, without what storage adds. Move: its ID, Slot and Status. Cancel, Accept and Confirm: its ID. Amend: its customer and
	// address.
	Job scheduling.Job
	// Book: further services that are done in the same visit.
	Also []string
	// Book and Move: when the time was offered.
	OfferedAt time.Time
	// Alert: "emergency" or "danger", and what to tell the people on call. TellOwner: what it is about ("complaint",
	// "late", "more_work"), and what to tell.
	What, Text string
	// TextCode: where to, E.164, and which code of the conversation it is.
	Phone string
	N     int
	// NoteRecording: What is where the recording stands now, Text the caller's words that brought it there, in Language, and
	// How what they are; without one it is not the caller's wish.
	Language string
	How      consent.How
	// OptOut: what isn't wanted any more, at Phone; Text are the caller's words.
	OptOut consent.Revocation
}

// EffectKind is a kind of effect.
type EffectKind string

// The kinds of effect.
const (
	DoHold    EffectKind = "hold"
	DoRelease EffectKind = "release"
	DoBook    EffectKind = "book"
	DoMove    EffectKind = "move"
	// DoAccept books a job that waited for the owner's yes.
	DoAccept EffectKind = "accept"
	// DoAmend changes a job's customer and address: the one with the Job's ID, without one the one booked in this
	// conversation.
	DoAmend  EffectKind = "amend"
	DoCancel EffectKind = "cancel"
	// DoConfirm notes that the customer said of a job (ID) that it stands.
	DoConfirm EffectKind = "confirm"
	DoAlert   EffectKind = "alert"
	// DoAddWork adds to what is to be done at a job (ID and Problem).
	DoAddWork EffectKind = "add_work"
	// DoNoteRecording stores where the recording of the call stands, and begins or ends it.
	DoNoteRecording EffectKind = "note_recording"
	// DoOptOut enters into the ledger of consents that the caller wants no more calls or texts.
	DoOptOut EffectKind = "opt_out"
	// DoTextCode texts the code that proves whose a booking is.
	DoTextCode EffectKind = "text_code"
	// DoTextAddress texts the caller a question for the address of the visit; the answer takes up the call.
	DoTextAddress EffectKind = "text_address"
	// DoAskOwner puts a customer's question, Text, to the owner.
	DoAskOwner EffectKind = "ask_owner"
	// DoTextLink texts the address of the booking page, Text, to Phone.
	DoTextLink EffectKind = "text_link"
	// DoTellOwner texts the owner at once, ahead of the summary.
	DoTellOwner EffectKind = "tell_owner"
	// DoLink notes in the conversation which job (ID) it is about.
	DoLink EffectKind = "link"
)

// Decision is what a turn comes to.
type Decision struct {
	Convey   []Conveyance
	Effects  []Effect
	Reason   Reason
	End      bool              // hang up, or close the thread, after that
	Transfer []business.Person // ring these, in order; nil for nobody
	Outcome  ledger.Outcome    // of the conversation so far
	Summary  string            // one line about what was wanted
	Quiet    bool              // nothing is said, on purpose
	// ForPeople: the words answer what people of the shop wrote, and are theirs to read.
	ForPeople bool
}
