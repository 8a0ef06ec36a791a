package twilio

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/ledger"
	"fixly/telephony"
)

// maxRings bounds how many phones are rung for one call, however its addresses were made.
const maxRings = 10

// dial goes on after a person was rung: it ends when they took the call, else the next is rung, else the
// receptionist answers, or goes on where the transfer began.
//
// https://www.twilio.com/docs/voice/twiml/dial#action
func (h *Handler) dial(w http.ResponseWriter, q *hook) {
	ctx, cancel := context.WithTimeout(q.Context(), storageTimeout)
	defer cancel()
	query := q.URL.Query()
	status := q.form.Get("DialCallStatus")
	// A person who hangs up instead of pressing 1 leaves a completed leg that was never bridged.
	taken := (status == "completed" || status == "answered") && q.form.Get("DialBridged") != "false"
	h.log.InfoContext(ctx, "a person was rung", "call", q.form.Get("CallSid"), "phone", query.Get("rang"), "status", status, "taken", taken)

	gone := callIsOver(q.form.Get("CallStatus"))
	attempt, _ := strconv.Atoi(query.Get("attempt")) // absent: 0
	next := query["next"]
	ringNext := len(next) > 0 && attempt < maxRings && contact.IsE164(next[0])
	c, err := h.update(ctx, q, func(ctx context.Context, tx telephony.Tx, c *telephony.Call) error {
		if h.dialled(c, taken, !taken && !gone && !ringNext, talkTime(q.form.Get("DialCallDuration"))) {
			if err := tx.UpdateCall(ctx, c); err != nil {
				return err
			}
		}
		if gone {
			return telephony.End(ctx, tx, c, h.clock.Now())
		}
		return nil
	})
	d := newTwiML()
	words := phrasesIn(q.line.language())
	switch {
	case taken, gone:
		d.empty("Hangup")
	case query.Get("apology") != "" && err != nil:
		say(d, words.locale, words.tryAgain).empty("Hangup")
	case err != nil || c == nil:
		h.log.ErrorContext(ctx, "the call of a dialled person can't be read", "call", q.form.Get("CallSid"), "error", err)
		h.apologise(d, q.line)
	case ringNext:
		h.ring(d, q.line, c, next, attempt+1)
	case c.ConversationID != "":
		h.withReceptionist(d, q, c, personGone)
	default:
		h.withReceptionist(d, q, c, fresh)
	}
	d.write(w)
}

// dialled notes on a call what came of ringing a person, and says whether that is news. talked is how long the two
// had been talking when Twilio reported it.
func (h *Handler) dialled(c *telephony.Call, taken, back bool, talked time.Duration) bool {
	if !c.EndedAt.IsZero() {
		return false
	}
	was := *c
	switch {
	case taken && c.HandledBy != ledger.ByPerson:
		c.HandledBy = ledger.ByPerson
		if c.AnsweredAt.IsZero() {
			c.AnsweredAt = later(c.StartedAt, h.clock.Now().Add(-talked))
		}
	case !taken && c.HandledBy == ledger.ByPerson: // they pressed 1, but the caller had just gone
		c.HandledBy = ledger.ByReceptionist
		if c.ConversationID == "" {
			c.HandledBy, c.AnsweredAt = "", time.Time{}
		}
	}
	if back && c.HandledBy == "" && c.Mode == string(business.ModeGather) { // as in arrival
		c.HandledBy, c.AnsweredAt = ledger.ByReceptionist, h.clock.Now()
	}
	return was != *c
}

// talkTime reads DialCallDuration, in seconds; 0 when there is none.
func talkTime(seconds string) time.Duration {
	n, err := strconv.Atoi(seconds)
	if err != nil || n < 0 || n > 24*60*60 {
		return 0
	}
	return time.Duration(n) * time.Second
}
