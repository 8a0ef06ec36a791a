// Package scheduling is the one place that knows which times are open and who is booked. Calls, texts, the web
// and the owner all book through it.
//
// A time is taken in two steps: an offer is a short hold, a commit turns it into a job. Both are rows that a
// constraint in the database keeps from overlapping for one technician, so two callers can never both win.
package scheduling

import (
	"context"
	"errors"
	"time"

	"fixly/contact"
)

// Slot is an open time: a technician, and the visit [Start, End). Start is the beginning of the arrival window;
// End is Start plus the service's duration, or the end of the last day's visit. The travel buffer after each visit is
// kept free too.
type Slot struct {
	Technician string // the member's name: who has the skill
	Helper     string `json:",omitempty"` // the second of a crew; empty: one alone
	Start, End time.Time
	// Days is on how many working days the work is done, and Daily how long it takes on each of them; both are 0 where it
	// is one visit. See Visits.
	Days  int           `json:",omitempty"`
	Daily time.Duration `json:",omitempty"`
	// Delay is how much later than the technician's day the visits after the first begin, for somebody of the crew who has a
	// long drive from home.
	Delay time.Duration `json:",omitempty"`
	// Over says that routine jobs lie there, which an emergency takes the time of. Nobody can hold such a slot.
	Over bool `json:",omitempty"`
	// Emergency says that it was found for an emergency, which no window and no day is too full for.
	Emergency bool `json:",omitempty"`
	// Moves is the job that is to be moved there, which takes no room from itself; empty: none.
	Moves string `json:",omitempty"`
}

// Interval is a half-open stretch of time; a zero From or To is open on that side.
type Interval struct{ From, To time.Time }

// Contains says whether t lies in the interval.
func (i Interval) Contains(t time.Time) bool {
	return (i.From.IsZero() || !t.Before(i.From)) && (i.To.IsZero() || t.Before(i.To))
}

// Query asks for open times. Wanted and Avoid speak about the start of the visit.
type Query struct {
	Service string   // name of the service
	Also    []string // further services to do in the same visit, where one technician has the skills for all
	// Lasting is the least that a visit takes, for moving a job that has further work in it (Job.Lasting); where the work
	// takes several days it is of no account.
	Lasting    time.Duration
	From, To   time.Time  // zero: from now, to the horizon
	Wanted     []Interval // empty: any time; several: any of them, the earlier in the list preferred
	Avoid      []Interval
	Emergency  bool   // ignores notice and opening hours, where the business accepts emergencies
	Technician string // empty: any with the skill
	// ZIP is the customer's, empty where it isn't known (yet). The driving is planned by it, where the shop does that.
	ZIP string
	// Holder's own holds don't block it; Job's own time doesn't either (for moving it).
	Holder string
	Job    string
	Limit  int // at most so many slots; 0: all

	roads Roads // nil: travel's estimates
}

// Busy is a stretch in which a technician can't start or be on another visit. To includes the travel buffer.
type Busy struct {
	Technician string // empty: nobody can
	From, To   time.Time
	ZIP        string // where the technician is then; empty where that isn't known
	// Visit is the id of the job or of the hold that it is for, the same for each of a crew and of several days; empty: an
	// appointment of an outside calendar.
	Visit string
	// Yields says that it is a routine job's, whose time an emergency may take where the shop overbooks for them.
	Yields bool
}

// Keeps says whether a technician is kept from visits by it.
func (b Busy) Keeps(technician string) bool { return b.Technician == "" || b.Technician == technician }

// Hold keeps a slot for a holder (a conversation) until it expires.
type Hold struct {
	ID         string
	BusinessID string
	Holder     string
	Slot       Slot
	Parts      []Interval // as in Job
	BusyUntil  time.Time  // Slot.End plus the travel buffer
	ExpiresAt  time.Time
}

// Status of a job. The values are fixed by the API.
type Status string

// The states of a job.
const (
	StatusBooked    Status = "booked"
	StatusTentative Status = "tentative"
	StatusCancelled Status = "cancelled"
	StatusCompleted Status = "completed"
)

// Urgency of a job. The values are fixed by the API.
type Urgency string

// The urgencies.
const (
	Routine   Urgency = "routine"
	Urgent    Urgency = "urgent"
	Emergency Urgency = "emergency"
)

// Source is how a job came in. The values are fixed by the API.
type Source string

// The sources.
const (
	FromCall  Source = "call"
	FromText  Source = "text"
	FromWeb   Source = "web"
	FromOwner Source = "owner"
)

// Job is booked work.
type Job struct {
	ID         string
	BusinessID string
	Status     Status
	Service    string // its name
	Problem    string // the caller's words, summarised
	Urgency    Urgency
	Slot       Slot       // Start is the beginning of the arrival window
	Parts      []Interval // the visits of work that takes several days, in order; none where it is one visit
	BusyUntil  time.Time  // Slot.End plus the travel buffer
	WindowEnd  time.Time  // end of the arrival window that was promised
	// DisplacedBy is the emergency that took the time of this job, or part of it; empty: none did. The owner has to find
	// it another time; until then it keeps what the emergency leaves of it.
	DisplacedBy string
	Customer    contact.Customer
	Address     contact.Address
	Source      Source
	CallID      string // the call it came from, empty for other sources
	CreatedAt   time.Time
	UpdatedAt   time.Time // of the last change, later than that of the change before
	ConfirmedAt time.Time // when the customer last said that the visit stands; zero: never, or it was moved since
}

// Errors of this package.
var (
	// ErrTaken says that the time was taken meanwhile. Look for open times again and offer those; never retry as is.
	ErrTaken = errors.New("scheduling: the time is taken")
	// ErrClosed says that the time breaks a rule of the business: closed, too soon, too far ahead, nobody skilled.
	ErrClosed = errors.New("scheduling: the time is not open for booking")
	// ErrNoJob says that no such job exists in this business.
	ErrNoJob = errors.New("scheduling: no such job")
)

// Calendar is what has to be read to know which times are open, inside a transaction or outside.
type Calendar interface {
	// Busy lists holds that have not expired at now, and booked or tentative jobs, of the business between from
	// and to, leaving out the holder's own holds and the job named (either may be empty).
	Busy(ctx context.Context, businessID string, from, to, now time.Time, exceptHolder, exceptJob string) ([]Busy, error)
}

// Store is the storage that scheduling needs, bound to one transaction. PlaceHold, InsertJob and UpdateJob
// return ErrTaken where the technician's time overlaps another live hold or job; the transaction is then spent
// and must be rolled back (PostgreSQL allows nothing else).
type Store interface {
	Calendar
	// LockCalendar makes transactions that take or free times of a business wait for each other, so that what is read of
	// its calendar holds until the end.
	LockCalendar(ctx context.Context, businessID string) error
	// OldestLook is when the outside calendars that keep a technician busy were last read, the one read longest ago
	// counting; false when none is connected.
	OldestLook(ctx context.Context, businessID, technician string) (time.Time, bool, error)
	// PlaceHold first removes expired holds that overlap, then inserts.
	PlaceHold(ctx context.Context, h Hold, now time.Time) error
	ReleaseHolds(ctx context.Context, businessID, holder string) error
	// InsertJob inserts the job, its customer (by phone, updating the name when given) and its time.
	InsertJob(ctx context.Context, j *Job) error
	// InsertJobOver inserts an emergency in place of routine jobs, by their ids: each keeps what is left of its time, is
	// marked with the emergency, and is owed to the owner as being in the way. They have their time back when the emergency
	// is called off or moved away. ErrTaken where one of them is no longer a routine job that stands.
	InsertJobOver(ctx context.Context, j *Job, over []string) error
	// UpdateJob stores a job again; ErrNotLive when it is over by now, whatever it was when it was read.
	UpdateJob(ctx context.Context, j *Job) error
	Job(ctx context.Context, businessID, id string) (*Job, error)
	// JobsByPhone lists a customer's jobs that have not begun before from, by start.
	JobsByPhone(ctx context.Context, businessID, phone string, from time.Time) ([]Job, error)
}
