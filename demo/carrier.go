package demo

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/rs/xid"

	"fixly/business"
	"fixly/messaging"
)

// Carrier takes the demo's texts and sends them nowhere: they are to be seen on the pages. Numbers that end in
// these digits show what goes wrong with real ones:
//
//	0196  cannot receive texts (a landline)
//	0197  has opted out at the carrier
type Carrier struct{}

// NewCarrier gives the demo's carrier.
func NewCarrier() Carrier { return Carrier{} }

var _ messaging.Carrier = Carrier{}

// Send accepts the text, unless its number is one of the telltale ones.
func (Carrier) Send(_ context.Context, m messaging.Message) (carrierID string, err error) {
	switch {
	case strings.HasSuffix(m.To, "0196"):
		return "", &messaging.SendError{Class: "landline", Tell: "The number is a landline and can't get texts.", Err: errors.New("demo number")}
	case strings.HasSuffix(m.To, "0197"):
		return "", &messaging.SendError{Class: "opted_out", Tell: "The number has opted out of texts.", Err: errors.New("demo number")}
	}
	return "demo-" + xid.New().String(), nil
}

// Find finds nothing: Send's answer is never lost on the way.
func (Carrier) Find(context.Context, messaging.Message, time.Time) ([]string, error) { return nil, nil }

// IsLine says whether a line has the account of the demo business, which exists at no carrier.
func IsLine(l business.Line) bool {
	for _, own := range parsed().Lines {
		if l.AccountSID == own.AccountSID {
			return true
		}
	}
	return false
}
