package twilio

import (
	"context"
	"time"

	"fixly/business"
	"fixly/receptionist"
)

// Receptionist is what this package needs of the receptionist. Every reply it returns is already saved.
type Receptionist interface {
	// Start opens the conversation of a call, its greeting the first turn; where the call has one already, it
	// goes on as after a lost connection.
	Start(ctx context.Context, in receptionist.StartInput) (receptionist.Reply, error)
	// Turn answers one event. An event whose key was answered before gets that answer again.
	Turn(ctx context.Context, conversationID string, in receptionist.Input) (receptionist.Reply, error)
	// Heard notes how much of the last reply the caller heard before talking over it.
	Heard(ctx context.Context, conversationID, heard string) error
	// Greeting is what the first TwiML of a call says.
	Greeting(b *business.Business, now time.Time) string
	// Hints are words for the speech recogniser.
	Hints(b *business.Business) []string
}

// Directory finds businesses. Its reads never wait for writers.
type Directory interface {
	// BusinessByLine finds the business that a number belongs to; nil when it is nobody's.
	BusinessByLine(ctx context.Context, number string) (*business.Business, error)
	// BusinessByAccount finds a business by the Twilio account of one of its lines; nil when it is nobody's.
	BusinessByAccount(ctx context.Context, accountSID string) (*business.Business, error)
	// Businesses lists every business of the installation.
	Businesses(ctx context.Context) ([]*business.Business, error)
}
