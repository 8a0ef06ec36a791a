package telephony

import (
	"time"

	"fixly/ledger"
)

// CallFilter chooses calls for a list. The list is ordered newest first, by start, then by id; a page goes on
// before BeforeStart and BeforeID, the start and id of the last call of the page before.
type CallFilter struct {
	Live     bool           // only calls that have not ended
	Outcome  ledger.Outcome // empty: any
	From, To time.Time      // of the start, half-open; zero: open on that side
	Phone    string         // the caller's, E.164; empty: any

	BeforeStart time.Time
	BeforeID    string // empty: the first page
	Limit       int    // at most so many; 0: all
}
