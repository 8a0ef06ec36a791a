package twilio

import (
	"context"
	"errors"
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

// errNotRung says that nobody was rung as an address says.
var errNotRung = errors.New("nobody was rung there for this call")

// leg is a <Number> of ours, as its address says.
type leg struct{ call, line, series, phone string }

func legOf(q *hook) leg {
	v := q.URL.Query()
	g := leg{twilioapi.Text(v.Get("call")), twilioapi.Text(v.Get("line")), twilioapi.Text(v.Get("series")), twilioapi.Text(v.Get("phone"))}
	if g.phone == "" {
		g.phone = contact.CallerID(q.form.Get("To"))
	}
	return g
}

// accept speaks to a person of the chain who picked up, before the caller is put through: whose call it is, what it is
// about, and that 1 takes it. Without this a voicemail would take the call and the caller would be lost. That they took
// it is noted at once, so that a long talk does not look like a call gone quiet, and who comes after them is told; where
// it can't be, they are put through all the same.
//
// https://www.twilio.com/docs/voice/twiml/number#attributes-url
func (h *Handler) accept(w http.ResponseWriter, q *hook) {
	ctx, cancel := context.WithTimeout(q.Context(), acceptTimeout)
	defer cancel()
	g, d := legOf(q), h.document()
	l := h.called(ctx, q, g.line)
	words := phrasesIn(l.language())
	keys := q.form.Get("Digits")
	switch {
	case strings.Contains(keys, "1"):
		mine, err := h.takes(ctx, q, g)
		if err != nil {
			h.log.WarnContext(ctx, "that a person took a call can't be noted", "call", g.call, "error", err)
		}
		if !mine && err == nil {
			say(d, words.locale, words.tooLate).empty("Hangup")
		}
		d.write(w) // an empty document bridges the two
		return
	case keys != "":
		d.empty("Hangup").write(w) // any other key: not now. The next is rung at once
		return
	}
	told, err := h.pickedUp(ctx, q, g)
	if err != nil {
		h.log.WarnContext(ctx, "what a call is about can't be read", "call", g.call, "error", err)
		told.recorded = l.business.RecordsOn(l.Line) // it may be
	}
	d.start("Gather").attr("numDigits", "1").number("timeout", 6).attr("action", h.public.Requested(q.Request)).attr("method", "POST")
	say(d, words.locale, words.whisper(l.business.Profile.Name, q.form.Get("From"), told))
	d.end("Gather").empty("Hangup")
	d.write(w)
}

// pickedUp notes that somebody or something picked up, and finds what there is to tell them.
func (h *Handler) pickedUp(ctx context.Context, q *hook, g leg) (told about, err error) {
	err = h.onLeg(ctx, q, g, func(ctx context.Context, tx telephony.Tx, c *telephony.Call, rings []telephony.Ring) error {
		for i := range rings {
			if r := &rings[i]; r.Series == g.series && r.Phone == g.phone && r.Settle(telephony.PickedUp, h.clock.Now()) {
				if err := tx.UpdateRing(ctx, r); err != nil {
					return err
				}
			}
		}
		told, err = aboutCall(ctx, tx, c)
		return err
	})
	return told, err
}

// takes notes that a person has a call, and says whether they do: somebody else may have been faster, and the caller may
// have gone.
func (h *Handler) takes(ctx context.Context, q *hook, g leg) (mine bool, err error) {
	err = h.onLeg(ctx, q, g, func(ctx context.Context, tx telephony.Tx, c *telephony.Call, rings []telephony.Ring) error {
		mine = c.EndedAt.IsZero() && (c.HandledBy != ledger.ByPerson || c.TakenBy == g.phone || c.TakenBy == "")
		result := telephony.Taken
		if !mine {
			result = telephony.TooLate
		}
		for i := range rings {
			r := &rings[i]
			if r.Series != g.series || r.Phone != g.phone || r.Result == result {
				continue
			}
			r.Result, r.SettledAt = result, h.clock.Now() // whatever a machine took them for
			if err := tx.UpdateRing(ctx, r); err != nil {
				return err
			}
		}
		if !mine || c.TakenBy == g.phone {
			return nil
		}
		c.HandledBy, c.TakenBy = ledger.ByPerson, g.phone
		if c.AnsweredAt.IsZero() {
			c.AnsweredAt = h.clock.Now()
		}
		if err := tx.UpdateCall(ctx, c); err != nil {
			return err
		}
		return tx.CallTaken(ctx, c, g.phone)
	})
	return mine, err
}

// onLeg runs f on the call that a leg was rung for, in a transaction.
func (h *Handler) onLeg(ctx context.Context, q *hook, g leg, f func(context.Context, telephony.Tx, *telephony.Call, []telephony.Ring) error) error {
	return h.storage.InTx(ctx, func(ctx context.Context, tx telephony.Tx) error {
		c, err := callOf(ctx, tx, q, g)
		if err != nil {
			return err
		}
		b, err := tx.Business(ctx, c.BusinessID)
		if err != nil {
			return err
		}
		if !h.mayServe(h.dialect.Key(q.line.Line), b) {
			return errForeignCall
		}
		rings, err := tx.Rings(ctx, c.BusinessID, c.ID)
		if err != nil {
			return err
		}
		if !h.isRung(q, b, c, rings, g) {
			return errNotRung
		}
		return f(ctx, tx, c, rings)
	})
}

// callOf is the call that a leg was rung for. Where it was rung without looking at the database, the address does not
// name it, and Twilio does.
func callOf(ctx context.Context, tx telephony.Tx, q *hook, g leg) (*telephony.Call, error) {
	if g.call != "" {
		return tx.Call(ctx, g.call)
	}
	c, err := tx.CallByCarrierID(ctx, q.form.Get("ParentCallSid"))
	if err == nil && c == nil {
		err = telephony.ErrNoCall
	}
	return c, err
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
	if l == nil || !h.mayServe(h.dialect.Key(q.line.Line), l.business) {
		return q.line
	}
	return l
}
