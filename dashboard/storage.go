package dashboard

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"fixly/approval"
	"fixly/billing"
	"fixly/business"
	"fixly/callbacks"
	"fixly/consent"
	"fixly/contact"
	"fixly/forwarding"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/model"
	"fixly/notify"
	"fixly/oncall"
	"fixly/photos"
	"fixly/receptionist"
	"fixly/report"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/builtin"
	"fixly/telephony"
)

// Reader is what the pages show. Everything but Businesses, Call and Turns is read within one business.
type Reader interface {
	builtin.Reader
	report.Reader

	// Businesses lists every business of the installation, by slug.
	Businesses(ctx context.Context) ([]*business.Business, error)

	ListJobs(ctx context.Context, businessID string, f scheduling.JobFilter) ([]scheduling.Job, error)
	// Devices lists the devices that get notifications, the oldest first.
	Devices(ctx context.Context, businessID string) ([]notify.Device, error)
	// Booking reads a booking of the ledger; billing.ErrNoBooking when there is none.
	Booking(ctx context.Context, businessID, jobID string) (*ledger.Booking, error)
	// CreditOf reads what was credited for a job; nil when nothing was.
	CreditOf(ctx context.Context, businessID, jobID string) (*ledger.Credit, error)
	// Message reads a text; messaging.ErrNoMessage when there is none.
	Message(ctx context.Context, businessID, id string) (*messaging.Message, error)
	// Rings lists the phones that were rung for a call, Recordings what was recorded of it.
	Rings(ctx context.Context, businessID, callID string) ([]telephony.Ring, error)
	Recordings(ctx context.Context, businessID, callID string) ([]telephony.Recording, error)
	// CallRecording is what the caller was told about the recording, and where it stands; nil: it was out of the question.
	CallRecording(ctx context.Context, businessID, callID string) (*telephony.CallRecording, error)
	ListCalls(ctx context.Context, businessID string, f telephony.CallFilter) ([]telephony.Call, error)
	ListMessages(ctx context.Context, businessID string, f messaging.MessageFilter) ([]messaging.Message, error)
	// Threads gives the latest text with each number, newest first, at most limit of them.
	Threads(ctx context.Context, businessID string, limit int) ([]messaging.Message, error)

	photos.Reader

	// Takeover is who holds the thread with a number; nil when the receptionist does.
	Takeover(ctx context.Context, businessID, number string) (*messaging.Takeover, error)

	// CalendarAccounts lists the accounts of calendars outside that are connected, in the order in which they were.
	CalendarAccounts(ctx context.Context, businessID string) ([]calendar.Account, error)
	// Calendars lists the calendars outside that are in use.
	Calendars(ctx context.Context, businessID string) ([]calendar.Connected, error)
	// Troubles lists what is to be settled between calendars and jobs, oldest first; of one job when it is named.
	Troubles(ctx context.Context, businessID, jobID string) ([]calendar.Trouble, error)

	// FeedReplacements gives how often each calendar's private address was replaced, by technician.
	FeedReplacements(ctx context.Context, businessID string) (map[string]int, error)

	// Call reads a call of any business; telephony.ErrNoCall when there is none.
	Call(ctx context.Context, id string) (*telephony.Call, error)
	// Job reads a job; scheduling.ErrNoJob when there is none.
	Job(ctx context.Context, businessID, id string) (*scheduling.Job, error)
	ConversationByCall(ctx context.Context, businessID, callID string) (*receptionist.Conversation, error)
	Turns(ctx context.Context, conversationID string) ([]receptionist.Turn, error)
	// ModelUses lists what a language model was asked in a call.
	ModelUses(ctx context.Context, businessID, callID string) ([]model.Use, error)
	// ThreadTurns lists the last turns of all conversations by text with a number, oldest first.
	ThreadTurns(ctx context.Context, businessID, number string, limit int) ([]receptionist.Turn, error)

	// CustomerByPhone finds a customer; nil when there is none with that number.
	CustomerByPhone(ctx context.Context, businessID, phone string) (*contact.Customer, error)
	// CalendarEventsBetween lists what the calendars outside hold between two instants, by start.
	CalendarEventsBetween(ctx context.Context, businessID string, from, to time.Time) ([]calendar.Stored, error)
	// Callbacks lists the calls still owed, in no order.
	Callbacks(ctx context.Context, businessID string) ([]callbacks.Callback, error)
	// CallbacksBetween lists those that came up between two instants, owed still or not; AttemptsBetween what was tried.
	CallbacksBetween(ctx context.Context, businessID string, from, to time.Time) ([]callbacks.Callback, error)
	AttemptsBetween(ctx context.Context, businessID string, from, to time.Time) ([]callbacks.Attempt, error)
	// Consents lists the ledger of who wants what, newest first, of an address or of everybody.
	Consents(ctx context.Context, businessID, address string, limit int) ([]consent.Entry, error)
	// UnregisteredLines gives the lines whose texts the carrier refused because they are not registered, and since when.
	UnregisteredLines(ctx context.Context, businessID string) (map[string]time.Time, error)
	// ListPages lists emergencies that people were paged about, newest first.
	ListPages(ctx context.Context, businessID string, beforeAt time.Time, beforeID string, limit int) ([]oncall.Page, error)
	// PagedOf lists who was paged about one, in order.
	PagedOf(ctx context.Context, businessID, pageID string) ([]oncall.Paged, error)
	// ForwardingTests lists the tests of the forwarding, newest first.
	ForwardingTests(ctx context.Context, businessID string, limit int) ([]forwarding.Test, error)
}

// Storage runs functions in transactions. A function may run more than once, so it must have no effect outside
// its transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// Threads writes in threads of texts by hand, see messaging.Threads.
type Threads interface {
	Write(ctx context.Context, tx messaging.Tx, now time.Time, b *business.Business, w messaging.Words) (messaging.Message, error)
	Release(ctx context.Context, tx messaging.Tx, b *business.Business, number string) (ended bool, err error)
}

// Tx is what the pages need of one transaction, to write.
type Tx interface {
	approval.Tx
	builtin.Tx
	callbacks.Tx
	billing.CreditTx
	messaging.Tx
	oncall.Tx
	forwarding.Tx

	// Devices lists the devices that get notifications, the oldest first.
	Devices(ctx context.Context, businessID string) ([]notify.Device, error)
	// Device reads a device that gets notifications; nil when there is none.
	Device(ctx context.Context, businessID, id string) (*notify.Device, error)
	SaveDevice(ctx context.Context, d *notify.Device) error
	DeleteDevice(ctx context.Context, businessID, id string) error
	// EnqueueAt adds a durable job that is to run at an instant of our clock.
	EnqueueAt(ctx context.Context, args river.JobArgs, at time.Time, opts *river.InsertOpts) error

	AddConsent(ctx context.Context, e *consent.Entry) (added bool, err error)
	// ForgetUnregistered notes that a line may text again.
	ForgetUnregistered(ctx context.Context, businessID, line string) error

	ReplaceFeed(ctx context.Context, businessID, technician string) error

	// LockCalendar makes those who change a business's calendars at once wait for each other.
	LockCalendar(ctx context.Context, businessID string) error
	CalendarAccounts(ctx context.Context, businessID string) ([]calendar.Account, error)
	InsertCalendarAccount(ctx context.Context, a *calendar.Account) error
	UpdateCalendarAccount(ctx context.Context, a *calendar.Account) error
	DeleteCalendarAccount(ctx context.Context, businessID, id string) error
	Calendars(ctx context.Context, businessID string) ([]calendar.Connected, error)
	InsertCalendar(ctx context.Context, c *calendar.Connected) error
	UpdateCalendar(ctx context.Context, c *calendar.Connected) error
	DeleteCalendar(ctx context.Context, businessID, id string) error
	// ForgetCalendarEvents empties the local copy of a calendar.
	ForgetCalendarEvents(ctx context.Context, calendarID string) error
	SettleTrouble(ctx context.Context, businessID, id string) error

	Business(ctx context.Context, id string) (*business.Business, error)
	// UpdateBusiness stores a business that was edited, whole.
	UpdateBusiness(ctx context.Context, b *business.Business) error
}
