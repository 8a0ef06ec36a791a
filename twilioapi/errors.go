package twilioapi

import (
	"errors"
	"fmt"
	"time"
)

// Class sorts what can go wrong with a text or a call by what is to be done about it.
type Class string

// The classes of failure.
const (
	Throttled    Class = "throttled"    // too much at once: try again later
	Unreachable  Class = "unreachable"  // Twilio, the network or the phone was not reached
	Landline     Class = "landline"     // the number takes no texts
	OptedOut     Class = "opted_out"    // its owner said STOP
	Unregistered Class = "unregistered" // our number may not send texts yet
	Invalid      Class = "invalid"      // the request can never succeed
	Auth         Class = "auth"         // Twilio does not accept the account's credentials
	Other        Class = "other"
)

// Error is a request that Twilio refused, or that did not reach it.
type Error struct {
	Class   Class
	Status  int    // HTTP status; 0 when no answer came
	Code    int    // Twilio's error code; 0 when it gave none
	Message string // Twilio's words
	// RetryAfter is how long Twilio asks us to wait; 0 when it says nothing.
	RetryAfter time.Duration
	// MaybeAccepted says that the request may have taken effect although no good answer came: before it is
	// sent again, look whether it did.
	MaybeAccepted bool
	Err           error // the network's error, nil when Twilio answered
}

func (e *Error) Error() string {
	s := "twilio: " + string(e.Class)
	if e.Status != 0 {
		s += fmt.Sprintf(": HTTP %d", e.Status)
	}
	if e.Code != 0 {
		s += fmt.Sprintf(", error %d (https://www.twilio.com/docs/errors/%d)", e.Code, e.Code)
	}
	if e.Message != "" {
		s += ": " + e.Message
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Retry says whether the same request can succeed later.
func (e *Error) Retry() bool {
	if e.Status >= 500 || e.Status == 0 {
		return true
	}
	return e.Class == Throttled || e.Class == Unreachable && e.Code == 0
}

// Tell is a sentence for the owner of the business.
func (e *Error) Tell() string { return Explain(e.Code, e.Class).Tell }

// IsClass says whether an error is a refusal of this class.
func IsClass(err error, c Class) bool {
	var e *Error
	return errors.As(err, &e) && e.Class == c
}

// Explanation is what one of Twilio's error codes means to us.
type Explanation struct {
	Class Class
	Tell  string // a sentence for the owner of the business
}

// codes are the ones that a text or call of ours can meet, from https://www.twilio.com/docs/api/errors. Twilio
// moves cases to new codes now and then; an unknown code falls back to its HTTP status.
var codes = map[int]Explanation{
	14107: {Throttled, "Too many texts went to this number within half a minute."},
	20003: {Auth, "Twilio does not accept the account SID and auth token of this line; check them in the settings."},
	20005: {Auth, "The Twilio account is not active; see the Twilio console."},
	20006: {Auth, "The Twilio account may not do this; see its permissions in the Twilio console."},
	20404: {Invalid, "Twilio does not know this account or record; check the account SID of the line."},
	20429: {Throttled, "Twilio asks us to slow down; the text is sent a little later."},
	21211: {Invalid, "The number is not a valid phone number."},
	21212: {Invalid, "The line's own number is not one that this Twilio account can use."},
	21214: {Invalid, "The number cannot be reached."},
	21215: {Invalid, "The Twilio account may not call this country; allow it in the Twilio console."},
	21217: {Invalid, "The number does not look like a phone number."},
	21219: {Invalid, "A Twilio trial account can only reach numbers verified in the Twilio console."},
	21265: {Invalid, "The number is a short code and takes no texts from us."},
	21266: {Invalid, "A line cannot text itself."},
	21408: {Invalid, "The Twilio account may not text this country; allow it in the Twilio console."},
	21602: {Invalid, "The text was empty."},
	21603: {Invalid, "The text had no sender."},
	21606: {Invalid, "The line's number cannot send texts to this number; check that it can send SMS."},
	21608: {Invalid, "A Twilio trial account can only text numbers verified in the Twilio console."},
	21610: {OptedOut, "They replied STOP to this line, so texts to them are blocked until they text START."},
	21611: {Throttled, "Too many texts are waiting at Twilio for this line."},
	21612: {Invalid, "Twilio cannot deliver texts from this line to this number."},
	21614: {Landline, "The number cannot receive texts, it is not a mobile phone."},
	21617: {Invalid, "The text was longer than 1600 characters."},
	21635: {Landline, "The number is a landline and cannot receive texts."},
	21659: {Invalid, "The line's number does not belong to this Twilio account."},
	21660: {Invalid, "The line's number does not belong to this Twilio account."},
	21661: {Invalid, "The line's number cannot send texts."},
	30001: {Throttled, "Twilio's queue for this line was full."},
	30002: {Auth, "The Twilio account is suspended; see the Twilio console."},
	30003: {Unreachable, "The phone was switched off or out of reach."},
	30004: {OptedOut, "The phone or its carrier blocks texts from this line."},
	30005: {Invalid, "The number is not in service."},
	30006: {Landline, "The number is a landline, or its carrier cannot be reached by text."},
	30007: {Other, "The carrier filtered the text as unwanted."},
	30008: {Other, "The carrier did not deliver the text and gave no reason."},
	30022: {Throttled, "Texts leave faster than the line's registration allows."},
	30023: {Throttled, "The line's registration allows no more texts today."},
	30032: {Unregistered, "The toll-free line is not verified yet; do so in the Twilio console."},
	30034: {Unregistered, "The line is not registered for business texting (A2P 10DLC) yet; do so in the Twilio console."},
	30035: {Unregistered, "The line's registration for business texting (A2P 10DLC) is still being set up."},
	63038: {Throttled, "The Twilio account has reached its daily limit of texts."},
}

var byClass = map[Class]string{
	Throttled:   "Twilio asks us to slow down.",
	Unreachable: "Twilio could not be reached.",
	Auth:        "Twilio does not accept the account SID and auth token of this line; check them in the settings.",
	Invalid:     "Twilio refused the request as invalid.",
	Other:       "Twilio refused the request.",
}

// Explain gives the meaning of an error code, as answered by the API or reported by a status callback; for an
// unknown code that of the class, or Other when that is empty.
func Explain(code int, class Class) Explanation {
	if x, ok := codes[code]; ok {
		if class != "" && class != x.Class { // the answer's status said otherwise
			return Explanation{class, byClass[class]}
		}
		return x
	}
	if class == "" {
		class = Other
	}
	return Explanation{class, byClass[class]}
}

// classify sorts an answer by its status and code.
func classify(status, code int) Class {
	switch {
	case status >= 500:
		return Unreachable
	case status == 429:
		return Throttled
	}
	if x, ok := codes[code]; ok {
		return x.Class
	}
	switch {
	case status == 401 || status == 403:
		return Auth
	case status >= 400:
		return Invalid
	}
	return Other
}
