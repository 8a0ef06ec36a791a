// Package calendar is what Fixly needs of a calendar that people use already: read when they are busy, write the jobs
// into it, and see what they changed by hand. Each provider is a folder below; calendartest is the suite that every one
// of them passes; mirror keeps the local copies that a call is answered from.
//
// A provider talks with its servers and decides nothing. It keeps no state but tokens that can be had again, and is safe
// for concurrent use.
package calendar

import (
	"context"
	"time"
)

// Event is one appointment. Recurring appointments come as their instances, each with an id of its own.
type Event struct {
	ID   string // the provider's, unique within its calendar and the same for as long as the event lives
	ETag string // another one with each change of the event
	// Job is the id of the job that the event was written for, and Part which of its visits (0 but for jobs of several
	// days); an event of people's own has no job.
	Job  string
	Part int

	Title, Place, Notes string

	// The appointment is [Start, End), Start before End. An all-day event begins and ends at midnights of the calendar's
	// zone.
	Start, End time.Time
	AllDay     bool
	// Free says that it keeps nobody busy: marked as free, or declined.
	Free bool
	// Tentative marks a job that still waits for the owner's yes.
	Tentative bool
	// Gone says that the event was deleted or cancelled. Then ID is set, ETag and Job where the provider still tells
	// them, and nothing else.
	Gone bool
}

// Window is a half-open stretch of time that is kept locally.
type Window struct{ From, To time.Time }

// Overlaps says whether an event lies in the window, if only in part.
func (w Window) Overlaps(e *Event) bool { return e.Start.Before(w.To) && w.From.Before(e.End) }

// Info is a calendar of an account.
type Info struct {
	ID       string // the provider's
	Name     string
	Zone     string // IANA name; empty where the provider doesn't say
	Writable bool
	Primary  bool // the one that people mean when they speak of their calendar
}

// Changes is what a calendar told since a cursor.
type Changes struct {
	// Events are what was added, changed or deleted, in any order; each id once.
	Events []Event
	// Whole says that Events is all there is in the window: what was known and isn't among them is gone.
	Whole bool
	// Cursor is where to go on next time.
	Cursor string
}

// Calendars is a connected account: all that is asked of a provider. Every method returns an *Error when the provider
// says no or can't be reached, and gives up when ctx ends.
type Calendars interface {
	// List gives the calendars of the account.
	List(ctx context.Context) ([]Info, error)
	// Changes gives what changed in a calendar since a cursor; all that lies in the window when the cursor is empty. The
	// window is the same as when the cursor was begun. Pages are the provider's own matter. Error of kind Expired: the
	// cursor is no longer good, ask again without.
	Changes(ctx context.Context, calendarID, cursor string, w Window) (Changes, error)
	// Event reads one event; kind NotFound where there is none, and Gone set where the provider remembers it.
	Event(ctx context.Context, calendarID, eventID string) (Event, error)
	// Insert writes the event of a job under an id that follows from e.Job and e.Part (e.ID is not looked at), so that
	// doing it again changes nothing: the event of the first time is returned then, as it is by now, with existed true.
	// One that was deleted since is written anew.
	Insert(ctx context.Context, calendarID string, e Event) (written Event, existed bool, err error)
	// Update changes title, place, notes, times and status of an event to e's and leaves alone what people added. Kind
	// Conflict when its etag is no longer e.ETag, NotFound when it is gone.
	Update(ctx context.Context, calendarID string, e Event) (written Event, err error)
	// Delete removes an event, if its etag still is the one given (empty: whatever it is); kind Conflict otherwise. One
	// that is gone already is no error.
	Delete(ctx context.Context, calendarID, eventID, etag string) error
}

// Watcher is a provider that tells by itself when a calendar changed.
type Watcher interface {
	// Watch asks to be told at an address until a time that the provider chooses.
	Watch(ctx context.Context, calendarID string, c Channel) (Watch, error)
	// Unwatch ends it; one that has ended is no error.
	Unwatch(ctx context.Context, w Watch) error
}

// Channel is where a provider tells of changes.
type Channel struct {
	ID    string // ours, unique
	URL   string // https
	Token string // comes back with each notice, which proves that it is the provider's
}

// Watch is what is needed to end or to renew being told.
type Watch struct {
	Channel  string    // Channel.ID, or the provider's own id in its place
	Resource string    // the provider's
	Until    time.Time // no notice comes after it
}

// Busier is a provider that can be asked, in one request, when calendars are busy; it is asked in a hurry, where no
// local copy is to be had.
type Busier interface {
	Busy(ctx context.Context, calendarIDs []string, w Window) ([]Window, error)
}
