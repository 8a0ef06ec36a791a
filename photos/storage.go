package photos

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"fixly/messaging"
	"fixly/scheduling"
)

// Storage runs functions in transactions. A function may run more than once, so it must have no effect outside
// its transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// Reader reads pictures, inside a transaction or outside.
type Reader interface {
	Photo(ctx context.Context, businessID, id string) (*Photo, error) // ErrNoPhoto when there is none
	// PhotoData gives the bytes of a picture.
	PhotoData(ctx context.Context, businessID, id string) ([]byte, error)
	// PhotosWith lists the pictures from a number since an instant, oldest first.
	PhotosWith(ctx context.Context, businessID, peer string, since time.Time) ([]Photo, error)
	// PhotosOf lists the pictures that belong to a visit, oldest first.
	PhotosOf(ctx context.Context, businessID, jobID string) ([]Photo, error)
}

// Tx is what the room needs of one transaction.
type Tx interface {
	messaging.Tx
	Reader

	// SavePhoto stores what became of a picture; data is nil for one that is not kept.
	SavePhoto(ctx context.Context, p *Photo, data []byte) error
	// AttachPhoto makes a picture one of a visit's.
	AttachPhoto(ctx context.Context, businessID, id, jobID string) error
	Job(ctx context.Context, businessID, id string) (*scheduling.Job, error)
	JobsByPhone(ctx context.Context, businessID, phone string, from time.Time) ([]scheduling.Job, error)
	// EnqueueAt adds a durable job that is to run at an instant of our clock.
	EnqueueAt(ctx context.Context, args river.JobArgs, at time.Time, opts *river.InsertOpts) error
}
