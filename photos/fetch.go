package photos

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/clock"
	"fixly/jobs"
	"fixly/messaging"
)

// Fetch fetches one picture from its carrier.
type Fetch struct {
	BusinessID string `json:"business_id"`
	PhotoID    string `json:"photo_id"`
}

// Kind names the job in the queue.
func (Fetch) Kind() string { return "fetch_photo" }

// Desk fetches pictures and sends them along.
type Desk struct {
	Storage Storage
	Clock   clock.Clock
	Log     *slog.Logger
	// Carrier gives the carrier of a line; one that is no messaging.MediaSource has no pictures to give.
	Carrier func(b *business.Business, l business.Line) (messaging.Carrier, error)
	Links   Links
}

// AddWorkers adds the workers of the room's jobs.
func (d *Desk) AddWorkers(w *jobs.Workers) {
	jobs.Add(w, &fetcher{Desk: d})
	jobs.Add(w, &sender{Desk: d})
}

type fetcher struct {
	river.WorkerDefaults[Fetch]
	*Desk
}

const (
	// fetchTimeout bounds one try at a carrier, redirects included.
	fetchTimeout = 25 * time.Second
	// mostTries is after how many tries a picture is given up, about a quarter of an hour.
	mostTries = 15
)

// Timeout leaves time to store what was fetched.
func (*fetcher) Timeout(*river.Job[Fetch]) time.Duration { return fetchTimeout + 10*time.Second }

// NextRetry waits two seconds, four and so on up to two minutes. Carriers announce a picture a moment before they have it.
func (*fetcher) NextRetry(job *river.Job[Fetch]) time.Time {
	return clock.Real().Now().Add(min(time.Second<<min(job.Attempt, 10), 2*time.Minute))
}

// Work fetches a picture, outside of transactions, and stores it or why not. Doing it again changes nothing.
func (w *fetcher) Work(ctx context.Context, job *river.Job[Fetch]) error {
	p, source, err := w.find(ctx, job.Args)
	if err != nil || p == nil {
		return err
	}
	data, err := fetch(ctx, source, p)
	switch {
	case err == nil:
		if p.Type = typeOf(data); p.Type == "" {
			p.Reason = NoPicture
		}
	case errors.Is(err, messaging.ErrMediaTooLarge):
		p.Reason = TooLarge
	case errors.Is(err, messaging.ErrNoMedia):
		p.Reason = Gone
	case job.Attempt >= mostTries:
		p.Reason = Unreachable
	default:
		return fmt.Errorf("photos: fetch picture %s: %w", p.ID, err)
	}
	if err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return w.keep(ctx, tx, *p, data) }); err != nil {
		return fmt.Errorf("photos: keep picture %s: %w", p.ID, err)
	}
	return nil
}

// fetch asks the carrier; nil has no pictures.
func fetch(ctx context.Context, from messaging.MediaSource, p *Photo) ([]byte, error) {
	if from == nil {
		return nil, messaging.ErrNoMedia
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	return from.Media(ctx, p.URL)
}

// find gives the picture, nil where it is settled, and the carrier that has it.
func (w *fetcher) find(ctx context.Context, a Fetch) (p *Photo, source messaging.MediaSource, err error) {
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		p, source = nil, nil
		b, err := tx.Business(ctx, a.BusinessID)
		if err != nil {
			return err
		}
		found, err := tx.Photo(ctx, b.ID, a.PhotoID)
		if errors.Is(err, ErrNoPhoto) || err == nil && found.Status != Wanted {
			return nil
		}
		if err != nil {
			return err
		}
		m, err := tx.Message(ctx, b.ID, found.MessageID)
		if err != nil {
			return err
		}
		p = found
		line := b.LineByNumber(m.To)
		if line == nil {
			return nil // sold meanwhile: nobody has the picture for us
		}
		carrier, err := w.Carrier(b, *line)
		if err != nil {
			return err
		}
		source, _ = carrier.(messaging.MediaSource)
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("photos: find picture %s: %w", a.PhotoID, err)
	}
	return p, source, nil
}

// keep stores a picture and has it sent along with those of the visit that its sender expects.
func (w *fetcher) keep(ctx context.Context, tx Tx, p Photo, data []byte) error {
	now := w.Clock.Now()
	sent, err := tx.PhotosWith(ctx, p.BusinessID, p.Peer, now.Add(-keptPer))
	if err != nil {
		return err
	}
	kept := 0
	for _, x := range sent {
		if x.Status == Kept {
			kept++
		}
	}
	if kept >= mostKept && p.Reason == "" {
		p.Reason = TooMany
	}
	if p.Status, p.Size = Kept, len(data); p.Reason != "" {
		p.Status, p.Type, p.Size, data = Refused, "", 0, nil
		w.Log.InfoContext(ctx, "a picture was not kept", "photo", p.ID, "why", p.Reason)
	}
	if err := tx.SavePhoto(ctx, &p, data); err != nil || p.Status != Kept {
		return err
	}
	return w.attach(ctx, tx, p.BusinessID, p.Peer, now)
}
