package followup

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fixly/messaging"
)

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
	carrier, err := w.Carriers(c.shop, *line)
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
	if errors.Is(err, messaging.ErrCannotFind) {
		// Sent again, it might come twice; it is given up instead, and who it leaves waiting is told to the owner.
		return refused(&messaging.SendError{Class: string(messaging.InDoubt), Tell: messaging.InDoubt.Explain(), Err: err})
	}
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

// settle notes what came of handing a text over, and says whether more texts wait for the recipient.
func (w *sendText) settle(ctx context.Context, c claimed, a answer) (more bool, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if err := tx.LockThread(ctx, c.text.BusinessID, c.text.To); err != nil {
			return err
		}
		if err := w.note(ctx, tx, c, a); err != nil || c.more {
			more = c.more
			return err
		}
		unsent, err := tx.Unsent(ctx, c.text.BusinessID, c.text.To)
		more = len(unsent) > 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("followup: note what came of text %s: %w", c.text.ID, err)
	}
	if a.refusal != nil {
		w.Log.WarnContext(ctx, "text not accepted", "text", c.text.ID, "kind", c.text.Kind, "try", c.text.Attempts,
			"class", a.refusal.Class, "code", a.refusal.Code, "retry", a.refusal.Retry, "error", a.refusal)
	}
	return more, nil
}

// note writes down on the text what the carrier said.
func (w *sendText) note(ctx context.Context, tx Tx, c claimed, a answer) error {
	m, err := tx.Message(ctx, c.text.BusinessID, c.text.ID)
	if err != nil {
		return err
	}
	if m.Status != messaging.Sending { // the carrier's report was faster
		return nil
	}
	if a.carrierID == "" && m.Attempts != c.text.Attempts {
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
}

// pause is how long to leave a text alone after a refusal that can pass.
func pause(e *messaging.SendError, tries int) time.Duration {
	if e.Unknown {
		tries = (tries + 1) / 2 // every other one only looked whether the one before had succeeded
	}
	most := maxWait
	if messaging.Reason(e.Class) == messaging.Auth || tries > patientAfter {
		most = maxPatientWait
	}
	first := time.Second
	if messaging.Reason(e.Class) == messaging.Throttled {
		first = shortRest // the line rests, too, and with less at once the next try will pass
	}
	d := doubling(first, tries, most)
	if e.Unknown {
		d = max(d, droppedWait)
		var t interface{ Timeout() bool }
		if errors.As(e.Err, &t) && t.Timeout() || errors.Is(e.Err, context.DeadlineExceeded) {
			d = max(d, lostWait)
		}
	}
	return max(d, e.RetryAfter)
}
