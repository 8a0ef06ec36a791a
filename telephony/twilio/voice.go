package twilio

import (
	"context"
	"net/http"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/ledger"
	"fixly/routing"
	"fixly/telephony"
)

// voice answers an incoming call: one transaction that stores it, then what its route says. A repeated webhook
// finds the call stored and derives the same answer from it.
func (h *Handler) voice(w http.ResponseWriter, q *hook) {
	to := q.form.Get("To")
	if q.line.Number != to {
		h.log.WarnContext(q.Context(), "a call to a number that is no line of ours", "to", to, "from", q.form.Get("From"),
			"account", q.form.Get("AccountSid"), "call", q.form.Get("CallSid"))
		words := phrasesIn("en")
		say(h.document(), words.locale, words.notInService).empty("Hangup").write(w)
		return
	}
	if q.form.Get("CallSid") == "" {
		http.Error(w, "CallSid is missing", http.StatusBadRequest)
		return
	}
	ctx, cancel := context.WithTimeout(q.Context(), storageTimeout)
	defer cancel()
	in := q.incoming()
	if h.isTest(ctx, q.business(), in) {
		newTwiML(h.dialect).start("Reject").attr("reason", "busy").end("Reject").write(w)
		return
	}
	c, route, err := h.admit(ctx, q.line, in)
	if err != nil {
		h.log.ErrorContext(ctx, "a call can't be stored; it goes to the owner", "call", in.CarrierID, "error", err)
		h.apologise(h.document(), q).write(w)
		return
	}
	d := h.document()
	switch route.Action {
	case routing.Reject:
		d.start("Reject")
		if route.Reason == routing.CameBack {
			d.attr("reason", "busy") // which our own <Dial> hears, and rings the next
		}
		d.end("Reject")
	case routing.Ring:
		h.ring(d, q.line, c, begin(q.business(), "", phonesOf(route.People)))
	default:
		h.withReceptionist(d, q, c, fresh)
	}
	d.write(w)
}

// isTest says whether a call is our own, come in by the forwarding that it tests. Where that can't be found out, it is
// taken for a caller's.
func (h *Handler) isTest(ctx context.Context, b *business.Business, in telephony.Incoming) bool {
	if h.forwarding == nil {
		return false
	}
	ours, err := h.forwarding.Came(ctx, b, in)
	if err != nil {
		h.log.ErrorContext(ctx, "whether a call tests the forwarding can't be found out", "call", in.CarrierID, "error", err)
	}
	return ours && err == nil
}

// incoming is the call that a webhook is about.
func (q *hook) incoming() telephony.Incoming {
	if q.call != nil {
		return *q.call
	}
	q.call = &telephony.Incoming{
		CarrierID:     q.form.Get("CallSid"),
		From:          contact.CallerID(q.form.Get("From")),
		To:            q.line.Number,
		ForwardedFrom: contact.CallerID(q.form.Get("ForwardedFrom")),
		CallerName:    q.form.Get("CallerName"),
		Attestation:   q.form.Get("StirVerstat"),
	}
	return *q.call
}

// admit stores a call as its route wants it, or reads it when it is stored already. A call that is our own ringing, come
// back, is none: it is not stored.
func (h *Handler) admit(ctx context.Context, l *line, in telephony.Incoming) (*telephony.Call, routing.Route, error) {
	now := h.clock.Now().Truncate(time.Millisecond) // as it is stored: a repeat must see the same instant
	var (
		c     telephony.Call
		route routing.Route
	)
	err := h.storage.InTx(ctx, func(ctx context.Context, tx telephony.Tx) error {
		facts, err := lookUp(ctx, tx, l.business, in, now)
		if err != nil {
			return err
		}
		route = routing.Decide(l.business, in, facts, now)
		if route.Reason == routing.CameBack {
			return nil
		}
		c = arrival(l, in, route, now)
		created, err := tx.InsertCall(ctx, &c)
		if err != nil {
			return err
		}
		if !created {
			// The route of the stored call: decided at its start, whenever the webhook is repeated.
			route = routing.Decide(l.business, in, routing.FactsOf(routing.Reason(c.Route)), c.StartedAt)
			return nil
		}
		if route.Action == routing.Ring {
			return tx.InsertRings(ctx, begin(l.business, "", phonesOf(route.People)).rings(&c, now)...)
		}
		if c.EndedAt.IsZero() {
			return nil
		}
		return tx.CallEnded(ctx, &c)
	})
	return &c, route, err
}

// ringsFor is how long a phone may have been ringing that forwards our own ringing back to us.
const ringsFor = 2 * time.Minute

// lookUp finds what storage knows of a call that comes in and its route depends on; mostly that is nothing.
func lookUp(ctx context.Context, tx telephony.Tx, b *business.Business, in telephony.Incoming, now time.Time) (f routing.Facts, err error) {
	if routing.MayComeBack(b, in) {
		if f.CameBack, err = cameBack(ctx, tx, b, in, now); err != nil {
			return f, err
		}
	}
	if routing.NeedsCustomer(b, in) {
		c, err := tx.CustomerByPhone(ctx, b.ID, in.From)
		if err != nil {
			return f, err
		}
		f.Known = c != nil
	}
	return f, nil
}

// cameBack says whether a call that a person's phone forwarded is our own ringing of that phone. A repeated webhook is
// told what the first one was: what was stored then is a call.
func cameBack(ctx context.Context, tx telephony.Tx, b *business.Business, in telephony.Incoming, now time.Time) (bool, error) {
	first, err := tx.FirstTime(ctx, telephony.UnstoredKey(in))
	if err != nil {
		return false, err
	}
	if first {
		return tx.IsRinging(ctx, b.ID, in.ForwardedFrom, in.From, now.Add(-ringsFor))
	}
	c, err := tx.CallByCarrierID(ctx, in.CarrierID)
	return c == nil && err == nil, err
}

// arrival is a call that comes in now.
func arrival(l *line, in telephony.Incoming, route routing.Route, now time.Time) telephony.Call {
	c := telephony.Call{
		BusinessID: l.business.ID, CarrierID: in.CarrierID,
		Line: l.Number, From: in.From, CallerName: in.CallerName, ForwardedFrom: in.ForwardedFrom,
		Direction: "inbound", Mode: string(mode(l)), Route: string(route.Reason), StartedAt: now,
	}
	switch {
	case route.Action == routing.Reject:
		c.Outcome, c.HandledBy, c.EndedAt = ledger.Spam, ledger.ByNobody, now
	case route.Action == routing.Receptionist && c.Mode == string(business.ModeGather):
		// A <Gather> speaks as soon as Twilio has it; a relay session reports when it is there (see session.go).
		c.AnsweredAt, c.HandledBy = now, ledger.ByReceptionist
	}
	return c
}

// mode is how calls on a line reach the receptionist. Where this installation does not serve sound itself, Twilio's
// recogniser and voices do.
func mode(l *line) business.Mode {
	if l.Mode == business.ModeGather {
		return business.ModeGather
	}
	return business.ModeRelay
}
