package twilio

import (
	"context"
	"net/http"
	"strings"
	"time"

	"fixly/contact"
	"fixly/ledger"
	"fixly/telephony"
	"fixly/twilioapi"
)

// acceptTimeout bounds what a person who takes a call waits for it to be noted.
const acceptTimeout = time.Second

// accept speaks to a person of the chain who picked up, before the caller is put through: whose call it is, and
// that 1 takes it. Without this a voicemail would take the call and the caller would be lost. That they took it is
// noted at once, so that a long talk does not look like a call gone quiet; where it can't be, they are put through
// all the same.
//
// https://www.twilio.com/docs/voice/twiml/number#attributes-url
func (h *Handler) accept(w http.ResponseWriter, q *hook) {
	ctx, cancel := context.WithTimeout(q.Context(), acceptTimeout)
	defer cancel()
	d := newTwiML()
	query := q.URL.Query()
	if strings.Contains(q.form.Get("Digits"), "1") {
		if err := h.taken(ctx, q, twilioapi.Text(query.Get("call"))); err != nil {
			h.log.WarnContext(ctx, "that a person took a call can't be noted", "call", query.Get("call"), "error", err)
		}
		d.write(w) // an empty document bridges the two
		return
	}
	l := h.called(ctx, q, twilioapi.Text(query.Get("line")))
	words := phrasesIn(l.language())
	d.start("Gather").attr("numDigits", "1").number("timeout", 6).attr("action", h.public.Requested(q.Request)).attr("method", "POST")
	say(d, words.locale, words.callFor+" "+l.business.Profile.Name+". "+callerSpoken(q.form.Get("From"))+words.pressOne)
	d.end("Gather").empty("Hangup")
	d.write(w)
}

// taken notes that a person has a call.
func (h *Handler) taken(ctx context.Context, q *hook, id string) error {
	return h.storage.InTx(ctx, func(ctx context.Context, tx telephony.Tx) error {
		c, err := tx.Call(ctx, id)
		if err != nil {
			return err
		}
		b, err := tx.Business(ctx, c.BusinessID)
		if err != nil {
			return err
		}
		if !h.mayServe(q.line.AuthToken, b) {
			return errForeignCall
		}
		if !c.EndedAt.IsZero() || c.HandledBy == ledger.ByPerson {
			return nil
		}
		c.HandledBy = ledger.ByPerson
		if c.AnsweredAt.IsZero() {
			c.AnsweredAt = h.clock.Now()
		}
		return tx.UpdateCall(ctx, c)
	})
}

// called is the line that the caller rang. The webhook is about another leg, to a person, whose numbers name no line;
// businesses may share the account that remains.
func (h *Handler) called(ctx context.Context, q *hook, number string) *line {
	if number == "" || number == q.line.Number {
		return q.line
	}
	l, err := h.find(ctx, number, "", "")
	if err != nil {
		h.log.WarnContext(ctx, "the line of a call can't be looked up", "line", number, "error", err)
	}
	if l == nil || !h.mayServe(q.line.AuthToken, l.business) {
		return q.line
	}
	return l
}

// callerSpoken reads a caller's number out, digit by digit; nothing for a withheld one or for a line of ours.
func callerSpoken(from string) string {
	number := contact.CallerID(from)
	if number == "" {
		return ""
	}
	var s strings.Builder
	for _, c := range contact.National(number) {
		switch {
		case c >= '0' && c <= '9':
			s.WriteRune(c)
			s.WriteByte(' ')
		case s.Len() > 0 && c != ')':
			s.WriteString(", ")
		}
	}
	return strings.TrimSpace(strings.ReplaceAll(s.String(), " , ", ", ")) + ". "
}
