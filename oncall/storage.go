package oncall

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"fixly/messaging"
	"fixly/telephony"
)

// Storage runs functions in transactions. A function may run more than once, so it must have no effect outside its
// transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// Tx is what paging needs of one transaction. The page is locked last: after the call, and after the threads of texts.
type Tx interface {
	messaging.Tx
	telephony.CallingTx

	Call(ctx context.Context, id string) (*telephony.Call, error)
	// Rings lists the phones that were rung for a call.
	Rings(ctx context.Context, businessID, callID string) ([]telephony.Ring, error)
	// EnqueueAt adds a durable job that is to run at an instant of our clock.
	EnqueueAt(ctx context.Context, args river.JobArgs, at time.Time, opts *river.InsertOpts) error

	// InsertPage stores a page; where there is one about the same conversation and What, nothing is written.
	InsertPage(ctx context.Context, p *Page) (created bool, err error)
	// PageNow reads a page without locking it; ErrNoPage when there is none.
	PageNow(ctx context.Context, businessID, id string) (*Page, error)
	// Page reads a page and locks it until the transaction ends.
	Page(ctx context.Context, businessID, id string) (*Page, error)
	// UpdatePage stores its state, its wave and who took it.
	UpdatePage(ctx context.Context, p *Page) error
	// InsertPaged notes that somebody is paged; one for each person and wave.
	InsertPaged(ctx context.Context, x *Paged) error
	// PassPaged notes that somebody can't take a page.
	PassPaged(ctx context.Context, x *Paged) error
	// PagedOf lists who was paged, in order.
	PagedOf(ctx context.Context, businessID, pageID string) ([]Paged, error)
	// PageAbout reads the page about a conversation and What without locking it; nil when there is none.
	PageAbout(ctx context.Context, businessID, conversationID, what string) (*Page, error)
	// LastPaged is what a phone was paged about since an instant: an open page before one that nobody took before one that
	// somebody has, those they passed on behind the others, the newest first; nil when it was not.
	LastPaged(ctx context.Context, businessID, phone string, since time.Time) (*Paged, error)
	// OutgoingAbout lists the calls of a purpose about a subject, in the order in which they were written.
	OutgoingAbout(ctx context.Context, businessID string, p telephony.Purpose, subject string) ([]telephony.Outgoing, error)
}
