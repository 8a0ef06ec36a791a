package followup

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/messaging"
	"fixly/telephony"
)

// placeCall has the carrier place a call of ours exactly once, in the three steps of sendText: claim, hand over, settle.
// A call in doubt is looked up at the carrier before it is placed again; the carrier's own webhooks, which name the
// call, settle it too.
type placeCall struct {
	worker[PlaceCall]
	Deps
}

// doubtFor is how long past its time a call in doubt is still asked about.
const doubtFor = time.Hour

// Work places one call.
func (w *placeCall) Work(ctx context.Context, job *river.Job[PlaceCall]) error {
	for {
		c, wait, err := w.claim(ctx, job.Args)
		if err != nil || c == nil && wait == 0 {
			return err
		}
		if wait > 0 {
			return river.JobSnooze(wait)
		}
		again, wait, err := w.settle(ctx, c, w.handOver(ctx, c))
		if err != nil {
			return err
		}
		if wait > 0 {
			return river.JobSnooze(wait)
		}
		if !again {
			return nil
		}
	}
}

// calling is a call to be placed.
type calling struct {
	shop   *business.Business
	call   *telephony.Outgoing
	lookUp bool // an earlier try may have succeeded, so the carrier is asked about it instead
}

// claim takes the call, or says when to come back; neither when there is nothing to do.
func (w *placeCall) claim(ctx context.Context, job PlaceCall) (c *calling, wait time.Duration, err error) {
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		c, wait = nil, 0
		call, err := tx.Outgoing(ctx, job.BusinessID, job.CallID)
		if err != nil {
			return err
		}
		now := w.Clock.Now()
		switch {
		case call.State != telephony.CallQueued && call.State != telephony.CallPlacing:
			return nil
		case !call.ClaimedAt.IsZero() && now.Sub(call.ClaimedAt) < lease:
			wait = busyWait
			return nil
		case call.RetryAt.After(now):
			wait = call.RetryAt.Sub(now)
			return nil
		case call.State == telephony.CallQueued && now.After(call.NotAfter):
			return w.Calls.End(ctx, tx, call, telephony.CallTooLate)
		}
		c = &calling{call: call, lookUp: call.State == telephony.CallPlacing}
		if c.shop, err = tx.Business(ctx, call.BusinessID); err != nil {
			return err
		}
		call.State, call.ClaimedAt, call.RetryAt = telephony.CallPlacing, now, time.Time{}
		call.Attempts++
		return tx.UpdateOutgoing(ctx, call)
	})
	if err != nil {
		return nil, 0, fmt.Errorf("followup: claim call %s: %w", job.CallID, err)
	}
	return c, wait, nil
}

// placing is what a carrier said about a call.
type placing struct {
	carrierID string // it is placed
	absent    bool   // a look-up found nothing: it may be placed
	refusal   *telephony.PlaceError
}

func refusedCall(err error) placing {
	var e *telephony.PlaceError
	if !errors.As(err, &e) {
		e = &telephony.PlaceError{Class: string(messaging.Other), Retry: true, Unknown: true, Err: err}
	}
	return placing{refusal: e}
}

// placer gives who places the calls of a call's line.
func (d Deps) placer(b *business.Business, line string) (telephony.Placer, error) {
	l := b.LineByNumber(line)
	if l == nil {
		return nil, &telephony.PlaceError{Class: string(messaging.NoLine), Tell: messaging.NoLine.Explain(), Err: errors.New("the line is gone")}
	}
	p, err := d.Placers(*l)
	if err != nil {
		return nil, &telephony.PlaceError{Class: string(messaging.NoLine), Tell: "The carrier of the line can't place calls.", Err: err}
	}
	return p, nil
}

// handOver asks the carrier to place the call, or whether it did.
func (w *placeCall) handOver(ctx context.Context, c *calling) placing {
	p, err := w.placer(c.shop, c.call.Line)
	if err != nil {
		return refusedCall(err)
	}
	ctx, cancel := context.WithTimeout(ctx, carrierTimeout)
	defer cancel()
	if !c.lookUp {
		id, err := p.Place(ctx, *c.call)
		if err != nil {
			return refusedCall(err)
		}
		return placing{carrierID: id}
	}
	ids, err := p.Find(ctx, *c.call, c.call.CreatedAt)
	if err == nil {
		var id string
		if id, err = w.unclaimed(ctx, ids); err == nil {
			return placing{carrierID: id, absent: id == ""}
		}
	}
	a := refusedCall(err)
	a.refusal.Retry, a.refusal.Unknown = true, true // nothing is known better than before
	return a
}

// unclaimed is the first of the carrier's calls that is no other call of ours: one person may be rung about two things.
func (w *placeCall) unclaimed(ctx context.Context, carrierIDs []string) (id string, err error) {
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		id = ""
		for _, x := range carrierIDs {
			other, err := tx.OutgoingByCarrierID(ctx, x)
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

// settle notes what the carrier said, and says whether to try again, at once or after a while.
func (w *placeCall) settle(ctx context.Context, c *calling, a placing) (again bool, wait time.Duration, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		again, wait = false, 0
		call, err := tx.Outgoing(ctx, c.call.BusinessID, c.call.ID)
		if err != nil {
			return err
		}
		if call.State != telephony.CallPlacing { // the carrier's webhook was faster
			return nil
		}
		if a.carrierID != "" {
			return w.Calls.Accepted(ctx, tx, call, a.carrierID)
		}
		if call.Attempts != c.call.Attempts {
			return nil // the claim ran out, another worker is at it and will know better
		}
		now := w.Clock.Now()
		call.ClaimedAt = time.Time{}
		e := a.refusal
		switch {
		case a.absent:
			call.State, again = telephony.CallQueued, true
		case e.Retry && now.Before(call.NotAfter), e.Retry && e.Unknown && now.Sub(call.NotAfter) < doubtFor:
			if !e.Unknown {
				call.State = telephony.CallQueued
			}
			wait = pause(&messaging.SendError{Class: e.Class, Unknown: e.Unknown, RetryAfter: e.RetryAfter, Err: e.Err}, call.Attempts)
			call.ErrorCode, call.RetryAt = e.Code, now.Add(wait)
		default:
			call.ErrorCode, call.Why = e.Code, e.Tell
			if call.Why == "" {
				call.Why = messaging.Reason(e.Class).Explain()
			}
			return w.Calls.End(ctx, tx, call, telephony.CallFailed)
		}
		return tx.UpdateOutgoing(ctx, call)
	})
	if err != nil {
		return false, 0, fmt.Errorf("followup: note what came of call %s: %w", c.call.ID, err)
	}
	if a.refusal != nil {
		w.Log.WarnContext(ctx, "call not placed", "call", c.call.ID, "purpose", c.call.Purpose, "try", c.call.Attempts,
			"class", a.refusal.Class, "code", a.refusal.Code, "retry", a.refusal.Retry, "error", a.refusal)
	}
	return again, wait, nil
}
