package twilio

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/messaging"
	"fixly/twilioapi"
)

// Options are what a carrier needs besides the line.
type Options struct {
	Client    *twilioapi.Client
	PublicURL twilioapi.PublicURL // where Twilio reports what became of a text
	Clock     clock.Clock
}

// Carrier sends the texts of one line. It is safe for concurrent use.
type Carrier struct {
	account twilioapi.Account
	o       Options
}

var _ messaging.Carrier = (*Carrier)(nil)

// NewCarrier gives the carrier of a line.
func NewCarrier(line business.Line, o Options) *Carrier {
	return &Carrier{account: o.Client.Account(line.AccountSID, line.AuthToken), o: o}
}

// Send hands a text to Twilio. The address for reports about it names the text, so that a report tells us that it
// was accepted even when Twilio's answer to this request is lost.
func (c *Carrier) Send(ctx context.Context, m messaging.Message) (carrierID string, err error) {
	sent, err := c.account.CreateMessage(ctx, twilioapi.NewMessage{
		From: m.From, To: m.To, Body: m.Body, StatusCallback: c.o.PublicURL.HTTP(StatusPath + "?" + url.Values{messageParam: {m.ID}}.Encode()),
	})
	if err != nil {
		return "", sendError(err)
	}
	return sent.SID, nil
}

// Find looks through the account's texts. since is an instant of our clock, which `fixly serve --now` may have
// moved, while Twilio's stamps are of the real one: the age is what both share.
func (c *Carrier) Find(ctx context.Context, m messaging.Message, since time.Time) (carrierIDs []string, err error) {
	age := c.o.Clock.Now().Sub(since) + skew
	found, err := c.account.FindMessages(ctx, m.From, m.To, m.Body, clock.Real().Now().Add(-age))
	if err != nil {
		return nil, sendError(err)
	}
	for _, x := range found {
		carrierIDs = append(carrierIDs, x.SID)
	}
	return carrierIDs, nil
}

// skew is how far our clock and Twilio's may be apart.
const skew = 30 * time.Second

// sendError turns a failure of the REST client into one of messaging.
func sendError(err error) error {
	var e *twilioapi.Error
	if !errors.As(err, &e) { // the request was never made
		return &messaging.SendError{Class: string(twilioapi.Other), Err: err}
	}
	out := &messaging.SendError{
		Class: string(e.Class), Retry: e.Retry(), Unknown: e.MaybeAccepted, RetryAfter: e.RetryAfter, Tell: e.Tell(), Err: err,
	}
	if e.Code != 0 {
		out.Code = strconv.Itoa(e.Code)
	}
	// Credentials are put right by the owner, and then the texts should go.
	if e.Class == twilioapi.Auth {
		out.Retry = true
	}
	return out
}
