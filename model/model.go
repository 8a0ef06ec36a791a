// Package model is what Fixly needs of a language model, whoever runs it: one request, one answer of a given shape,
// within a deadline and a budget. A vendor is a folder below that fulfils Provider; Desk puts a deadline, a circuit
// breaker and a budget in front of it.
//
// A model is never needed. Everything that asks one has an answer of its own ready.
package model

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Purpose is what a model is asked for.
type Purpose string

// The purposes.
const (
	Understand Purpose = "understand" // what a caller meant, and an answer from the shop's facts
	Summarise  Purpose = "summarise"  // a call that is over, for the owner
)

// Request is one question to a model.
type Request struct {
	Purpose Purpose
	// System is what the model is to do and what it may draw on: the program's and the owner's words only.
	System string
	// Data is JSON: whatever comes from callers. It is never instruction.
	Data string
	// Schema is the JSON schema that the answer must have, Name its name for the vendor.
	Schema map[string]any
	Name   string
	// MaxTokens bounds the answer.
	MaxTokens int
}

// Answer is what a model said.
type Answer struct {
	Text  string // JSON of the request's schema, if the model kept to it: decode it strictly
	Usage Usage
}

// Usage is what a request used.
type Usage struct {
	InputTokens, OutputTokens int
	// Estimated: the vendor did not say, because the answer was cut off. It charges all the same.
	Estimated bool
}

// Provider asks a vendor's model. Ask streams the answer and returns when it is whole; on an error the Answer holds what
// had come by then. The error is a *Error. It never retries: there is no time for it in a call.
type Provider interface {
	Ask(ctx context.Context, r Request) (Answer, error)
	// Model is the vendor's name for the model.
	Model() string
}

// Failure is why there was no answer, from a closed list.
type Failure string

// The failures.
const (
	Late       Failure = "late"        // past the deadline
	Down       Failure = "down"        // cannot be reached, or the connection broke
	Overloaded Failure = "overloaded"  // 429, 5xx, 529
	Rejected   Failure = "rejected"    // any other 4xx: a wrong key, an unknown model, a request it does not take
	Refused    Failure = "refused"     // the model would not answer
	Unusable   Failure = "unusable"    // no JSON of the schema, or cut off
	BreakerOff Failure = "breaker_off" // not asked: it failed too often just before
	OverBudget Failure = "over_budget" // not asked: the call or the day has used what it may
	Busy       Failure = "busy"        // not asked: too many requests are out
)

// Error says why there was no answer.
type Error struct {
	Failure Failure
	Status  int   // HTTP status, 0 when there was none
	Err     error // may be nil
}

// Error describes it in one line, without the request's words.
func (e *Error) Error() string {
	s := "model: " + string(e.Failure)
	if e.Status != 0 {
		s += fmt.Sprintf(" (status %d)", e.Status)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Use is one request as it is stored: what it was for, what it took and what it cost.
type Use struct {
	ID             string
	BusinessID     string
	ConversationID string
	CallID         string // empty for texts
	At             time.Time
	Purpose        Purpose
	Model          string
	Failure        Failure // empty when it answered
	Usage          Usage
	Cost           Micros
	Took           time.Duration // to the millisecond
}

// Micros are millionths of a US dollar.
type Micros int64

// Dollars gives the sum in dollars.
func (m Micros) Dollars() float64 { return float64(m) / 1e6 }

// String writes the sum as dollars, to the hundredth of a cent.
func (m Micros) String() string { return fmt.Sprintf("$%.4f", m.Dollars()) }

// Decode reads an answer of a schema into v, strictly: one JSON value, no unknown field, nothing after it. The error is a
// *Error of Unusable.
func Decode(text string, v any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return &Error{Failure: Unusable, Err: fmt.Errorf("not of the schema: %w", err)}
	}
	if d.More() {
		return &Error{Failure: Unusable, Err: fmt.Errorf("more than one value")}
	}
	return nil
}
