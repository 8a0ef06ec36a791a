package mirror

import (
	"context"
	"time"

	"fixly/business"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
)

// Reader reads what is committed.
type Reader interface {
	Business(ctx context.Context, id string) (*business.Business, error)
	Businesses(ctx context.Context) ([]*business.Business, error)

	CalendarAccount(ctx context.Context, id string) (*calendar.Account, error)
	Calendar(ctx context.Context, id string) (*calendar.Connected, error)
	Calendars(ctx context.Context, businessID string) ([]calendar.Connected, error)
	CalendarByWatch(ctx context.Context, channel string) (*calendar.Connected, error)
	// CalendarsToRead lists the calendars of all businesses that were last read before an instant, longest ago first.
	CalendarsToRead(ctx context.Context, before time.Time, limit int) ([]calendar.Connected, error)
	CalendarEvents(ctx context.Context, calendarID string) ([]calendar.Stored, error)

	Job(ctx context.Context, businessID, id string) (*scheduling.Job, error)
	JobsToWrite(ctx context.Context, businessID string, from time.Time, limit int) ([]string, error)
	WrittenOf(ctx context.Context, businessID, jobID string) ([]calendar.Written, error)
	// WrittenIn lists the events of jobs in a calendar that end after from.
	WrittenIn(ctx context.Context, calendarID string, from time.Time) ([]calendar.Written, error)
}

// Storage runs functions in transactions. A function may run more than once, so it must have no effect outside its
// transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// Tx is what the mirror needs of one transaction.
type Tx interface {
	scheduling.Store

	Business(ctx context.Context, id string) (*business.Business, error)
	LockCalendar(ctx context.Context, businessID string) error

	CalendarAccount(ctx context.Context, id string) (*calendar.Account, error)
	UpdateCalendarAccount(ctx context.Context, a *calendar.Account) error
	Calendar(ctx context.Context, id string) (*calendar.Connected, error)
	Calendars(ctx context.Context, businessID string) ([]calendar.Connected, error)
	UpdateCalendar(ctx context.Context, c *calendar.Connected) error

	CalendarEvents(ctx context.Context, calendarID string) ([]calendar.Stored, error)
	// CalendarEventsBetween lists what all calendars of a business hold between two instants; Free where it keeps nobody busy.
	CalendarEventsBetween(ctx context.Context, businessID string, from, to time.Time) ([]calendar.Stored, error)
	SaveCalendarEvent(ctx context.Context, c *calendar.Connected, e *calendar.Event) error
	DeleteCalendarEvent(ctx context.Context, calendarID, eventID string) error

	ClaimWritten(ctx context.Context, w *calendar.Written) (bool, error)
	SaveWritten(ctx context.Context, w *calendar.Written) error
	DeleteWritten(ctx context.Context, w *calendar.Written) error
	WrittenOf(ctx context.Context, businessID, jobID string) ([]calendar.Written, error)
	// WrittenAt finds the job that an event was written for; nil when there is none.
	WrittenAt(ctx context.Context, calendarID, eventID string) (*calendar.Written, error)

	InsertTrouble(ctx context.Context, t *calendar.Trouble) (bool, error)
	Troubles(ctx context.Context, businessID, jobID string) ([]calendar.Trouble, error)
	TroublesOfEvent(ctx context.Context, businessID, calendarID, eventID string) ([]calendar.Trouble, error)
	SettleTrouble(ctx context.Context, businessID, id string) error

	// JobsBetween lists the jobs that are on between two instants: a technician's, or everybody's when none is named.
	JobsBetween(ctx context.Context, businessID, technician string, from, to time.Time) ([]scheduling.Job, error)
	DropHolds(ctx context.Context, businessID, technician string, from, to time.Time) error

	// WriteJob and ReadCalendar enqueue the durable jobs of this package.
	WriteJob(ctx context.Context, businessID, jobID string) error
	// WriteJobOnce is WriteJob unless that is owed already.
	WriteJobOnce(ctx context.Context, businessID, jobID string) error
	ReadCalendar(ctx context.Context, calendarID string) error
	// OfferChange tells the customer by text that a job was moved, cancelled or taken, and offers other times (package
	// followup).
	OfferChange(ctx context.Context, j *scheduling.Job, why string, starts ...time.Time) error
	// NoticeOwner texts the owner, once for each key (package followup).
	NoticeOwner(ctx context.Context, businessID, key, text string) error
}
