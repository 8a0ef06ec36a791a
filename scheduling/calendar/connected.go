package calendar

import "time"

// Connected is a calendar of an account that is in use.
type Connected struct {
	ID         string
	AccountID  string
	BusinessID string
	Technician string // whom its events keep busy and whose jobs go into it; empty: everybody's
	Provider   string
	Remote     string // the provider's id of it
	Name       string
	Zone       string // IANA name; empty: the business's

	Reads  bool // its events keep people busy
	Writes bool // jobs are written into it

	// The local copy: what lies in Window, as it was at SyncedAt. Cursor is where to go on; empty: from the beginning.
	Cursor   string
	Window   Window
	SyncedAt time.Time // zero: never read to the end
	// FailingSince is when reading began to fail, zero while it doesn't; Failure is why, for the owner.
	FailingSince time.Time
	Failure      string

	// Watch is how the provider tells of changes; its Until is zero where it doesn't. Token is the channel's.
	Watch Watch
	Token string
}

// Stored is an event of the local copy.
type Stored struct {
	CalendarID string // Connected.ID
	Technician string // Connected.Technician
	Event
}

// Written is the event of a job in a calendar, as Fixly last wrote it or saw it.
type Written struct {
	JobID      string
	Part       int // which visit of the job, from 0
	CalendarID string
	BusinessID string
	EventID    string
	ETag       string
	Start, End time.Time // as written
	// Revision is the job's UpdatedAt that the event shows; zero: it has to be written again.
	Revision time.Time
	// NextStart and NextEnd are what is being written, noted before it is: an event that is seen to lie there was not
	// moved by a person. Zero: nothing is.
	NextStart, NextEnd time.Time
	WroteAt            time.Time // when it was last written; zero: never
	// ClaimedUntil is until when whoever writes it has it to himself; zero: nobody does.
	ClaimedUntil time.Time
}

// IsOurs says whether an event lies where Fixly put it or is putting it.
func (w *Written) IsOurs(e *Event) bool {
	return e.Start.Equal(w.Start) && e.End.Equal(w.End) || e.Start.Equal(w.NextStart) && e.End.Equal(w.NextEnd)
}

// Trouble is something about a job and a calendar that a person has to settle.
type Trouble struct {
	ID         string
	BusinessID string
	CalendarID string
	EventID    string
	JobID      string
	Kind       TroubleKind
	Title      string    // the event's, to name it to the owner
	Start, End time.Time // the event's
	At         time.Time // when it was found
	SettledAt  time.Time // zero: not yet
}

// TroubleKind is what the trouble is, from a closed list.
type TroubleKind string

// The kinds of trouble.
const (
	// Overlap: an appointment was put where a job is.
	Overlap TroubleKind = "overlap"
	// Taken: a job was booked while the calendar could not be read, and its time was taken by then.
	Taken TroubleKind = "taken"
	// CannotFollow: the event of a job was moved to where the job can't go, so the job stayed.
	CannotFollow TroubleKind = "cannot_follow"
	// Vanished: the events of so many jobs were deleted at once that it is taken for an accident; the jobs stayed.
	Vanished TroubleKind = "vanished"
)
