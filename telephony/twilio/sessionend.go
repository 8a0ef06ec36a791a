package twilio

import (
	"context"

	"fixly/telephony"
)

// keepEnd notes what a session's end message says, before it is sent, for a carrier that will not repeat it. Where it can't be
// noted, the carrier's question what next finds nothing, and the conversation is resumed.
func (h *Handler) keepEnd(ctx context.Context, s sessionCall, said string) {
	if !h.dialect.Forgets {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, storageTimeout)
	defer cancel()
	err := h.storage.InTx(ctx, func(ctx context.Context, tx telephony.Tx) error {
		return tx.KeepSessionEnd(ctx, &telephony.Call{ID: s.id, BusinessID: s.businessID}, said)
	})
	if err != nil {
		h.log.ErrorContext(ctx, "how a session ends can't be noted; it will be resumed", "call", s.carrierID, "error", err)
	}
}

// endOf is what the end message of the session said that an action follows; empty where it had none, or none is known.
func (h *Handler) endOf(q *hook) (said string) {
	if said = q.form.Get("HandoffData"); said != "" || !h.dialect.Forgets || callIsOver(q.form.Get("CallStatus")) {
		return said
	}
	ctx, cancel := context.WithTimeout(q.Context(), storageTimeout)
	defer cancel()
	_, err := h.update(ctx, q, func(ctx context.Context, tx telephony.Tx, c *telephony.Call) (err error) {
		said, err = tx.SessionEnd(ctx, c)
		return err
	})
	if err != nil {
		h.log.ErrorContext(ctx, "how a session ended can't be read; it is resumed", "call", q.form.Get("CallSid"), "error", err)
		return ""
	}
	return said
}
