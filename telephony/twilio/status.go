package twilio

import (
	"context"
	"net/http"

	"fixly/telephony"
)

// status hears how a call goes on at Twilio, and ends it here when it ended there.
//
// https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent
func (h *Handler) status(w http.ResponseWriter, q *hook) {
	if callIsOver(q.form.Get("CallStatus")) && q.form.Get("ParentCallSid") == "" {
		if err := h.end(q); err != nil {
			h.log.ErrorContext(q.Context(), "the end of a call can't be stored", "call", q.form.Get("CallSid"), "error", err)
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
			return
		}
	}
	w.WriteHeader(http.StatusNoContent)
}

// end ends the call of a webhook; one that has ended stays as it is.
func (h *Handler) end(q *hook) error {
	ctx, cancel := context.WithTimeout(q.Context(), endTimeout)
	defer cancel()
	_, err := h.update(ctx, q, func(ctx context.Context, tx telephony.Tx, c *telephony.Call) error {
		return telephony.End(ctx, tx, c, h.clock.Now())
	})
	return err
}
