package oncall

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

// NextWave pages the wave with a number, or closes the page where there is none left.
type NextWave struct {
	BusinessID string `json:"business_id"`
	PageID     string `json:"page_id"`
	Wave       int    `json:"wave"`
}

// Kind names the job in the queue.
func (NextWave) Kind() string { return "page_next_wave" }

// RingWave rings the phones of a wave that was texted.
type RingWave struct {
	BusinessID string `json:"business_id"`
	PageID     string `json:"page_id"`
	Wave       int    `json:"wave"`
}

// Kind names the job in the queue.
func (RingWave) Kind() string { return "page_ring_wave" }

// TellOfPage tells those who were paged that somebody has it, or the owner that nobody has.
type TellOfPage struct {
	BusinessID string `json:"business_id"`
	PageID     string `json:"page_id"`
	State      string `json:"state"` // Acknowledged or Nobody
}

// Kind names the job in the queue.
func (TellOfPage) Kind() string { return "tell_of_page" }

// Desk is what the workers share.
type Desk struct {
	Storage Storage
	Clock   clock.Clock
	Log     *slog.Logger
}

// AddWorkers adds the workers of this package to those of the queue.
func (d *Desk) AddWorkers(w *jobs.Workers) {
	jobs.Add(w, &nextWaveWorker{Desk: d})
	jobs.Add(w, &ringWaveWorker{Desk: d})
	jobs.Add(w, &tellOfPageWorker{Desk: d})
}

const (
	// jobTimeout is how long a job may take before it is cut off.
	jobTimeout = 30 * time.Second
	// maxRetry is the longest pause between two tries of a job that failed: somebody waits in a flooding house.
	maxRetry = 15 * time.Second
)

// worker is what the workers have in common.
type worker[T river.JobArgs] struct{ river.WorkerDefaults[T] }

// Timeout is the same for all.
func (worker[T]) Timeout(*river.Job[T]) time.Duration { return jobTimeout }

// NextRetry waits 1, 2, 4 seconds and so on.
func (worker[T]) NextRetry(job *river.Job[T]) time.Time {
	return clock.Real().Now().Add(min(time.Second<<min(max(job.Attempt-1, 0), 5), maxRetry))
}

// nobody stands for a wave without people: no thread is locked.
const nobody = 1 << 20

// withOpen runs f on an open page in a transaction that has locked the call, the threads of the wave with a number, and
// the page. A page whose caller was put through to a person is acknowledged by that.
func (d *Desk) withOpen(ctx context.Context, businessID, pageID string, wave int, f func(ctx context.Context, tx Tx, b *business.Business, p *Page) error) error {
	err := d.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		b, err := tx.Business(ctx, businessID)
		if err != nil {
			return err
		}
		p, err := tx.PageNow(ctx, businessID, pageID)
		if errors.Is(err, ErrNoPage) || err == nil && p.State != Open {
			return nil
		}
		if err != nil {
			return err
		}
		through, err := putThrough(ctx, tx, p)
		if err != nil {
			return err
		}
		if err := lockThreads(ctx, tx, p, wave); err != nil {
			return err
		}
		if p, err = tx.Page(ctx, businessID, pageID); err != nil || p.State != Open {
			return err
		}
		if through {
			return take(ctx, tx, p, Someone{}, ByTransfer, "", d.Clock.Now())
		}
		return f(ctx, tx, b, p)
	})
	if err != nil {
		return fmt.Errorf("oncall: page %s: %w", pageID, err)
	}
	return nil
}

type nextWaveWorker struct {
	worker[NextWave]
	*Desk
}

// Work pages the wave in one transaction; one that was paged already is left alone.
func (w *nextWaveWorker) Work(ctx context.Context, job *river.Job[NextWave]) error {
	a := job.Args
	return w.withOpen(ctx, a.BusinessID, a.PageID, a.Wave, func(ctx context.Context, tx Tx, b *business.Business, p *Page) error {
		switch {
		case p.Wave != a.Wave:
			return nil
		case p.Wave >= len(p.Waves):
			w.Log.WarnContext(ctx, "nobody has acknowledged a page", "page", p.ID, "business", b.ID)
			return giveUp(ctx, tx, b, p, w.Clock.Now())
		}
		return nextWave(ctx, tx, b, p, w.Clock.Now())
	})
}

type ringWaveWorker struct {
	worker[RingWave]
	*Desk
}

// Work writes the calls in one transaction.
func (w *ringWaveWorker) Work(ctx context.Context, job *river.Job[RingWave]) error {
	a := job.Args
	return w.withOpen(ctx, a.BusinessID, a.PageID, nobody, func(ctx context.Context, tx Tx, _ *business.Business, p *Page) error {
		return ring(ctx, tx, p, a.Wave, w.Clock.Now())
	})
}

type tellOfPageWorker struct {
	worker[TellOfPage]
	*Desk
}

// Work writes the texts, each in a transaction of its own, so that no two threads are locked at once.
func (w *tellOfPageWorker) Work(ctx context.Context, job *river.Job[TellOfPage]) error {
	a := job.Args
	var (
		texts []messaging.Message
		b     *business.Business
	)
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		texts = nil
		if b, err = tx.Business(ctx, a.BusinessID); err != nil {
			return err
		}
		p, err := tx.PageNow(ctx, a.BusinessID, a.PageID)
		if err != nil {
			return err
		}
		paged, err := tx.PagedOf(ctx, a.BusinessID, a.PageID)
		if err != nil {
			return err
		}
		calls, err := tx.OutgoingAbout(ctx, a.BusinessID, Purpose, a.PageID)
		if err != nil {
			return err
		}
		rung := map[string]bool{}
		for i := range calls {
			rung[calls[i].To] = rung[calls[i].To] || !calls[i].PlacedAt.IsZero()
		}
		texts = tell(b, p, paged, rung, State(a.State))
		return nil
	})
	for i := range texts {
		if err != nil {
			break
		}
		err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
			_, _, err := messaging.Write(ctx, tx, w.Clock.Now(), texts[i], messaging.Known{Live: true})
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("oncall: tell what became of page %s: %w", a.PageID, err)
	}
	return nil
}

// tell lists the texts that a page's end is worth.
func tell(b *business.Business, p *Page, paged []Paged, rung map[string]bool, what State) []messaging.Message {
	text := func(to, body string) messaging.Message {
		return messaging.Message{
			BusinessID: b.ID, From: p.Line, To: to, Body: body, Kind: messaging.Alert, Reason: string(messaging.OnCall),
			Key: "page_" + string(what) + ":" + p.ID + ":" + to, CallID: p.CallID,
		}
	}
	if what == Nobody {
		return []messaging.Message{text(b.Profile.Owner.Phone, words{}.NobodyTook(p, paged, rung))}
	}
	var out []messaging.Message
	told := map[string]bool{p.TakenPhone: true}
	// Who pressed a key has heard it, and needs it in writing; who is noted by the office may not know it yet.
	if p.TakenHow == ByCall || p.TakenHow == ByOffice && p.TakenPhone != "" {
		out = append(out, text(p.TakenPhone, words{}.Yours(p)))
	}
	for _, x := range paged {
		if !told[x.Phone] {
			told[x.Phone] = true
			out = append(out, text(x.Phone, words{}.Taken(b, p)))
		}
	}
	return out
}
