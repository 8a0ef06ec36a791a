package billing

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/telephony"
)

// Storage runs functions in transactions. A function may run more than once, so it must have no effect outside its
// transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// NoteTx is what noting a booking needs of one transaction.
type NoteTx interface {
	Business(ctx context.Context, id string) (*business.Business, error)
	// EnqueueAt adds a durable job that is to run at an instant of our clock.
	EnqueueAt(ctx context.Context, args river.JobArgs, at time.Time, opts *river.InsertOpts) error
	// InsertBooking stores a booking, once for each job.
	InsertBooking(ctx context.Context, b *ledger.Booking) (created bool, err error)
	// AcceptBooking notes when a pending booking that waited for the owner's yes was booked for good; false when there is
	// none that waits.
	AcceptBooking(ctx context.Context, businessID, jobID string, at time.Time) (bool, error)
}

// CreditTx is what a credit needs of one transaction.
type CreditTx interface {
	Business(ctx context.Context, id string) (*business.Business, error)
	// LockLedger makes those who charge and credit a business wait for each other. Nothing is locked after it.
	LockLedger(ctx context.Context, businessID string) error
	// Booking reads a booking; ErrNoBooking when there is none.
	Booking(ctx context.Context, businessID, jobID string) (*ledger.Booking, error)
	// SoFar adds up what was counted between two instants, with what was ever credited of it.
	SoFar(ctx context.Context, businessID string, from, to time.Time) (ledger.Sofar, error)
	// CreditOf reads what was credited for a job; nil when nothing was.
	CreditOf(ctx context.Context, businessID, jobID string) (*ledger.Credit, error)
	// InsertCredit stores a credit, once for each job.
	InsertCredit(ctx context.Context, c *ledger.Credit) error

	// UsageEvent reads what the meter is told; nil when there is no such event.
	UsageEvent(ctx context.Context, businessID, id string) (*UsageEvent, error)
	// InsertUsageEvent stores what the meter is to be told, once by its ID, and enqueues SendUsage with it.
	InsertUsageEvent(ctx context.Context, e *UsageEvent) error
}

// Tx is what billing needs of one transaction.
type Tx interface {
	NoteTx
	CreditTx

	Job(ctx context.Context, businessID, id string) (*scheduling.Job, error)
	// BookedAlike says whether the same customer had the same service booked for the same place since an instant and before
	// b, in a booking that counts, or is pending while its job stands.
	BookedAlike(ctx context.Context, b *ledger.Booking, since time.Time) (bool, error)
	// SettleBooking stores what was decided about a pending booking.
	SettleBooking(ctx context.Context, b *ledger.Booking) error
	UpdateUsageEvent(ctx context.Context, e *UsageEvent) error

	// What the evidence is taken from.
	Call(ctx context.Context, id string) (*telephony.Call, error)
	ConversationByCall(ctx context.Context, businessID, callID string) (*receptionist.Conversation, error)
	// ConversationOfJob is the latest conversation by text that came to a job; nil when there is none.
	ConversationOfJob(ctx context.Context, businessID, jobID string) (*receptionist.Conversation, error)
	Turns(ctx context.Context, conversationID string) ([]receptionist.Turn, error)
	WrittenOf(ctx context.Context, businessID, jobID string) ([]calendar.Written, error)
	// MessageByKey finds a text by its key; nil when there is none.
	MessageByKey(ctx context.Context, businessID, key string) (*messaging.Message, error)
}
