package twilio

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixly/business"
	"fixly/ledger"
	"fixly/telephony"
	"fixly/twilioapi"
)

// dialled is what came of a <Dial>.
type dialled struct {
	ringing
	status string        // DialCallStatus
	taken  bool          // somebody has talked with the caller
	unsure bool          // the carrier does not say whether the two were connected
	gone   bool          // the caller has hung up
	more   bool          // somebody is left to be rung
	talked time.Duration // how long the two had been talking when Twilio reported it
}

// readDialled reads what came of a <Dial> from its action's webhook.
//
// https://www.twilio.com/docs/voice/twiml/dial#action
func readDialled(q *hook) dialled {
	r, more := readRinging(q.URL.Query())
	status := q.form.Get("DialCallStatus")
	return dialled{
		ringing: r, status: status, more: more,
		// A person who hangs up instead of pressing 1 leaves a completed leg that was never bridged.
		taken:  (status == "completed" || status == "answered") && q.form.Get("DialBridged") != "false",
		unsure: q.form.Get("DialBridged") == "",
		gone:   callIsOver(q.form.Get("CallStatus")),
		talked: talkTime(q.form.Get("DialCallDuration")),
	}
}

// dial goes on after people were rung: it ends when somebody took the call, else the next is rung, else the
// receptionist answers, or goes on where the hand-over began.
func (h *Handler) dial(w http.ResponseWriter, q *hook) {
	ctx, cancel := context.WithTimeout(q.Context(), storageTimeout)
	defer cancel()
	read := readDialled(q)
	got := read
	language, again := "", false
	c, err := h.update(ctx, q, func(ctx context.Context, tx telephony.Tx, c *telephony.Call) (err error) {
		got = read // the transaction may be run more than once
		if err := h.settle(ctx, tx, q, c, &got); err != nil {
			return err
		}
		if q.URL.Query().Get("apology") != "" {
			if again, err = h.apologisedBefore(ctx, tx, c, q); err != nil {
				return err
			}
		}
		if got.gone {
			return telephony.End(ctx, tx, c, h.clock.Now())
		}
		language, err = languageOf(ctx, tx, c)
		return err
	})
	h.log.InfoContext(ctx, "people were rung", "call", q.form.Get("CallSid"), "phones", got.now, "status", got.status, "taken", got.taken)
	d := h.document()
	switch {
	case got.taken, got.gone:
		d.empty("Hangup")
	case q.URL.Query().Get("apology") != "" && (err != nil || c == nil || again):
		h.takeVoicemail(d, q)
	case err != nil || c == nil:
		h.log.ErrorContext(ctx, "the call of a dialled person can't be read", "call", q.form.Get("CallSid"), "error", err)
		h.apologise(d, q)
	case got.more:
		h.ring(h.holdWords(d, language), q.line, c, got.following())
	case c.ConversationID == "" && q.business().Answering.Voicemail == business.VoicemailNobodyTook:
		h.takeVoicemail(d, q)
	case c.ConversationID != "":
		h.withReceptionist(d, q, c, personGone)
	default:
		h.withReceptionist(d, q, c, fresh)
	}
	d.write(w)
}

// apologisedBefore notes that the owner was rung because something is broken, and says whether that happened before in the
// call: then it stays broken, and the caller is not sent round once more. The note is a ring of that <Dial>'s own, so that
// a repeated webhook is told the same.
func (h *Handler) apologisedBefore(ctx context.Context, tx telephony.Tx, c *telephony.Call, q *hook) (bool, error) {
	owner, series := q.business().Profile.Owner.Phone, apologySeries+":"+twilioapi.Text(q.form.Get("DialCallSid"))
	rings, err := tx.Rings(ctx, c.BusinessID, c.ID)
	if err != nil {
		return false, err
	}
	for _, r := range rings {
		if strings.HasPrefix(r.Series, apologySeries+":") {
			return r.Series != series, nil
		}
	}
	now := h.clock.Now()
	return false, tx.InsertRings(ctx, telephony.Ring{
		BusinessID: c.BusinessID, CallID: c.ID, Series: series, Phone: owner, At: now, Result: telephony.NoAnswer, SettledAt: now,
	})
}

// settle notes what came of a <Dial>: on the rings, on the call, and who is rung next.
func (h *Handler) settle(ctx context.Context, tx telephony.Tx, q *hook, c *telephony.Call, got *dialled) error {
	rings, err := tx.Rings(ctx, c.BusinessID, c.ID)
	if err != nil {
		return err
	}
	b, err := tx.Business(ctx, c.BusinessID)
	if err != nil {
		return err
	}
	got.believe(b, rings)
	if got.unsure && got.taken {
		got.taken = got.connected(rings)
	}
	for i := range rings {
		r := &rings[i]
		if r.Series != got.series || !slices.Contains(got.now, r.Phone) {
			continue
		}
		machine := r.Result == telephony.Machine && c.TakenBy == "" && len(got.now) == 1
		if machine || r.Cold && got.talked < telephony.LeastTalk {
			got.taken = false // handed over cold, and to a voicemail as far as anybody can tell
		}
	}
	for i := range rings {
		r := &rings[i]
		if r.Series != got.series || !slices.Contains(got.now, r.Phone) {
			continue
		}
		if r.Settle(got.result(r, c), h.clock.Now()) {
			if err := tx.UpdateRing(ctx, r); err != nil {
				return err
			}
		}
	}
	if !c.EndedAt.IsZero() {
		return nil
	}
	if got.more && !got.taken && !got.gone {
		if got.cold, err = goesCold(ctx, tx, q.business(), c, got.following()); err != nil {
			return err
		}
		if err := tx.InsertRings(ctx, got.following().rings(c, h.clock.Now())...); err != nil {
			return err
		}
	}
	was := *c
	got.note(c, h.clock.Now())
	if *c == was {
		return nil
	}
	if err := tx.UpdateCall(ctx, c); err != nil {
		return err
	}
	if c.TakenBy != "" && c.TakenBy != was.TakenBy {
		return tx.CallTaken(ctx, c, c.TakenBy)
	}
	return nil
}

// connected says, where the carrier doesn't, whether somebody was put through: who pressed 1 was, who was asked to and did
// not was not, and who was not asked was at once.
func (got *dialled) connected(rings []telephony.Ring) bool {
	asked := false
	for _, r := range rings {
		if r.Series != got.series || !slices.Contains(got.now, r.Phone) {
			continue
		}
		if r.Result == telephony.Taken {
			return true
		}
		asked = asked || r.Result == telephony.PickedUp || r.Result == telephony.Machine
	}
	return !asked
}

// result is what came of one ring of a <Dial>.
func (got *dialled) result(r *telephony.Ring, c *telephony.Call) telephony.RingResult {
	switch {
	case got.taken && (r.Phone == c.TakenBy || len(got.now) == 1):
		return telephony.Taken
	case got.taken:
		return telephony.SomebodyElse
	case got.gone:
		return telephony.CallerGone
	case r.Result == telephony.PickedUp:
		return telephony.Refused
	}
	switch got.status {
	case "busy":
		return telephony.Busy
	case "failed":
		return telephony.Failed
	case "completed", "answered":
		if len(got.now) == 1 {
			return telephony.Refused
		}
	case "canceled":
		return telephony.CallerGone
	}
	return telephony.NoAnswer
}

// note notes on a call what came of a <Dial>.
func (got *dialled) note(c *telephony.Call, now time.Time) {
	if got.taken && c.TakenBy == "" && len(got.now) == 1 {
		c.TakenBy = got.now[0]
	}
	switch {
	case got.taken && c.HandledBy != ledger.ByPerson:
		c.HandledBy = ledger.ByPerson
		if c.AnsweredAt.IsZero() {
			c.AnsweredAt = later(c.StartedAt, now.Add(-got.talked))
		}
	case !got.taken && c.HandledBy == ledger.ByPerson: // they pressed 1, but the caller had just gone
		c.HandledBy, c.TakenBy = ledger.ByReceptionist, ""
		if c.ConversationID == "" {
			c.HandledBy, c.AnsweredAt = "", time.Time{}
		}
	}
	back := !got.taken && !got.gone && !got.more
	if back && c.HandledBy == "" && c.Mode == string(business.ModeGather) { // as in arrival
		c.HandledBy, c.AnsweredAt = ledger.ByReceptionist, now
	}
}

// holdWords tell a caller who was to be put through that somebody else is tried. Who has not been answered yet hears it
// ring on.
func (h *Handler) holdWords(d *twiml, language string) *twiml {
	if language == "" {
		return d
	}
	words := phrasesIn(language)
	return say(d, words.locale, words.tryNext)
}

// languageOf is the language of a call's conversation; empty when it has none.
func languageOf(ctx context.Context, tx telephony.Tx, c *telephony.Call) (string, error) {
	if c.ConversationID == "" {
		return "", nil
	}
	conv, err := tx.Conversation(ctx, c.ConversationID)
	if err != nil {
		return "", err
	}
	if conv.Language == "" {
		return "en", nil
	}
	return conv.Language, nil
}

// talkTime reads DialCallDuration, in seconds; 0 when there is none.
func talkTime(seconds string) time.Duration {
	n, err := strconv.Atoi(seconds)
	if err != nil || n < 0 || n > 24*60*60 {
		return 0
	}
	return time.Duration(n) * time.Second
}
