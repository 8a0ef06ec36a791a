package telnyx

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/messaging"
	"fixly/telnyxapi"
)

// Options are what a carrier needs besides the line.
type Options struct {
	Client    *telnyxapi.Client
	PublicURL string // how Telnyx reaches this server, without a trailing slash
	Clock     clock.Clock
}

// Carrier sends the texts of one line. It is safe for concurrent use.
type Carrier struct {
	account telnyxapi.Account
	profile string
	o       Options
}

var _ messaging.Carrier = (*Carrier)(nil)

// NewCarrier gives the carrier of a line.
func NewCarrier(line business.Line, o Options) *Carrier {
	return &Carrier{account: o.Client.Account(line.APIKey), profile: line.MessagingProfileID, o: o}
}

// Send hands a text to Telnyx.
func (c *Carrier) Send(ctx context.Context, m messaging.Message) (carrierID string, err error) {
	id, err := c.account.CreateMessage(ctx, telnyxapi.NewMessage{
		From: m.From, To: m.To, Text: m.Body, ProfileID: c.profile, WebhookURL: c.o.PublicURL + Path + "?" + url.Values{messageParam: {m.ID}}.Encode(),
	})
	if err != nil {
		return "", sendError(err)
	}
	return id, nil
}

// Find looks through the account's records for those with the mark of this text, whatever its words. since is an instant of
// our clock, which `fixly serve --now` may have moved, while Telnyx's stamps are of the real one: the age is what both
// share.
func (c *Carrier) Find(ctx context.Context, m messaging.Message, since time.Time) (carrierIDs []string, err error) {
	age := c.o.Clock.Now().Sub(since) + skew
	records, err := c.account.MessagesTo(ctx, m.From, m.To, clock.Real().Now().Add(-age))
	if err != nil {
		return nil, sendError(err)
	}
	for _, r := range records {
		if markOf(r.WebhookURL) == m.ID {
			carrierIDs = append(carrierIDs, r.ID)
		}
	}
	return carrierIDs, nil
}

const (
	// skew is how far our clock and Telnyx's may be apart.
	skew = 30 * time.Second
	// recordedAfter is when a text that Telnyx accepted is among its records for sure: looking sooner could miss it.
	recordedAfter = time.Minute
)

// markOf is the name of the text in an address for reports; empty for an address that is none of ours.
func markOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || !strings.HasSuffix(u.Path, Path) {
		return ""
	}
	return u.Query().Get(messageParam)
}

// sendError turns a failure of the REST client into one of messaging.
func sendError(err error) error {
	var e *telnyxapi.Error
	if !errors.As(err, &e) { // the request was never made
		return &messaging.SendError{Class: string(messaging.Other), Err: err}
	}
	x := explain(e.Code, e.Title+" "+e.Detail)
	_, known := codes[e.Code]
	switch {
	case e.Unreachable():
		x = explanation{messaging.Unreachable, "Telnyx could not be reached."}
	case e.Status == 429:
		x.class = messaging.Throttled
	case !known && (e.Status == 401 || e.Status == 403):
		x = refusedKey
	case !known:
		x = explanation{messaging.Invalid, "Telnyx refused the text as invalid."}
	}
	out := &messaging.SendError{
		Class: string(x.class), Code: e.Code, Unknown: e.MaybeAccepted, RetryAfter: e.RetryAfter, Tell: x.tell, Err: err,
		// Credentials are put right by the owner, and then the texts should go.
		Retry: x.class == messaging.Throttled || x.class == messaging.Unreachable || x.class == messaging.Auth,
	}
	if out.Unknown {
		out.RetryAfter = max(out.RetryAfter, recordedAfter)
	}
	return out
}
