package twilio

import (
	"context"
	"time"

	"fixly/routing"
	"fixly/telephony"
)

// callIsOver says whether a CallStatus is one of the last.
//
// https://www.twilio.com/docs/voice/api/call-resource#call-status-values
func callIsOver(status string) bool {
	switch status {
	case "completed", "busy", "failed", "no-answer", "canceled":
		return true
	}
	return false
}

// update runs f on the call of a webhook in a transaction. A call that was never stored, because the database was
// away when it came in, is stored now. The call is nil when it is none of the business's.
func (h *Handler) update(ctx context.Context, q *hook, f func(ctx context.Context, tx telephony.Tx, c *telephony.Call) error) (*telephony.Call, error) {
	in := q.incoming()
	if in.CarrierID == "" {
		return nil, nil
	}
	var found *telephony.Call
	err := h.storage.InTx(ctx, func(ctx context.Context, tx telephony.Tx) error {
		found = nil
		c, err := tx.CallByCarrierID(ctx, in.CarrierID)
		if err != nil {
			return err
		}
		if c == nil {
			if q.form.Get("To") != q.line.Number || q.form.Get("ParentCallSid") != "" {
				return nil // a leg to a person, or a call that we placed
			}
			late, err := h.late(ctx, tx, q.line, in)
			if late == nil || err != nil {
				return err
			}
			if _, err := tx.InsertCall(ctx, late); err != nil {
				return err
			}
			c = late
		}
		if c.BusinessID != q.business().ID {
			return nil
		}
		if err := f(ctx, tx, c); err != nil {
			return err
		}
		found = c
		return nil
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// late is a call that was never stored; nil when that was on purpose, see cameBack.
func (h *Handler) late(ctx context.Context, tx telephony.Tx, l *line, in telephony.Incoming) (*telephony.Call, error) {
	first, err := tx.FirstTime(ctx, telephony.UnstoredKey(in))
	if !first || err != nil {
		return nil, err
	}
	now := h.clock.Now().Truncate(time.Millisecond)
	c := arrival(l, in, routing.Decide(l.business, in, routing.Facts{}, now), now)
	return &c, nil
}

// stored reads the call of a webhook. When it can't be read the document puts the caller through to the owner, and
// there is no call.
func (h *Handler) stored(d *twiml, q *hook) *telephony.Call {
	return h.withCall(d, q, func(context.Context, telephony.Tx, *telephony.Call) error { return nil })
}

// handingOver is stored for a call in which people are about to be rung: it settles how, and notes it.
func (h *Handler) handingOver(d *twiml, q *hook, r *ringing) *telephony.Call {
	return h.withCall(d, q, func(ctx context.Context, tx telephony.Tx, c *telephony.Call) (err error) {
		if r.cold, err = goesCold(ctx, tx, q.business(), c, *r); err != nil {
			return err
		}
		return tx.InsertRings(ctx, r.rings(c, h.clock.Now())...)
	})
}

func (h *Handler) withCall(d *twiml, q *hook, f func(context.Context, telephony.Tx, *telephony.Call) error) *telephony.Call {
	ctx, cancel := context.WithTimeout(q.Context(), storageTimeout)
	defer cancel()
	c, err := h.update(ctx, q, f)
	if c == nil {
		h.log.ErrorContext(ctx, "the call of a webhook can't be read; it goes to the owner", "call", q.form.Get("CallSid"), "error", err)
		h.apologise(d, q)
	}
	return c
}
