package scheduling

import "time"

// JobFilter chooses jobs for a list. The list is ordered by start, then by id; a page goes on after AfterStart
// and AfterID, the start and id of the last job of the page before.
type JobFilter struct {
	Status   Status    // empty: any
	From, To time.Time // of the start, half-open; zero: open on that side
	Phone    string    // the customer's, E.164; empty: any

	AfterStart time.Time
	AfterID    string // empty: the first page
	Limit      int    // at most so many; 0: all
}
