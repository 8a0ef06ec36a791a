package telnyx

import (
	"context"
	"errors"
	"net/http"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/telephony"
	"fixly/telnyxapi"
	"fixly/twilioapi"
)

// PlacerOptions are what a Placer needs besides the line.
type PlacerOptions struct {
	Client    *telnyxapi.Client
	PublicURL twilioapi.PublicURL // where Telnyx asks how to go on
	Clock     clock.Clock
}

// Placer places the calls of one line, by the TeXML application that the line names. It is safe for concurrent use.
type Placer struct {
	account     telnyxapi.Account
	application string
	o           PlacerOptions
}

var _ telephony.Placer = (*Placer)(nil)

// NewPlacer gives who places the calls of a line. The line names its application, see business.Line.PlacesCalls.
func NewPlacer(line business.Line, o PlacerOptions) *Placer {
	return &Placer{account: o.Client.Account(line.APIKey), application: line.ConnectionID, o: o}
}

// Place has Telnyx ring somebody. The addresses that it asks name the call, so that it is known to be placed even when the
// answer to this request is lost.
func (p *Placer) Place(ctx context.Context, c telephony.Outgoing) (carrierID string, err error) {
	answer, status := Dialect(clock.Real()).Outbound(p.o.PublicURL, c.ID)
	call := telnyxapi.NewCall{
		From: c.Line, To: c.To, URL: answer, Method: http.MethodPost,
		StatusCallback: status, StatusCallbackMethod: http.MethodPost, StatusEvents: "initiated completed",
		Timeout: telnyxapi.RingFor(c.RingFor),
	}
	if c.DetectMachine {
		call.MachineDetection = "Enable"
	}
	carrierID, err = p.account.CreateCall(ctx, p.application, call)
	if err != nil {
		return "", placeError(err)
	}
	return carrierID, nil
}

// reported is how long after a call has stopped ringing its end is reported for sure.
const reported = 10 * time.Second

// Find waits until a call in doubt has stopped ringing, and finds none then. Telnyx lists calls once they are over, for
// accounts whose id it shows nowhere; but of a call that it has placed it tells three times, as it begins, as it is answered
// and as it ends, each time with its id and ours. Who was never told of has not been rung, or has heard nothing of us.
func (p *Placer) Find(_ context.Context, c telephony.Outgoing, since time.Time) (carrierIDs []string, err error) {
	if wait := since.Add(c.RingFor + reported).Sub(p.o.Clock.Now()); wait > 0 {
		return nil, &telephony.PlaceError{
			Class: string(twilioapi.Unreachable), Retry: true, Unknown: true, RetryAfter: wait,
			Err: errors.New("a call that Telnyx may have placed may still be ringing"),
		}
	}
	return nil, nil
}

// Look asks how far a call has come. Whether one that goes on has been answered isn't told.
func (p *Placer) Look(ctx context.Context, carrierID string) (telephony.State, error) {
	s, err := p.account.Call(ctx, carrierID)
	var e *telnyxapi.Error
	switch {
	case errors.As(err, &e) && e.IsOver():
		return telephony.CallFailed, nil
	case err != nil:
		return "", placeError(err)
	case s.Alive:
		return telephony.CallPlaced, nil
	case s.Duration > 0:
		return telephony.CallCompleted, nil
	}
	return telephony.CallNoAnswer, nil
}

// HangUp ends a call, whether it rings or goes on.
func (p *Placer) HangUp(ctx context.Context, carrierID string) error {
	if err := hangUp(ctx, p.account, carrierID); err != nil {
		return placeError(err)
	}
	return nil
}

// HangUp gives who ends a leg of a line's calls by its carrier's id; one that is over already is no error.
func HangUp(client *telnyxapi.Client) func(ctx context.Context, line business.Line, carrierID string) error {
	return func(ctx context.Context, line business.Line, carrierID string) error {
		return hangUp(ctx, client.Account(line.APIKey), carrierID)
	}
}

func hangUp(ctx context.Context, account telnyxapi.Account, carrierID string) error {
	err := account.EndCall(ctx, carrierID)
	var e *telnyxapi.Error
	if errors.As(err, &e) && e.IsOver() {
		return nil
	}
	return err
}

// placeError turns a failure of the REST client into one of telephony.
func placeError(err error) error {
	var e *telnyxapi.Error
	if !errors.As(err, &e) { // the request was never made
		return &telephony.PlaceError{Class: string(twilioapi.Other), Err: err}
	}
	out := &telephony.PlaceError{Code: e.Code, Unknown: e.MaybeAccepted, RetryAfter: e.RetryAfter, Err: err}
	class := twilioapi.Invalid
	switch {
	case e.Unreachable():
		class, out.Retry, out.Tell = twilioapi.Unreachable, true, "Telnyx could not be reached."
	case e.Status == http.StatusTooManyRequests:
		class, out.Retry, out.Tell = twilioapi.Throttled, true, "Telnyx asks us to slow down."
	case e.Status == http.StatusUnauthorized:
		class, out.Tell = twilioapi.Auth, "Telnyx does not accept the API key of this line; check it in the settings."
	case e.Status == http.StatusPaymentRequired:
		class, out.Tell = twilioapi.Auth, "The Telnyx account has run out of funds; top it up in the Telnyx portal."
	case e.Status == http.StatusForbidden:
		class, out.Tell = twilioapi.Auth, "Telnyx lets this line call nobody there; look at the application's outbound voice profile in the Telnyx portal."
	case e.Status == http.StatusNotFound:
		out.Tell = "Telnyx knows no TeXML application with the connection_id of this line; check it in the settings."
	default:
		out.Tell = "Telnyx refused the call as invalid."
	}
	out.Class = string(class)
	return out
}
