package receptionist

import (
	"context"
	"errors"
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/model"
	"fixly/scheduling"
)

// ErrNoConversation says that no such conversation exists.
var ErrNoConversation = errors.New("receptionist: no such conversation")

// Storage runs functions in transactions. A function may run more than once (PostgreSQL rolls back on a
// conflict), so it must have no effect outside its transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// Tx is what the receptionist needs of one transaction.
type Tx interface {
	scheduling.Store

	Business(ctx context.Context, id string) (*business.Business, error)
	// Conversation reads a conversation and locks it until the transaction ends.
	Conversation(ctx context.Context, id string) (*Conversation, error)
	ConversationByCall(ctx context.Context, businessID, callID string) (*Conversation, error) // nil when there is none
	// OpenThread is the latest conversation by text with a number that has not ended; nil when there is none.
	OpenThread(ctx context.Context, businessID, number string) (*Conversation, error)
	// LatestByPhone is the latest conversation by phone with a number; nil when there is none.
	LatestByPhone(ctx context.Context, businessID, number string) (*Conversation, error)
	// LanguageWith is the language of the latest conversation with a number, or of the one that a job came of, ISO
	// 639-1; empty when there was none.
	LanguageWith(ctx context.Context, businessID, number, jobID string) (string, error)
	InsertConversation(ctx context.Context, c *Conversation) error
	UpdateConversation(ctx context.Context, c *Conversation) error
	// AppendTurn numbers the turn (Seq) and stores it.
	AppendTurn(ctx context.Context, t *Turn) error
	Turns(ctx context.Context, conversationID string) ([]Turn, error)
	// TurnByKey finds the receptionist's turn that answered an input with this key; nil when there is none.
	TurnByKey(ctx context.Context, conversationID, key string) (*Turn, error)
	// MarkHeard notes on the receptionist's last turn what the caller heard of it before talking over it.
	MarkHeard(ctx context.Context, conversationID, heard string) error

	// JobsByName lists the jobs under a name that begin at or after from, whoever's they are.
	JobsByName(ctx context.Context, businessID, name string, from time.Time) ([]scheduling.Job, error)
	// CodesSent counts the codes that were texted to a number since an instant.
	CodesSent(ctx context.Context, businessID, phone string, since time.Time) (int, error)

	// NoteRecording stores what a caller has said about the recording of the call and enters it into the ledger of consents,
	// once for each state; it enqueues what follows (package recording). Of a call that nothing is stored about it notes
	// nothing.
	NoteRecording(ctx context.Context, c *Conversation, n RecordingNote) error

	// AddConsent adds an entry to the ledger of consents, one per key; who wants no calls is owed none.
	AddConsent(ctx context.Context, e *consent.Entry) (added bool, err error)

	// ConfirmJob notes that the customer said of a visit that it stands; of one that doesn't any more it notes nothing.
	ConfirmJob(ctx context.Context, businessID, jobID string, at time.Time) error

	// InsertModelUse stores what a model was asked, once by its ID.
	InsertModelUse(ctx context.Context, u *model.Use) error

	// TextCode and TellOwner, as JobChanged and AlertOnCall, enqueue the durable jobs of package followup in this
	// transaction.
	TextCode(ctx context.Context, c *Conversation, phone string, n int) error
	TellOwner(ctx context.Context, c *Conversation, what, text string) error
	JobChanged(ctx context.Context, j *scheduling.Job, change string, byCall bool) error
	AlertOnCall(ctx context.Context, c *Conversation, what, text string) error
	// OwnerQuestion is what was put to the owner last for a number; nil when nothing ever was.
	OwnerQuestion(ctx context.Context, businessID, peer string) (*OwnerQuestion, error)
	// AskOwner stores a question and enqueues the text to the owner, and what happens when he doesn't answer.
	AskOwner(ctx context.Context, q *OwnerQuestion) error
	// TextLink enqueues the text with the address of the booking page to a number.
	TextLink(ctx context.Context, c *Conversation, phone, link string) error
	// TextAddress enqueues the text that asks the caller of a conversation for the address of the visit.
	TextAddress(ctx context.Context, c *Conversation) error
}
