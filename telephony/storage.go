package telephony

import (
	"context"
	"errors"

	"fixly/business"
	"fixly/receptionist"
)

// ErrNoCall says that no such call exists.
var ErrNoCall = errors.New("telephony: no such call")

// Storage runs functions in transactions. A function may run more than once, so it must have no effect outside
// its transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// Tx is what telephony needs of one transaction.
type Tx interface {
	Business(ctx context.Context, id string) (*business.Business, error)
	// BusinessByLine finds the business that a number belongs to; nil when it is nobody's.
	BusinessByLine(ctx context.Context, number string) (*business.Business, error)
	// BusinessByAccount finds a business by a carrier account of one of its lines; nil when it is nobody's.
	BusinessByAccount(ctx context.Context, accountSID string) (*business.Business, error)

	// InsertCall stores a new call; when one with this CarrierID exists already it is read into c instead and
	// created is false.
	InsertCall(ctx context.Context, c *Call) (created bool, err error)
	// Call reads a call; ErrNoCall when there is none.
	Call(ctx context.Context, id string) (*Call, error)
	CallByCarrierID(ctx context.Context, carrierID string) (*Call, error) // nil when there is none
	UpdateCall(ctx context.Context, c *Call) error

	// Conversation reads the receptionist's conversation of a call and locks it until the transaction ends;
	// receptionist.ErrNoConversation when there is none.
	Conversation(ctx context.Context, id string) (*receptionist.Conversation, error)
	UpdateConversation(ctx context.Context, c *receptionist.Conversation) error

	// CallEnded enqueues what is owed after a call (package followup), once per call.
	CallEnded(ctx context.Context, c *Call) error
	// FirstTime notes an event of a carrier by its key and says whether it was new.
	FirstTime(ctx context.Context, key string) (bool, error)
}
