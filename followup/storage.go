package followup

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"fixly/callbacks"
	"fixly/contact"
	"fixly/messaging"
	"fixly/oncall"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/telephony"
)

// Storage runs functions in transactions. A function may run more than once, so it must have no effect outside
// its transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// PlanTx is what planning a follow-up needs of one transaction.
type PlanTx interface {
	// EnqueueAt adds a durable job that is to run at an instant of our clock.
	EnqueueAt(ctx context.Context, args river.JobArgs, at time.Time, opts *river.InsertOpts) error

	// InsertFollowUp stores a follow-up; where there is one with the same key it changes nothing.
	InsertFollowUp(ctx context.Context, p *Planned) (created bool, err error)
	// UpdateFollowUp stores when a follow-up is due by now, or what became of it.
	UpdateFollowUp(ctx context.Context, p *Planned) error
	FollowUp(ctx context.Context, businessID, id string) (*Planned, error)       // nil when there is none
	FollowUpByKey(ctx context.Context, businessID, key string) (*Planned, error) // nil when there is none
}

// Tx is what follow-ups need of one transaction.
type Tx interface {
	messaging.Tx
	PlanTx
	telephony.Tx
	oncall.Tx
	callbacks.Tx

	// OwnerQuestionByID reads a question that was put to the owner; nil when there is none.
	OwnerQuestionByID(ctx context.Context, businessID, id string) (*receptionist.OwnerQuestion, error)
	UpdateOwnerQuestion(ctx context.Context, q *receptionist.OwnerQuestion) error

	Job(ctx context.Context, businessID, id string) (*scheduling.Job, error)
	// OpenApprovals lists the visits that wait for the owner's yes and begin after an instant, by number.
	OpenApprovals(ctx context.Context, businessID string, after time.Time) ([]Approval, error)
	// LastApproval is what the owner was asked last; nil when he never was.
	LastApproval(ctx context.Context, businessID string) (*Approval, error)
	// SaveApproval stores what the owner was asked about a job and what he said; one for each job.
	SaveApproval(ctx context.Context, a *Approval) error

	// FollowUpsOfJob lists what is planned for a job, was sent and was dropped, in the order in which it is due.
	FollowUpsOfJob(ctx context.Context, businessID, jobID string) ([]Planned, error)
	// FollowUpsWith lists the same for a number, the last due first, at most limit of them.
	FollowUpsWith(ctx context.Context, businessID, phone string, limit int) ([]Planned, error)

	// CallbacksBetween lists the callbacks that came up between two instants, owed still or not.
	CallbacksBetween(ctx context.Context, businessID string, from, to time.Time) ([]callbacks.Callback, error)
	// LastHeard is when a number last texted or called; zero when it never did.
	LastHeard(ctx context.Context, businessID, phone string) (time.Time, error)
	// ConversationsWith lists the conversations with a number that began at an instant or later, the latest first.
	ConversationsWith(ctx context.Context, businessID, phone string, since time.Time) ([]receptionist.Conversation, error)
	// JobsBetween lists a technician's jobs that are on between two instants.
	JobsBetween(ctx context.Context, businessID, technician string, from, to time.Time) ([]scheduling.Job, error)

	// Troubles lists what is to be settled about a job and a calendar outside, oldest first.
	Troubles(ctx context.Context, businessID, jobID string) ([]calendar.Trouble, error)
	JobsByPhone(ctx context.Context, businessID, phone string, from time.Time) ([]scheduling.Job, error)
	CustomerByPhone(ctx context.Context, businessID, phone string) (*contact.Customer, error) // nil when there is none
	Conversation(ctx context.Context, id string) (*receptionist.Conversation, error)
	// ListCalls lists calls, newest first.
	ListCalls(ctx context.Context, businessID string, f telephony.CallFilter) ([]telephony.Call, error)
	// Recordings lists what was recorded of a call.
	Recordings(ctx context.Context, businessID, callID string) ([]telephony.Recording, error)
	// ConversationByCall is the conversation of a call, not locked; nil when there was none.
	ConversationByCall(ctx context.Context, businessID, callID string) (*receptionist.Conversation, error)
	UpdateConversation(ctx context.Context, c *receptionist.Conversation) error
	// StaleCalls lists calls that have not ended and whose conversation (or start) is older than before.
	StaleCalls(ctx context.Context, before time.Time) ([]telephony.Call, error)
	// StaleThreads lists conversations by text that have not ended and were last touched before an instant.
	StaleThreads(ctx context.Context, before time.Time) ([]receptionist.Conversation, error)
	// InsertMail stores an e-mail that is to be sent, and enqueues SendMail with it; one per key.
	InsertMail(ctx context.Context, m *Mail) (created bool, err error)
	Mail(ctx context.Context, businessID, id string) (*Mail, error) // ErrNoMail when there is none
	// UpdateMail stores what became of an e-mail: its status, error and when it was sent.
	UpdateMail(ctx context.Context, m *Mail) error
}
