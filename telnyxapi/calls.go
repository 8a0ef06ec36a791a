package telnyxapi

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// NewCall is a call to be placed.
//
// https://developers.telnyx.com/api-reference/texml-rest-commands/create-a-connection-scoped-texml-call has From, To, Url and
// Method; the rest is what https://developers.telnyx.com/docs/voice/programmable-voice/texml-answering-machine and
// https://developers.telnyx.com/api-reference/texml-rest-commands/initiate-an-outbound-call say of the same command.
type NewCall struct {
	From   string `json:"From"` // E.164
	To     string `json:"To"`   // E.164
	URL    string `json:"Url"`  // answers with the TeXML to run when the call is answered
	Method string `json:"Method"`

	StatusCallback       string `json:"StatusCallback,omitempty"` // hears of its progress
	StatusCallbackMethod string `json:"StatusCallbackMethod,omitempty"`
	StatusEvents         string `json:"StatusCallbackEvent,omitempty"` // "initiated", "ringing", "answered", "completed", with spaces between

	Timeout          int    `json:"Timeout,omitempty"`          // how long it rings, in seconds, 5 to 120; 0: thirty
	MachineDetection string `json:"MachineDetection,omitempty"` // "Enable": who picked up is found out before the TeXML is run
}

// CreateCall has an application call somebody, and gives the call's id, by which it is controlled, too. The error is an
// *Error.
func (a Account) CreateCall(ctx context.Context, application string, c NewCall) (id string, err error) {
	var out struct {
		ID string `json:"call_sid"`
	}
	if err := a.do(ctx, http.MethodPost, "/v2/texml/calls/"+url.PathEscape(application), c, &out); err != nil {
		return "", err
	}
	if out.ID == "" {
		return "", &Error{Status: http.StatusOK, MaybeAccepted: true, Detail: "the answer names no call"}
	}
	return out.ID, nil
}

// CallStatus is how a call stands. Telnyx knows of one that is over for ten minutes.
type CallStatus struct {
	Alive    bool `json:"is_alive"`
	Duration int  `json:"call_duration"` // in seconds
}

// Call shows how a call stands.
//
// https://developers.telnyx.com/api-reference/call-information/retrieve-a-call-status
func (a Account) Call(ctx context.Context, id string) (CallStatus, error) {
	var out struct {
		Data CallStatus `json:"data"`
	}
	err := a.do(ctx, http.MethodGet, "/v2/calls/"+url.PathEscape(id), nil, &out)
	return out.Data, err
}

// EndCall hangs a call up, or one leg of it: whichever has this id.
//
// https://developers.telnyx.com/api-reference/call-commands/hangup-call
func (a Account) EndCall(ctx context.Context, id string) error {
	var out struct{}
	return a.do(ctx, http.MethodPost, "/v2/calls/"+url.PathEscape(id)+"/actions/hangup", struct{}{}, &out)
}

// IsOver says of an error that the call which it is about is over, or was never there.
//
// https://developers.telnyx.com/development/api-fundamentals/api-errors
func (e *Error) IsOver() bool { return e.Status == http.StatusNotFound || e.Code == callHasEnded }

// callHasEnded is the code of a command for a call that is over.
const callHasEnded = "90018"

// RingFor gives a time to ring as Telnyx takes it.
func RingFor(d time.Duration) int {
	if d <= 0 {
		return 0
	}
	return min(max(int(d/time.Second), 5), 120)
}
