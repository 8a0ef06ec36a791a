package followup

import (
	"context"
	"errors"
	"fmt"
	"slices"
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
type sendText struct {
	worker[SendText]
	Deps
}

const (
	// carrierTimeout bounds one request to a carrier.
	carrierTimeout = 10 * time.Second
	// lease is how long a claim holds; longer than a job can run, so whoever made an older one is gone.
	lease = jobTimeout + 15*time.Second
	// busyWait is when to come back to a recipient whom another worker serves.
	busyWait = 500 * time.Millisecond
	// maxWait is the longest pause between two tries at a carrier that fails; maxAuthWait where the owner has to
	// change something first.
	maxWait     = 30 * time.Second
	maxAuthWait = 5 * time.Minute
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
	own, err := w.own(ctx, job.Args)
	if err != nil || own == nil {
		return err
	}
	for first := true; ; first = false {
		if deadline, ok := ctx.Deadline(); ok && !first && deadline.Sub(clock.Real().Now()) < carrierTimeout+settleTimeout {
			return river.JobSnooze(0)
		}
		c, err := w.claim(ctx, own)
		if err != nil {
			return err
		}
		if c.wait > 0 {
			return river.JobSnooze(c.wait)
		}
		if c.text == nil {
			return nil
		}
		if err := w.settle(ctx, c, w.handOver(ctx, c)); err != nil {
			return err
		}
	}
}

// own reads the job's text, nil when there is nothing to do about it.
func (w *sendText) own(ctx context.Context, args SendText) (own *messaging.Message, err error) {
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		own, err = tx.Message(ctx, args.BusinessID, args.MessageID)
		if errors.Is(err, messaging.ErrNoMessage) {
			own, err = nil, nil
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("followup: read text %s: %w", args.MessageID, err)
	}
	return own, nil
}

// claimed is a text to be handed over, or when to come back; neither when nothing is left to do.
type claimed struct {
	shop *business.Business
	text *messaging.Message
	// lookUp: an earlier try may have succeeded, so the carrier is asked about it instead.
	lookUp bool
	wait   time.Duration
}

// claim takes the oldest text to the recipient of own that may leave now.
func (w *sendText) claim(ctx context.Context, own *messaging.Message) (c claimed, err error) {
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		c = claimed{}
		if err := tx.LockThread(ctx, own.BusinessID, own.To); err != nil {
			return err
		}
		unsent, err := tx.Unsent(ctx, own.BusinessID, own.To)
		if err != nil {
			return err
		}
		waiting := slices.ContainsFunc(unsent, func(m messaging.Message) bool { return m.ID == own.ID })
		now := w.Clock.Now()
		for i := range unsent {
			m := &unsent[i]
			later := m.RetryAt.Sub(now)
			if m.Status == messaging.Sending && !m.ClaimedAt.IsZero() && now.Sub(m.ClaimedAt) < lease {
				later = busyWait
			}
			switch {
			case m.NotBefore.After(now): // held for the morning; the others need not wait for it
				if m.ID == own.ID {
					c.wait = m.NotBefore.Sub(now)
				}
				continue
			case later > 0: // and those behind it wait, each with a job of its own
				if waiting {
					c.wait = later
				}
				return nil
			}
			if m.Status == messaging.Queued {
				if err := w.recheck(ctx, tx, now, m); err != nil {
					return err
				}
				if m.Status == messaging.Suppressed {
					continue
				}
			}
			c.lookUp = m.Status == messaging.Sending
			c.text, c.wait = m, 0
			m.Status, m.ClaimedAt, m.RetryAt = messaging.Sending, now, time.Time{}
			m.Attempts++
			if c.shop, err = tx.Business(ctx, m.BusinessID); err != nil {
				return err
			}
			return tx.UpdateMessage(ctx, m)
		}
		return nil
	})
	if err != nil {
		return claimed{}, fmt.Errorf("followup: claim the next text to %s: %w", own.To, err)
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
	return tx.UpdateMessage(ctx, m)
}

// answer is what a carrier said.
type answer struct {
	carrierID string // the text is accepted
	absent    bool   // a look-up found nothing: it may be sent
	refusal   *messaging.SendError
}

// handOver sends the text, or looks whether it was sent.
func (w *sendText) handOver(ctx context.Context, c claimed) answer {
	refused := func(err error) answer {
		var e *messaging.SendError
		if !errors.As(err, &e) {
			e = &messaging.SendError{Class: string(messaging.Other), Retry: true, Unknown: true, Err: err}
		}
		return answer{refusal: e}
	}
	line := c.shop.LineByNumber(c.text.From)
	if line == nil {
		return refused(&messaging.SendError{Class: string(messaging.NoLine), Err: errors.New("the line is gone")})
	}
	carrier, err := w.Carriers(*line)
	if err != nil {
		return refused(&messaging.SendError{Class: string(messaging.NoLine), Err: err})
	}
	ctx, cancel := context.WithTimeout(ctx, carrierTimeout)
	defer cancel()
	if !c.lookUp {
		id, err := carrier.Send(ctx, *c.text)
		if err != nil {
			return refused(err)
		}
		return answer{carrierID: id}
	}
	ids, err := carrier.Find(ctx, *c.text, c.text.CreatedAt)
	if err != nil {
		a := refused(err)
		a.refusal.Retry, a.refusal.Unknown = true, true // nothing is known better than before
		return a
	}
	id, err := w.unclaimed(ctx, ids)
	if err != nil {
		return refused(err)
	}
	return answer{carrierID: id, absent: id == ""}
}

// unclaimed is the first of the carrier's texts that belongs to no other text of ours: people are told the same
// words twice.
func (w *sendText) unclaimed(ctx context.Context, carrierIDs []string) (id string, err error) {
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		id = ""
		for _, x := range carrierIDs {
			other, err := tx.MessageByCarrierID(ctx, x)
			if err != nil {
				return err
			}
			if other == nil {
				id = x
				return nil
			}
		}
		return nil
	})
	return id, err
}

// settle notes what came of handing a text over.
func (w *sendText) settle(ctx context.Context, c claimed, a answer) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if err := tx.LockThread(ctx, c.text.BusinessID, c.text.To); err != nil {
			return err
		}
		m, err := tx.Message(ctx, c.text.BusinessID, c.text.ID)
		if err != nil {
			return err
		}
		if m.Status != messaging.Sending { // the carrier's report was faster
			return nil
		}
		if a.carrierID == "" && !m.ClaimedAt.Equal(c.text.ClaimedAt) {
			return nil // the claim ran out, another worker is at it and will know better
		}
		now := w.Clock.Now()
		m.ClaimedAt, m.RetryAt = time.Time{}, time.Time{}
		switch e := a.refusal; {
		case a.carrierID != "":
			m.Status, m.CarrierID, m.SentAt, m.ErrorCode = messaging.Sent, a.carrierID, now, ""
		case a.absent:
			m.Status = messaging.Queued
		case e.Retry && now.Sub(m.NotAfter) < giveUp:
			if !e.Unknown {
				m.Status = messaging.Queued
			}
			m.ErrorCode, m.RetryAt = e.Code, now.Add(pause(e, m.Attempts))
		default:
			m.Status = messaging.Failed
			if err := messaging.NoteFailure(ctx, tx, now, c.shop, m, e); err != nil {
				return err
			}
		}
		return tx.UpdateMessage(ctx, m)
	})
	if err != nil {
		return fmt.Errorf("followup: note what came of text %s: %w", c.text.ID, err)
	}
	if a.refusal != nil {
		w.Log.WarnContext(ctx, "text not accepted", "text", c.text.ID, "kind", c.text.Kind, "try", c.text.Attempts,
			"class", a.refusal.Class, "code", a.refusal.Code, "retry", a.refusal.Retry, "error", a.refusal)
	}
	return nil
}

// pause is how long to leave a text alone after a refusal that can pass.
func pause(e *messaging.SendError, tries int) time.Duration {
	most := maxWait
	if messaging.Reason(e.Class) == messaging.Auth {
		most = maxAuthWait
	}
	d := doubling(time.Second, tries, most)
	if e.Unknown {
		d = max(d, droppedWait)
		var t interface{ Timeout() bool }
		if errors.As(e.Err, &t) && t.Timeout() || errors.Is(e.Err, context.DeadlineExceeded) {
			d = max(d, lostWait)
		}
	}
	return max(d, e.RetryAfter)
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
