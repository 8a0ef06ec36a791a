// Package notify brings the owner what he is texted by other ways as well: summaries by e-mail, notifications on his devices,
// and a brief each morning.
package notify

import (
	"context"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/callbacks"
	"fixly/clock"
	"fixly/followup"
	"fixly/jobs"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/telephony"
	"fixly/webpush"
)

// Kind is what a device is notified of. Each device chooses.
type Kind string

// The kinds.
const (
	Emergencies Kind = "emergencies" // somebody on call is alerted, or the owner has to know before a call is over
	Callbacks   Kind = "callbacks"   // somebody is owed a call, or was not called in time
	Questions   Kind = "questions"   // a visit or a customer waits for the owner's word
	Summaries   Kind = "summaries"   // every other thing that the owner is texted
)

// Kinds lists them all, the most urgent first.
func Kinds() []Kind { return []Kind{Emergencies, Callbacks, Questions, Summaries} }

// Device is a browser that gets notifications.
type Device struct {
	ID         string
	BusinessID string
	Name       string // as the owner knows it: "iPhone"
	webpush.Subscription
	Kinds     []Kind
	CreatedAt time.Time
}

// Tell passes a text to the owner on.
type Tell struct {
	BusinessID string `json:"business_id"`
	MessageID  string `json:"message_id"`
}

// Kind names the job in the queue.
func (Tell) Kind() string { return "tell" }

// SendPush notifies one device.
type SendPush struct {
	BusinessID string    `json:"business_id"`
	DeviceID   string    `json:"device_id"`
	Urgent     bool      `json:"urgent"`
	Title      string    `json:"title"`
	Body       string    `json:"body"`
	Path       string    `json:"path"`  // of the page that it opens
	Tag        string    `json:"tag"`   // a later one with the same takes its place on the device
	At         time.Time `json:"at"`    // when it became news
	Until      time.Time `json:"until"` // after which it is news no more
}

// Kind names the job in the queue.
func (SendPush) Kind() string { return "send_push" }

// WriteBriefs writes the briefs that are due.
type WriteBriefs struct{}

// Kind names the job in the queue.
func (WriteBriefs) Kind() string { return "write_briefs" }

// Tx is what notifying needs of one transaction.
type Tx interface {
	Business(ctx context.Context, id string) (*business.Business, error)
	Businesses(ctx context.Context) ([]*business.Business, error)
	// Message reads a text; messaging.ErrNoMessage when there is none.
	Message(ctx context.Context, businessID, id string) (*messaging.Message, error)
	// Call reads a call; telephony.ErrNoCall when there is none.
	Call(ctx context.Context, id string) (*telephony.Call, error)
	ListCalls(ctx context.Context, businessID string, f telephony.CallFilter) ([]telephony.Call, error)
	ListJobs(ctx context.Context, businessID string, f scheduling.JobFilter) ([]scheduling.Job, error)
	// Callbacks lists the calls still owed, in no order.
	Callbacks(ctx context.Context, businessID string) ([]callbacks.Callback, error)
	// OpenApprovals lists the visits that wait for the owner's yes and begin after an instant.
	OpenApprovals(ctx context.Context, businessID string, after time.Time) ([]followup.Approval, error)
	// OpenOwnerQuestions lists what customers ask that only the owner knows.
	OpenOwnerQuestions(ctx context.Context, businessID string) ([]receptionist.OwnerQuestion, error)
	// Threads gives the latest text with each number, newest first, at most limit of them.
	Threads(ctx context.Context, businessID string, limit int) ([]messaging.Message, error)

	// Devices lists the devices of a business, the oldest first.
	Devices(ctx context.Context, businessID string) ([]Device, error)
	// Device reads one; nil when there is none.
	Device(ctx context.Context, businessID, id string) (*Device, error)
	DeleteDevice(ctx context.Context, businessID, id string) error

	// InsertMail stores an e-mail that is to be sent; one per key.
	InsertMail(ctx context.Context, m *followup.Mail) (created bool, err error)
	// EnqueueAt adds a durable job that is to run at an instant of our clock.
	EnqueueAt(ctx context.Context, args river.JobArgs, at time.Time, opts *river.InsertOpts) error
}

// Storage runs functions in transactions. A function may run more than once, so it must have no effect outside its
// transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// Pusher hands notifications to push services; webpush.Sender is one.
type Pusher interface {
	Send(ctx context.Context, to webpush.Subscription, p webpush.Push, now time.Time) error
}

// Deps are what the workers share.
type Deps struct {
	Storage   Storage
	Clock     clock.Clock
	Log       *slog.Logger
	Push      Pusher // nil: devices are notified of nothing
	Mail      bool   // there is a mail server
	PublicURL string // of the pages, for links in e-mails
}

// AddWorkers adds the durable jobs of this package to the queue's.
func AddWorkers(w *jobs.Workers, d Deps) {
	jobs.Add(w, &tell{Deps: d})
	jobs.Add(w, &sendPush{Deps: d})
	jobs.Add(w, &writeBriefs{Deps: d})
}

// Periodic lists what runs by the clock.
func Periodic() []jobs.Periodic { return []jobs.Periodic{{Every: briefEvery, Args: WriteBriefs{}}} }

// jobTimeout is how long a job may take before it is cut off.
const jobTimeout = 30 * time.Second

// worker is what the workers have in common.
type worker[T river.JobArgs] struct{ river.WorkerDefaults[T] }

// Timeout is the same for all.
func (worker[T]) Timeout(*river.Job[T]) time.Duration { return jobTimeout }
