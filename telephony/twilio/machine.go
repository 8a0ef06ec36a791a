package twilio

import (
	"context"
	"net/http"
	"strings"

	"fixly/telephony"
)

// machine hears who or what Twilio thinks picked up a phone that we rang. A voicemail is noted and hung up on at once,
// so that the caller need not wait until it has heard what it is about; whatever Twilio thinks, only 1 takes the call.
//
// https://www.twilio.com/docs/voice/answering-machine-detection
func (h *Handler) machine(w http.ResponseWriter, q *hook) {
	by := q.form.Get("AnsweredBy")
	if !strings.HasPrefix(by, "machine") && by != "fax" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	ctx, cancel := context.WithTimeout(q.Context(), storageTimeout)
	defer cancel()
	g, mine := legOf(q), false // what can't be noted may have been taken by a person
	err := h.onLeg(ctx, q, g, func(ctx context.Context, tx telephony.Tx, _ *telephony.Call, rings []telephony.Ring) error {
		for i := range rings {
			r := &rings[i]
			if r.Series != g.series || r.Phone != g.phone {
				continue
			}
			if mine = r.Settle(telephony.Machine, h.clock.Now()); mine { // else they have pressed 1, which no machine does
				return tx.UpdateRing(ctx, r)
			}
		}
		return nil
	})
	if err != nil {
		h.log.WarnContext(ctx, "that a machine picked up can't be noted", "call", g.call, "error", err)
	}
	if l := h.called(ctx, q, g.line); mine && h.hangUp != nil {
		if err := h.hangUp(ctx, *l.Line, q.form.Get("CallSid")); err != nil {
			h.log.WarnContext(ctx, "a leg to a machine can't be ended; it ends by itself", "call", g.call, "error", err)
		}
	}
	w.WriteHeader(http.StatusNoContent)
}
