package bookingpage

import (
	"context"
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/contact"
	"fixly/followup"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/telephony"
)

// Reader is what the pages read. It never waits for writers.
type Reader interface {
	scheduling.Calendar

	// Businesses lists every business of the installation.
	Businesses(ctx context.Context) ([]*business.Business, error)
	// BusinessBySlug finds a business by its slug; nil when there is none.
	BusinessBySlug(ctx context.Context, slug string) (*business.Business, error)
	// Job reads a job; scheduling.ErrNoJob when there is none.
	Job(ctx context.Context, businessID, id string) (*scheduling.Job, error)
	// JobsByPhone lists a customer's jobs that have not begun before from, by start.
	JobsByPhone(ctx context.Context, businessID, phone string, from time.Time) ([]scheduling.Job, error)
	// CustomerByPhone finds a customer on file; nil when there is none.
	CustomerByPhone(ctx context.Context, businessID, phone string) (*contact.Customer, error)
	// Call reads a call; telephony.ErrNoCall when there is none.
	Call(ctx context.Context, id string) (*telephony.Call, error)
	// ConversationByCall is the conversation of a call; nil when there was none.
	ConversationByCall(ctx context.Context, businessID, callID string) (*receptionist.Conversation, error)
}

// Storage runs functions in transactions. A function may run more than once, so it must have no effect outside
// its transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// Tx is what the pages need of one transaction, to write.
type Tx interface {
	scheduling.Store

	// LockCalendar makes those who take or free times of a business wait for each other. It comes before anything else of
	// the calendar is read or written.
	LockCalendar(ctx context.Context, businessID string) error
	// JobChanged enqueues what is owed after a job was "booked", "moved" or "cancelled".
	JobChanged(ctx context.Context, j *scheduling.Job, change string, byCall bool) error
	// Call reads a call and locks it, Conversation its conversation.
	Call(ctx context.Context, id string) (*telephony.Call, error)
	UpdateCall(ctx context.Context, c *telephony.Call) error
	Conversation(ctx context.Context, id string) (*receptionist.Conversation, error)
	UpdateConversation(ctx context.Context, c *receptionist.Conversation) error
	// AddConsent adds an entry to the ledger of consent; one per key.
	AddConsent(ctx context.Context, e *consent.Entry) (added bool, err error)
	// TextPageCode enqueues the text with the code that proves a number to a page.
	TextPageCode(ctx context.Context, code followup.TextPageCode) error
}
