package callbacks

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/telephony"
)

// Storage runs functions in transactions. A function may run more than once, so it must have no effect outside its
// transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// Tx is what callbacks need of one transaction.
type Tx interface {
	messaging.Tx
	telephony.CallingTx

	// EnqueueAt adds a durable job that is to run at an instant of our clock.
	EnqueueAt(ctx context.Context, args river.JobArgs, at time.Time, opts *river.InsertOpts) error

	// Callback reads one; ErrNoCallback when the business has none with this id.
	Callback(ctx context.Context, businessID, id string) (*Callback, error)
	// CallbackOwed is the one owed to a number, nil when there is none.
	CallbackOwed(ctx context.Context, businessID, phone string) (*Callback, error)
	// CallbacksRangFrom lists those owed at another number to who rang from one, by that number.
	CallbacksRangFrom(ctx context.Context, businessID, phone string) ([]Callback, error)
	// Callbacks lists those owed, in no order.
	Callbacks(ctx context.Context, businessID string) ([]Callback, error)
	// InsertCallback stores a new one and fills in an empty ID. At most one is owed to a number.
	InsertCallback(ctx context.Context, c *Callback) error
	// UpdateCallback stores one again, whole.
	UpdateCallback(ctx context.Context, c *Callback) error
	// CauseKnown says whether it was noted already that a call is owed for a source, not earlier than now told.
	CauseKnown(ctx context.Context, d Debt) (bool, error)
	// AddCause notes why a call is owed.
	AddCause(ctx context.Context, d Debt, callbackID string) error

	// InsertAttempt stores an attempt and fills in an empty ID.
	InsertAttempt(ctx context.Context, a *Attempt) error
	UpdateAttempt(ctx context.Context, a *Attempt) error
	// Attempt reads one; ErrNoAttempt when the business has none with this id.
	Attempt(ctx context.Context, businessID, id string) (*Attempt, error)
	// AttemptsOf lists those of a callback, oldest first.
	AttemptsOf(ctx context.Context, businessID, callbackID string) ([]Attempt, error)

	// LastAttemptOf is the latest attempt of somebody, by their phone, since an instant, of those that they took and the
	// customer was rung for; nil when there is none.
	LastAttemptOf(ctx context.Context, businessID, personPhone string, since time.Time) (*Attempt, error)

	// Conversation reads a conversation and locks it until the transaction ends.
	Conversation(ctx context.Context, id string) (*receptionist.Conversation, error)
	// OpenThread is the latest conversation by text with a number that has not ended; nil when there is none.
	OpenThread(ctx context.Context, businessID, number string) (*receptionist.Conversation, error)
	// SilentThreads lists, over all businesses, conversations by text that have not ended, were last touched before an
	// instant, come after a place, and have no cause noted since; at most limit of them, oldest first.
	SilentThreads(ctx context.Context, after Place, before time.Time, limit int) ([]receptionist.Conversation, error)
	JobsByPhone(ctx context.Context, businessID, phone string, from time.Time) ([]scheduling.Job, error)
}
