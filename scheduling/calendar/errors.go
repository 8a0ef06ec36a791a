package calendar

import (
	"errors"
	"fmt"
	"time"
)

// Kind is what went wrong at a provider, by what has to be done about it.
type Kind string

// The kinds.
const (
	Unavailable  Kind = "unavailable"  // not reached, 5xx, too slow: try again later
	Limited      Kind = "limited"      // too many requests: try again after RetryAfter
	Unauthorized Kind = "unauthorized" // access was revoked or has expired: the owner must connect again
	Forbidden    Kind = "forbidden"    // a permission is missing: the owner must connect again and grant it
	NotFound     Kind = "not_found"    // no such calendar or event
	Conflict     Kind = "conflict"     // changed by somebody since it was read: read again
	Expired      Kind = "expired"      // the cursor is too old: read everything again
	Invalid      Kind = "invalid"      // the provider will never accept this request: a fault of ours, or of the settings
)

// Error is a provider's refusal.
type Error struct {
	Kind Kind
	// RetryAfter is how long the provider wants to be left alone; zero: it didn't say.
	RetryAfter time.Duration
	// Doing says what was asked, such as "google: insert an event".
	Doing string
	Err   error
}

// Error tells it for logs: no token and nothing of people's appointments is in it.
func (e *Error) Error() string { return fmt.Sprintf("calendar: %s: %s: %v", e.Doing, e.Kind, e.Err) }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Retry says whether the same request may succeed later, without anybody doing anything.
func (e *Error) Retry() bool { return e.Kind == Unavailable || e.Kind == Limited }

// KindOf is the kind of an error of a provider; Unavailable for any other error, empty for none.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Unavailable
}

// Errors of the storage.
var (
	// ErrNoAccount says that no such account is connected.
	ErrNoAccount = errors.New("calendar: no such account")
	// ErrNoCalendar says that no such calendar is in use.
	ErrNoCalendar = errors.New("calendar: no such calendar")
)
