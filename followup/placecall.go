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
// call, settle it too, and set right what a look-up mistook (telephony.Switchboard.Named).
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
	lookUp bool      // an earlier try may have succeeded, so the carrier is asked about it instead
	since  time.Time // the carrier's calls of then and later are of it, or of others in doubt to the same number
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
		c = &calling{call: call, lookUp: call.State == telephony.CallPlacing, since: call.CreatedAt}
		if c.lookUp {
			doubts, err := tx.OutgoingInDoubt(ctx, call.Line, call.To)
			if err != nil {
				return err
			}
			if len(doubts) > 0 && doubts[0].CreatedAt.Before(c.since) {
				c.since = doubts[0].CreatedAt
			}
		}
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
	carrierID string   // it is placed
	found     []string // what a look-up found, the newest first: this call may be among them
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
	found, err := p.Find(ctx, *c.call, c.since)
	if err == nil {
		return placing{found: found}
	}
	a := refusedCall(err)
	a.refusal.Retry, a.refusal.Unknown = true, true // nothing is known better than before
	return a
}

// settle notes what the carrier said, and says whether to try again, at once or after a while.
func (w *placeCall) settle(ctx context.Context, c *calling, a placing) (again bool, wait time.Duration, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		again, wait = false, 0
		if a.carrierID != "" {
			_, err := w.Calls.Named(ctx, tx, telephony.Ref{BusinessID: c.call.BusinessID, ID: c.call.ID, CarrierID: a.carrierID})
			return err
		}
		unclaimed, err := unclaimed(ctx, tx, a.found)
		if err != nil {
			return err
		}
		call, err := tx.Outgoing(ctx, c.call.BusinessID, c.call.ID)
		if err != nil {
			return err
		}
		if call.State != telephony.CallPlacing || call.Attempts != c.call.Attempts {
			return nil // the carrier's webhook was faster; or the claim ran out, another worker is at it and will know better
		}
		now := w.Clock.Now()
		call.ClaimedAt = time.Time{}
		e := a.refusal
		if e == nil {
			id, err := theOne(ctx, tx, call, unclaimed, now)
			switch {
			case errors.As(err, &e):
			case err != nil:
				return err
			case id != "":
				return w.Calls.Accepted(ctx, tx, call, id, true)
			default:
				call.State, again = telephony.CallQueued, true
				return tx.UpdateOutgoing(ctx, call)
			}
		}
		switch {
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
