package followup

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/clock"
	"fixly/messaging"
)

// sendText hands texts to their carrier: each exactly once, and those to one number in the order in which they
// were written.
//
// A job works through all texts that wait for its recipient, the oldest first, in steps that are each safe to
// repeat and to run on any node:
//
//  1. claim (a transaction): the oldest text becomes Sending, with the time of the claim. Where another worker
//     holds the claim, or the carrier asked us to wait, the job comes back later.
//  2. hand over: the carrier is asked to send it; or, when an earlier try ended without a clear answer (a timeout, a
//     crash), whether it has it already.
//  3. settle (a transaction): what came of it.
//
// A text leaves state Sending only by a clear answer, so nothing is sent twice; it stays in the list until it is
// sent or refused for good, so nothing is lost.
//
// What waits is handed over in the order in which it is promised, by the priorities of the jobs (see NewSendText), and no
// faster than the carrier of the line takes it (see pace).
type sendText struct {
	worker[SendText]
	Deps
	pace *pace
}

const (
	// carrierTimeout bounds one request to a carrier.
	carrierTimeout = 10 * time.Second
	// lease is how long a claim holds; longer than a job can run, so whoever made an older one is gone.
	lease = jobTimeout + 15*time.Second
	// inTurn is how many texts to one number wait for each other; beyond that the owner's summaries pass each other.
	inTurn = 5
	// busyWait is when to come back to a recipient whom another worker serves.
	// It matters only when that one goes away: otherwise it works through the others' texts too.
	busyWait = 2 * time.Second
	// maxWait is the longest pause between two tries at a carrier that fails, maxPatientWait after patientAfter
	// tries, about a quarter of an hour, and where the owner has to change something first.
	maxWait        = 30 * time.Second
	patientAfter   = 33
	maxPatientWait = 5 * time.Minute
	// lostWait is how long a carrier that did not answer in time may still be at it: looking sooner whether it
	// accepted the text could miss it. droppedWait is the same after it broke off.
	lostWait    = 15 * time.Second
	droppedWait = 2 * time.Second
	// giveUp is how long after its time a text in doubt is still asked about.
	giveUp = 24 * time.Hour
	// settleTimeout bounds noting an answer, which is done even when the job is being stopped.
	settleTimeout = 5 * time.Second
)

// Work sends what waits for the recipient of the job's text.
func (w *sendText) Work(ctx context.Context, job *river.Job[SendText]) error {
	line := job.Args.Line
	wait, err := w.pace.enter(ctx, line, job.Priority)
	if err != nil {
		return fmt.Errorf("followup: wait for room to send text %s: %w", job.Args.MessageID, err)
	}
	if wait > 0 {
		return river.JobSnooze(wait)
	}
	defer w.pace.leave(line)
	for first := true; ; first = false {
		if deadline, ok := ctx.Deadline(); ok && !first && deadline.Sub(clock.Real().Now()) < carrierTimeout+settleTimeout {
			return river.JobSnooze(0)
		}
		c, err := w.claim(ctx, job.Args, first)
		if err != nil {
			return err
		}
		if c.wait > 0 {
			return river.JobSnooze(c.wait)
		}
		if c.text == nil {
			return nil
		}
		answer := w.handOver(ctx, c)
		w.pace.heard(line, answer.refusal)
		more, err := w.settle(ctx, c, answer)
		if err != nil || !more {
			return err
		}
	}
}

// claimed is a text to be handed over, or when to come back; neither when nothing is left to do.
type claimed struct {
	shop *business.Business
	text *messaging.Message
	// lookUp: an earlier try may have succeeded, so the carrier is asked about it instead.
	lookUp bool
	// more: other texts wait behind this one.
	more bool
	wait time.Duration
}

// claim takes the oldest text to the recipient of the job's own text that may leave now.
func (w *sendText) claim(ctx context.Context, job SendText, first bool) (c claimed, err error) {
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		c = claimed{}
		own, err := tx.Message(ctx, job.BusinessID, job.MessageID)
		if errors.Is(err, messaging.ErrNoMessage) {
			return nil
		}
		if err != nil {
			return err
		}
		// As it was before the lock: at worst the job comes back once more for nothing.
		waiting := own.Status == messaging.Queued || own.Status == messaging.Sending
		if first && !waiting {
			return nil
		}
		if err := tx.LockThread(ctx, own.BusinessID, own.To); err != nil {
			return err
		}
		unsent, err := tx.Unsent(ctx, own.BusinessID, own.To)
		if err != nil {
			return err
		}
		c, err = w.choose(ctx, tx, unsent, own.ID, waiting)
		return err
	})
	if err != nil {
		return claimed{}, fmt.Errorf("followup: claim the next text to the recipient of %s: %w", job.MessageID, err)
	}
	return c, nil
}

// choose claims the first of the unsent texts that may leave, or says when to come back for own where that is waiting.
func (w *sendText) choose(ctx context.Context, tx Tx, unsent []messaging.Message, own string, waiting bool) (c claimed, err error) {
	now := w.Clock.Now()
	for i := range unsent {
		m := &unsent[i]
		if m.NotBefore.After(now) { // held for the morning; the others need not wait for it
			if m.ID == own {
				c.wait = m.NotBefore.Sub(now)
			}
			continue
		}
		later := m.RetryAt.Sub(now)
		if m.Status == messaging.Sending && !m.ClaimedAt.IsZero() && now.Sub(m.ClaimedAt) < lease {
			later = busyWait
		}
		if later > 0 && m.Kind == messaging.Summary && len(unsent) > inTurn {
			if m.ID == own {
				c.wait = later
			}
			continue // the owner of a crowd of missed callers need not hear of them one by one
		}
		if later > 0 { // and those behind it wait too, each with a job of its own
			if waiting {
				c.wait = later
			}
			return c, nil
		}
		if m.Status == messaging.Queued {
			if err := w.recheck(ctx, tx, now, m); err != nil {
				return c, err
			}
			if m.Status == messaging.Suppressed {
				continue
			}
			if m.NotBefore.After(now) {
				if m.ID == own {
					c.wait = m.NotBefore.Sub(now)
				}
				continue
			}
		}
		c = claimed{text: m, lookUp: m.Status == messaging.Sending, more: i+1 < len(unsent)}
		if c.shop, err = tx.Business(ctx, m.BusinessID); err != nil {
			return c, err
		}
		m.Status, m.ClaimedAt, m.RetryAt = messaging.Sending, now, time.Time{}
		m.Attempts++
		return c, tx.UpdateMessage(ctx, m)
	}
	return c, nil
}

// recheck asks the rules whether a text may still leave, and in which words.
func (w *sendText) recheck(ctx context.Context, tx Tx, now time.Time, m *messaging.Message) error {
	var known messaging.Known
	if m.Kind == messaging.TextBack {
		var err error
		if known.JustBooked, err = justBooked(ctx, tx, m.BusinessID, m.To, m.CreatedAt, now); err != nil {
			return err
		}
	}
	if err := messaging.Recheck(ctx, tx, now, m, known); err != nil {
		return err
	}
	if m.Status == messaging.Suppressed || m.NotBefore.After(now) {
		return tx.UpdateMessage(ctx, m)
	}
	return nil // the claim stores it
}

// justBooked says whether someone has had a visit booked since a little before a call of theirs.
func justBooked(ctx context.Context, tx Tx, businessID, phone string, call, now time.Time) (bool, error) {
	jobs, err := tx.JobsByPhone(ctx, businessID, phone, now)
	if err != nil {
		return false, fmt.Errorf("followup: visits to %s: %w", phone, err)
	}
	for _, j := range jobs {
		if isStanding(&j) && j.CreatedAt.After(call.Add(-recently)) {
			return true, nil
		}
	}
	return false, nil
}
