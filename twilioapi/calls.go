package twilioapi

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// NewCall is a call to be placed.
type NewCall struct {
	From, To string // E.164
	// URL answers with the TwiML to run when the call is answered; alternatively TwiML is that document.
	URL, TwiML     string
	StatusCallback string   // address that hears of its progress; empty for none
	StatusEvents   []string // "initiated", "ringing", "answered", "completed"; none means completed
	Timeout        time.Duration
	// MachineDetection has Twilio find out who picked up before it asks for the TwiML, to which it says so (AnsweredBy).
	MachineDetection bool
}

// Call is a call as Twilio keeps it.
type Call struct {
	SID       string    `json:"sid"`
	From      string    `json:"from"`
	To        string    `json:"to"`
	Status    string    `json:"status"`
	Direction string    `json:"direction"`
	Duration  string    `json:"duration"` // seconds, empty until it ended
	Created   Timestamp `json:"date_created"`
	Start     Timestamp `json:"start_time"`
	End       Timestamp `json:"end_time"`
}

// CreateCall places a call. The error is an *Error.
func (a Account) CreateCall(ctx context.Context, c NewCall) (Call, error) {
	form := url.Values{"From": {c.From}, "To": {c.To}}
	if c.TwiML != "" {
		form.Set("Twiml", c.TwiML)
	} else {
		form.Set("Url", c.URL)
	}
	if c.StatusCallback != "" {
		form.Set("StatusCallback", c.StatusCallback)
		if len(c.StatusEvents) > 0 {
			form["StatusCallbackEvent"] = c.StatusEvents
		}
	}
	if c.Timeout > 0 {
		form.Set("Timeout", strconv.Itoa(int(c.Timeout/time.Second)))
	}
	if c.MachineDetection {
		form.Set("MachineDetection", "Enable")
	}
	var out Call
	err := a.do(ctx, http.MethodPost, a.path("Calls"), form, &out)
	return out, err
}

// Call fetches a call: its Status says whether it still goes on.
func (a Account) Call(ctx context.Context, sid string) (Call, error) {
	var out Call
	err := a.do(ctx, http.MethodGet, a.path("Calls/"+url.PathEscape(sid)), nil, &out)
	return out, err
}

// FindCalls looks for calls that CreateCall placed between these two numbers, created at or after since, the newest first.
// It serves to learn, after a crash or a lost answer, whether a call had been placed. Those that a <Dial> placed go between
// the same numbers.
//
// https://www.twilio.com/docs/voice/api/call-resource#call-properties (Direction)
func (a Account) FindCalls(ctx context.Context, from, to string, since time.Time) ([]Call, error) {
	path := a.path("Calls") + "?" + url.Values{"From": {from}, "To": {to}, "PageSize": {"50"}}.Encode()
	since = since.Truncate(time.Second) // the API's resolution
	var out []Call
	for range maxPages {
		var page struct {
			Calls []Call `json:"calls"`
			Next  string `json:"next_page_uri"`
		}
		if err := a.do(ctx, http.MethodGet, path, nil, &page); err != nil {
			return nil, err
		}
		for _, c := range page.Calls {
			if c.Created.Before(since) {
				return out, nil
			}
			if c.From == from && c.To == to && c.Direction == "outbound-api" {
				out = append(out, c)
			}
		}
		if !strings.HasPrefix(page.Next, "/") || len(page.Calls) == 0 {
			break
		}
		path = page.Next // a path: pages are followed on the same host only
	}
	return out, nil
}

// RedirectCall makes a call in progress run another TwiML document.
func (a Account) RedirectCall(ctx context.Context, sid, twiml string) (Call, error) {
	var out Call
	err := a.do(ctx, http.MethodPost, a.path("Calls/"+url.PathEscape(sid)), url.Values{"Twiml": {twiml}}, &out)
	return out, err
}

// EndCall hangs up a call in progress.
func (a Account) EndCall(ctx context.Context, sid string) (Call, error) {
	var out Call
	err := a.do(ctx, http.MethodPost, a.path("Calls/"+url.PathEscape(sid)), url.Values{"Status": {"completed"}}, &out)
	return out, err
}
