// Package builtin is the calendar that every business has without connecting anything: blocks, the times at which the
// owner or somebody of the team is not to be had. To the rest of the program it is a calendar as any other one is
// (Calendars); the owner's pages and the API put blocks into it (Add, Change, Remove).
package builtin

import (
	"context"
	"errors"
	"time"

	"fixly/scheduling"
	"fixly/scheduling/calendar"
)

// Name is the calendar where calendars are told apart by name: in a trouble's CalendarID.
const Name = "builtin"

// ErrNoBlock says that no such block exists in this business.
var ErrNoBlock = errors.New("builtin: no such block")

// Block is an entry of the built-in calendar. It keeps people from visits unless it is a job's, or free.
type Block struct {
	BusinessID string
	Technician string // whom it keeps busy; empty: everybody
	// Series is what blocks have in common that were made as one that repeats; empty: a single one.
	Series string
	// Number is the number of its latest change among all those of the business, from 1.
	Number int
	calendar.Event
}

// Keeps says whether a technician is kept from visits by it.
func (b *Block) Keeps(technician string) bool {
	return scheduling.Busy{Technician: b.Technician}.Keeps(technician)
}

// Reader reads the built-in calendar of a business, inside a transaction or outside.
type Reader interface {
	// Block reads a block; ErrNoBlock when there is none, or not any more.
	Block(ctx context.Context, businessID, id string) (*Block, error)
	// Blocks lists the blocks between two instants, by start; zero: open on that side.
	Blocks(ctx context.Context, businessID string, from, to time.Time) ([]Block, error)
	// BlocksOfSeries lists the blocks of a series that begin at an instant or later, by start.
	BlocksOfSeries(ctx context.Context, businessID, series string, from time.Time) ([]Block, error)
}

// Entries is what the calendar is read from where it is looked at as any other one is: each entry, jobs' and deleted
// ones too.
type Entries interface {
	// BlockEntry reads an entry of a technician's calendar; nil when there never was one.
	BlockEntry(ctx context.Context, businessID, technician, id string) (*Block, error)
	// BlocksChanged lists what changed in a technician's calendar after a change of a number, by number; 0: all there
	// ever was.
	BlocksChanged(ctx context.Context, businessID, technician string, after int) ([]Block, error)
	// LatestBlockChange is the number of the latest change of the business; 0: there was none.
	LatestBlockChange(ctx context.Context, businessID string) (int, error)
}

// Saver stores entries.
type Saver interface {
	// LockCalendar keeps others from taking times of a business until the transaction ends.
	LockCalendar(ctx context.Context, businessID string) error
	// SaveBlock stores an entry, new or again, whole. It fills in an id that is empty, and Number and ETag.
	SaveBlock(ctx context.Context, b *Block) error
}
