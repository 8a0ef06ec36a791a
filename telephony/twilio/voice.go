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
		say(newTwiML(), words.locale, words.notInService).empty("Hangup").write(w)
		return
	}
	if q.form.Get("CallSid") == "" {
		http.Error(w, "CallSid is missing", http.StatusBadRequest)
		return
	}
	ctx, cancel := context.WithTimeout(q.Context(), storageTimeout)
	defer cancel()
	in := q.incoming()
	c, err := h.admit(ctx, q.line, in)
	if err != nil {
		h.log.ErrorContext(ctx, "a call can't be stored; it goes to the owner", "call", in.CarrierID, "error", err)
		h.apologise(newTwiML(), q.line).write(w)
		return
	}
	// The route of the stored call: decided at its start, whenever the webhook is repeated.
	route := routing.Decide(q.business(), in, c.StartedAt)
	d := newTwiML()
	switch route.Action {
	case routing.Reject:
		d.empty("Reject")
	case routing.Ring:
		h.ring(d, q.line, c, phonesOf(route.People), 1)
	default:
		h.withReceptionist(d, q, c, fresh)
	}
	d.write(w)
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

// admit stores a call as its route wants it, or reads it when it is stored already.
func (h *Handler) admit(ctx context.Context, l *line, in telephony.Incoming) (*telephony.Call, error) {
	arrived := h.arrival(l, in)
	var c telephony.Call
	err := h.storage.InTx(ctx, func(ctx context.Context, tx telephony.Tx) error {
		c = arrived
		created, err := tx.InsertCall(ctx, &c)
		if err != nil || !created || c.EndedAt.IsZero() {
			return err
		}
		return tx.CallEnded(ctx, &c)
	})
	return &c, err
}

// arrival is a call that comes in now.
func (h *Handler) arrival(l *line, in telephony.Incoming) telephony.Call {
	now := h.clock.Now().Truncate(time.Millisecond) // as it is stored: a repeat must see the same instant
	route := routing.Decide(l.business, in, now)
	c := telephony.Call{
		BusinessID: l.business.ID, CarrierID: in.CarrierID,
		Line: l.Number, From: in.From, CallerName: in.CallerName,
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
