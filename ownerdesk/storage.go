package ownerdesk

import (
	"context"
	"time"

	"fixly/approval"
	"fixly/business"
	"fixly/followup"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/scheduling/calendar/builtin"
)

// Approvals takes the owner's answers about visits that wait for his yes, see approval.Desk.
type Approvals interface {
	Answer(ctx context.Context, tx approval.Tx, b *business.Business, body string) (reply string, ok bool, err error)
}

// Tx is what the desk needs of one transaction.
type Tx interface {
	approval.Tx
	messaging.Tx
	builtin.Tx
	followup.PlanTx

	// OwnerQuestion is what was put to the owner last for a number; nil when nothing ever was.
	OwnerQuestion(ctx context.Context, businessID, peer string) (*receptionist.OwnerQuestion, error)
	// OpenOwnerQuestions lists what the owner has yet to answer.
	OpenOwnerQuestions(ctx context.Context, businessID string) ([]receptionist.OwnerQuestion, error)
	UpdateOwnerQuestion(ctx context.Context, q *receptionist.OwnerQuestion) error
	// UpdateBusiness stores a business that was edited, whole.
	UpdateBusiness(ctx context.Context, b *business.Business) error

	// OpenThread is the latest conversation by text with a number that has not ended; nil when there is none.
	OpenThread(ctx context.Context, businessID, number string) (*receptionist.Conversation, error)
	// TellLate enqueues the text to a job's customer that somebody comes some minutes late.
	TellLate(ctx context.Context, j *scheduling.Job, minutes int, key string) error
	LockCalendar(ctx context.Context, businessID string) error
	JobsByPhone(ctx context.Context, businessID, phone string, from time.Time) ([]scheduling.Job, error)
}
