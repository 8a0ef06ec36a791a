package messaging

import (
	"context"
	"errors"
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/contact"
)

// ErrNoMessage says that no such text exists in this business.
var ErrNoMessage = errors.New("messaging: no such text")

// Storage runs functions in transactions. A function may run more than once, so it must have no effect outside
// its transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// Tx is what messaging needs of one transaction.
type Tx interface {
	Business(ctx context.Context, id string) (*business.Business, error)
	BusinessByLine(ctx context.Context, number string) (*business.Business, error)

	// LockThread keeps other transactions from writing or changing texts with a number until this one ends: on
	// PostgreSQL a transaction-level advisory lock; on SQLite writers are alone anyway. It comes first in a
	// transaction.
	LockThread(ctx context.Context, businessID, number string) error

	// InsertMessage stores a text and, when its status is Queued, enqueues followup.SendText with it. When an
	// outbound text with the same Key exists already (or an inbound one with the same CarrierID) it is read into
	// m instead and created is false.
	InsertMessage(ctx context.Context, m *Message) (created bool, err error)
	Message(ctx context.Context, businessID, id string) (*Message, error)       // ErrNoMessage when there is none
	MessageByCarrierID(ctx context.Context, carrierID string) (*Message, error) // nil when there is none
	UpdateMessage(ctx context.Context, m *Message) error
	// Unsent lists the texts to a number that are queued or being sent, oldest first, fifty at most.
	Unsent(ctx context.Context, businessID, to string) ([]Message, error)
	// LastSent is when a text of a kind was last written (not suppressed) to a number; zero when never.
	LastSent(ctx context.Context, businessID, to string, kind Kind) (time.Time, error)
	// CountSent counts the outbound texts written (not suppressed) to a number since an instant.
	CountSent(ctx context.Context, businessID, to string, since time.Time) (int, error)
	// CountSentOfKind counts those of one kind.
	CountSentOfKind(ctx context.Context, businessID, to string, kind Kind, since time.Time) (int, error)

	// WantPhotos notes the pictures that came with a text, and enqueues what fetches them.
	WantPhotos(ctx context.Context, m *Message) error
	// ListMessages lists texts, newest first.
	ListMessages(ctx context.Context, businessID string, f MessageFilter) ([]Message, error)

	// Takeover is who holds the thread with a number; nil when the receptionist does.
	Takeover(ctx context.Context, businessID, number string) (*Takeover, error)
	// Takeovers lists the threads that people hold, by number.
	Takeovers(ctx context.Context, businessID string) ([]Takeover, error)
	// SaveTakeover stores that people hold a thread, anew or once more; since when they do stays.
	SaveTakeover(ctx context.Context, t *Takeover) error
	// EndTakeover gives a thread back; ended is false where nobody held it.
	EndTakeover(ctx context.Context, businessID, number string) (ended bool, err error)
	// OweRelease enqueues the job that gives a thread back once people have been silent there, for an instant.
	OweRelease(ctx context.Context, t *Takeover, at time.Time) error
	// ThreadNumbers lists the short numbers of threads, the one told last first; SaveThreadNumber gives one.
	ThreadNumbers(ctx context.Context, businessID string) ([]ThreadNumber, error)
	SaveThreadNumber(ctx context.Context, n *ThreadNumber) error
	CustomerByPhone(ctx context.Context, businessID, phone string) (*contact.Customer, error) // nil when there is none

	// LanguageWith is the language of the latest conversation with a number, or of the one that a job came of, ISO
	// 639-1; empty when there was none.
	LanguageWith(ctx context.Context, businessID, number, jobID string) (string, error)

	OptedOut(ctx context.Context, businessID, number string) (bool, error)
	// AddConsent adds an entry to the ledger of who may be reached, once for each Key. What it says about texts is what
	// OptedOut says from then on.
	AddConsent(ctx context.Context, e *consent.Entry) (added bool, err error)
	Standing(ctx context.Context, businessID, address string, channel consent.Channel) (consent.Standing, error)
	// LastAddress is where the latest visit to a number was booked for; zero when there was none.
	LastAddress(ctx context.Context, businessID, number string) (contact.Address, error)

	// IsLandline says whether a carrier told us that texts do not reach a number.
	IsLandline(ctx context.Context, businessID, number string) (bool, error)
	NoteLandline(ctx context.Context, businessID, number, code string) error
	ForgetLandline(ctx context.Context, businessID, number string) error
	// UnregisteredLines gives the lines whose texts the carrier refused because they are not registered, and since when.
	UnregisteredLines(ctx context.Context, businessID string) (map[string]time.Time, error)
	NoteUnregistered(ctx context.Context, businessID, line, code string) error
}
