package twilio

import (
	"encoding/json"
	"net/http"
	"strconv"

	"fixly/contact"
	"fixly/twilioapi"
)

// encode writes a handoff as it travels, in handoffData.
func (f handoff) encode() string {
	b, err := json.Marshal(f)
	if err != nil { // strings always marshal
		return ""
	}
	return string(b)
}

// parseHandoff reads handoffData, the zero handoff when there is none that we wrote.
func parseHandoff(s string) handoff {
	var f handoff
	if err := json.Unmarshal([]byte(s), &f); err != nil {
		return handoff{}
	}
	to := f.To[:0]
	for _, n := range f.To {
		if contact.IsE164(n) {
			to = append(to, n)
		}
	}
	f.To = to
	return f
}

// relayDone goes on after a ConversationRelay session: by what the session handed over, or, when it was lost, with
// another one that resumes the conversation. After too many lost sessions the conversation goes on by <Gather>.
//
// https://www.twilio.com/docs/voice/twiml/connect/conversationrelay#action-url-callback
func (h *Handler) relayDone(w http.ResponseWriter, q *hook) {
	ctx := q.Context()
	status := q.form.Get("SessionStatus")
	f := parseHandoff(h.endOf(q))
	h.log.InfoContext(ctx, "relay session done", "call", q.form.Get("CallSid"), "status", status, "handoff", f.Reason,
		"error", q.form.Get("ErrorCode"), "message", q.form.Get("ErrorMessage"))

	d := h.document()
	switch {
	case callIsOver(q.form.Get("CallStatus")), status == "completed": // the caller hung up
		if err := h.end(q); err != nil {
			h.log.ErrorContext(ctx, "the end of a call can't be stored", "call", q.form.Get("CallSid"), "error", err)
		}
		d.empty("Hangup")
	case f.Reason == handoffBroken:
		h.apologise(d, q)
	case f.Reason == handoffGoodbye:
		d.empty("Hangup")
	case f.Reason == handoffTransfer && len(f.To) > 0:
		h.transfer(d, q, f.To)
	default:
		h.again(d, q)
	}
	d.write(w)
}

// session tells a session apart from the call's others: by Twilio's id of it or, where the carrier gives none, by its number.
func (q *hook) session() string {
	if id := q.form.Get("SessionId"); id != "" || !q.URL.Query().Has("session") {
		return id
	}
	return "session" + twilioapi.Text(q.URL.Query().Get("session"))
}

// transfer rings the people that the receptionist named.
func (h *Handler) transfer(d *twiml, q *hook, to []string) {
	r := begin(q.business(), q.session(), to)
	if c := h.handingOver(d, q, &r); c != nil {
		h.ring(d, q.line, c, r)
	}
}

// again resumes the conversation of a lost session.
func (h *Handler) again(d *twiml, q *hook) {
	c := h.stored(d, q)
	if c == nil {
		return
	}
	nth, _ := strconv.Atoi(q.URL.Query().Get("session")) // absent: 0
	if h.cut.answered(c.CarrierID) {
		// Cut by our own going down: the call waits for the server to be back. It counts as no loss.
		d.start("Pause").number("length", restartPause).end("Pause")
		nth = 0
	}
	if nth < maxSessions {
		h.connect(d, q.line, c, q.incoming(), reconnected, nth+1)
		return
	}
	h.gatherResumed(d, q, c, reconnected)
}
