package telephony

import (
	"context"
	"errors"
	"time"

	"fixly/business"
	"fixly/contact"
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

	// InsertRings notes phones that are rung; one that is noted already in its series stays as it is.
	InsertRings(ctx context.Context, rings ...Ring) error
	// Rings lists the phones that were rung for a call, in order.
	Rings(ctx context.Context, businessID, callID string) ([]Ring, error)
	UpdateRing(ctx context.Context, r *Ring) error
	// IsRinging says whether a phone has been ringing since an instant for a live call from a number.
	IsRinging(ctx context.Context, businessID, phone, from string, since time.Time) (bool, error)
	// CustomerByPhone finds a customer on file; nil when there is none.
	CustomerByPhone(ctx context.Context, businessID, phone string) (*contact.Customer, error)

	recordingTx
	// InsertRecording stores that something was recorded, once by the carrier's id of it.
	InsertRecording(ctx context.Context, r *Recording) (created bool, err error)
	// RecordingOver stores how long a recording has become, in seconds.
	RecordingOver(ctx context.Context, r *Recording) error
	// StopRecording enqueues what ends the recording of a call (package recording).
	StopRecording(ctx context.Context, businessID, callID string) error
	// WriteDown stores the words of a recording, once, and enqueues what is owed then (package followup).
	WriteDown(ctx context.Context, r *Recording) error

	// KeepSessionEnd notes what the receptionist's latest session in a call said as it ended, for a carrier that doesn't repeat
	// it; empty: another session is under way. SessionEnd gives it back; empty where nothing is known.
	KeepSessionEnd(ctx context.Context, c *Call, said string) error
	SessionEnd(ctx context.Context, c *Call) (said string, err error)

	// CallTaken enqueues what is owed to a person who took a call (package followup), once per call and phone.
	CallTaken(ctx context.Context, c *Call, phone string) error
	// CallEnded enqueues what is owed after a call (package followup), once per call.
	CallEnded(ctx context.Context, c *Call) error
	// FirstTime notes an event of a carrier by its key and says whether it was new.
	FirstTime(ctx context.Context, key string) (bool, error)
}
