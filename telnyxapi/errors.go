package telnyxapi

import (
	"fmt"
	"strings"
	"time"
)

// Error is a request that Telnyx refused, or that did not reach it.
type Error struct {
	Status int    // HTTP status; 0 when no answer came
	Code   string // Telnyx's error code, "40300"; empty when it gave none
	Title  string // Telnyx's words
	Detail string
	// RetryAfter is how long Telnyx asks us to wait; 0 when it says nothing.
	RetryAfter time.Duration
	// MaybeAccepted says that the request may have taken effect although no good answer came.
	MaybeAccepted bool
	Err           error // the network's error, nil when Telnyx answered
}

func (e *Error) Error() string {
	var s strings.Builder
	s.WriteString("telnyx")
	if e.Status != 0 {
		fmt.Fprintf(&s, ": HTTP %d", e.Status)
	}
	for _, part := range []string{e.Code, e.Title, e.Detail} {
		if part != "" {
			s.WriteString(": " + part)
		}
	}
	if e.Err != nil {
		s.WriteString(": " + e.Err.Error())
	}
	return s.String()
}

func (e *Error) Unwrap() error { return e.Err }

// Unreachable says that no answer came, or one that says nothing about the request: Telnyx itself is in trouble.
func (e *Error) Unreachable() bool { return e.Status < 300 || e.Status >= 500 }
