package api

import (
	"context"

	"fixly/billing"
	"fixly/business"
	"fixly/callbacks"
	"fixly/contact"
	"fixly/messaging"
	"fixly/model"
	"fixly/receptionist"
	"fixly/report"
	"fixly/scheduling"
	"fixly/scheduling/calendar/builtin"
	"fixly/telephony"
)

// Reader is what the API reads. Everything but Businesses, BusinessBySlug, Call and Turns is read within
// one business. It never waits for writers.
type Reader interface {
	scheduling.Calendar
	builtin.Reader
	report.Reader

	// Businesses lists every business of the installation, by slug.
	Businesses(ctx context.Context) ([]*business.Business, error)
	// BusinessBySlug finds a business by its slug; nil when there is none.
	BusinessBySlug(ctx context.Context, slug string) (*business.Business, error)

	ListJobs(ctx context.Context, businessID string, f scheduling.JobFilter) ([]scheduling.Job, error)
	ListMessages(ctx context.Context, businessID string, f messaging.MessageFilter) ([]messaging.Message, error)
	ListCustomers(ctx context.Context, businessID string, f contact.CustomerFilter) ([]contact.Customer, error)

	// Job reads a job; scheduling.ErrNoJob when there is none.
	Job(ctx context.Context, businessID, id string) (*scheduling.Job, error)
	// Call reads a call of any business; telephony.ErrNoCall when there is none.
	Call(ctx context.Context, id string) (*telephony.Call, error)
	ConversationByCall(ctx context.Context, businessID, callID string) (*receptionist.Conversation, error)
	Turns(ctx context.Context, conversationID string) ([]receptionist.Turn, error)
	// ModelUses lists what a language model was asked in a call.
	ModelUses(ctx context.Context, businessID, callID string) ([]model.Use, error)
	// Callbacks lists the calls still owed, in no order.
	Callbacks(ctx context.Context, businessID string) ([]callbacks.Callback, error)
	// Callback reads one, owed or not; callbacks.ErrNoCallback when there is none.
	Callback(ctx context.Context, businessID, id string) (*callbacks.Callback, error)
	// AttemptsOf lists what was tried to call somebody back, oldest first.
	AttemptsOf(ctx context.Context, businessID, callbackID string) ([]callbacks.Attempt, error)
	// Customer reads a customer; nil when there is none.
	Customer(ctx context.Context, businessID, id string) (*contact.Customer, error)
}

// Storage runs functions in transactions. A function may run more than once, so it must have no effect outside
// its transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// Tx is what the API needs of one transaction, to write.
type Tx interface {
	scheduling.Store
	builtin.Tx
	callbacks.Tx
	billing.CreditTx

	Business(ctx context.Context, id string) (*business.Business, error)
	Businesses(ctx context.Context) ([]*business.Business, error)
	// UpdateBusiness stores a business again, whole, by its ID.
	UpdateBusiness(ctx context.Context, b *business.Business) error
	// JobChanged enqueues what is owed after a job was "booked", "moved" or "cancelled".
	JobChanged(ctx context.Context, j *scheduling.Job, change string, byCall bool) error
}
