package twilio

import (
	"context"
	"errors"
	"strconv"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/telephony"
	"fixly/twilioapi"
)

// PlacerOptions are what a Placer needs besides the line.
type PlacerOptions struct {
	Client    *twilioapi.Client
	PublicURL twilioapi.PublicURL // where Twilio asks how to go on
	Clock     clock.Clock
}

// Placer places the calls of one line. It is safe for concurrent use.
type Placer struct {
	account twilioapi.Account
	o       PlacerOptions
}

var _ telephony.Placer = (*Placer)(nil)

// NewPlacer gives who places the calls of a line.
func NewPlacer(line business.Line, o PlacerOptions) *Placer {
	return &Placer{account: o.Client.Account(line.AccountSID, line.AuthToken), o: o}
}

// Place has Twilio ring somebody. The addresses that it asks name the call, so that it is known to be placed even when
// the answer to this request is lost.
//
// https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource
func (p *Placer) Place(ctx context.Context, c telephony.Outgoing) (carrierID string, err error) {
	answer, status := Own().Outbound(p.o.PublicURL, c.ID)
	placed, err := p.account.CreateCall(ctx, twilioapi.NewCall{
		From: c.Line, To: c.To, URL: answer, StatusCallback: status, StatusEvents: []string{"initiated", "completed"},
		Timeout: c.RingFor, MachineDetection: c.DetectMachine,
	})
	if err != nil {
		return "", placeError(err)
	}
	return placed.SID, nil
}

// skew is how far our clock and Twilio's may be apart.
const skew = 30 * time.Second

// Find looks through the account's calls. since is an instant of our clock, which `fixly serve --now` may have moved,
// while Twilio's stamps are of the real one: the age is what both share.
func (p *Placer) Find(ctx context.Context, c telephony.Outgoing, since time.Time) (carrierIDs []string, err error) {
	age := p.o.Clock.Now().Sub(since) + skew
	found, err := p.account.FindCalls(ctx, c.Line, c.To, clock.Real().Now().Add(-age))
	if err != nil {
		return nil, placeError(err)
	}
	for _, x := range found {
		carrierIDs = append(carrierIDs, x.SID)
	}
	return carrierIDs, nil
}

// Look asks how far a call has come.
func (p *Placer) Look(ctx context.Context, carrierID string) (telephony.State, error) {
	c, err := p.account.Call(ctx, carrierID)
	var e *twilioapi.Error
	switch {
	case errors.As(err, &e) && e.Status == 404:
		return telephony.CallFailed, nil
	case err != nil:
		return "", placeError(err)
	}
	return stateOf(c.Status), nil
}

// HangUp ends a call, whether it rings or goes on.
//
// https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource
func (p *Placer) HangUp(ctx context.Context, carrierID string) error {
	_, err := p.account.EndCall(ctx, carrierID)
	var e *twilioapi.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e) && (e.Status == 404 || e.Code == 21220): // it is over, or not in progress any more
		return nil
	}
	return placeError(err)
}

// stateOf reads a CallStatus.
//
// https://www.twilio.com/docs/voice/api/call-resource#call-status-values
func stateOf(status string) telephony.State {
	switch status {
	case "queued", "initiated", "ringing":
		return telephony.CallPlaced
	case "in-progress":
		return telephony.CallAnswered
	case "completed", "answered": // the latter of a <Dial> whose other leg goes on
		return telephony.CallCompleted
	case "busy":
		return telephony.CallBusy
	case "no-answer":
		return telephony.CallNoAnswer
	case "canceled":
		return telephony.CallCancelled
	}
	return telephony.CallFailed
}

// placeError turns a failure of the REST client into one of telephony.
func placeError(err error) error {
	var e *twilioapi.Error
	if !errors.As(err, &e) { // the request was never made
		return &telephony.PlaceError{Class: string(twilioapi.Other), Err: err}
	}
	out := &telephony.PlaceError{
		Class: string(e.Class), Retry: e.Retry(), Unknown: e.MaybeAccepted, RetryAfter: e.RetryAfter, Tell: e.Tell(), Err: err,
	}
	if e.Code != 0 {
		out.Code = strconv.Itoa(e.Code)
	}
	return out
}
