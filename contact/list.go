package contact

import "time"

// CustomerFilter chooses customers for a list. The list is ordered newest first, by creation, then by id; a page
// goes on before BeforeCreated and BeforeID, of the last customer of the page before.
type CustomerFilter struct {
	Phone string // E.164; empty: any

	BeforeCreated time.Time
	BeforeID      string // empty: the first page
	Limit         int    // at most so many; 0: all
}
