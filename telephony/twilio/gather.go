package twilio

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"fixly/consent"
	"fixly/ledger"
	"fixly/receptionist"
	"fixly/telephony"
	"fixly/twilioapi"
)

// gatherTimeout is how long Twilio waits for the caller to begin, in seconds.
const gatherTimeout = 6

// gatherAt is where a conversation by <Gather> stands. It travels in the action's address, so a webhook that
// Twilio repeats is the same turn, and Twilio's own retries can't take a turn twice.
type gatherAt struct {
	turn     int
	silences int // in a row
	told     consent.Told
	series   string // tells apart the turns before and after a person was rung, or a session was lost
}

func (g gatherAt) query(c *telephony.Call) string {
	v := url.Values{"call": {c.ID}, "turn": {strconv.Itoa(g.turn)}}
	if g.silences > 0 {
		v.Set("silences", strconv.Itoa(g.silences))
	}
	if g.series != "" {
		v.Set("series", g.series)
	}
	if g.told != consent.ToldNothing {
		v.Set(paramRecording, string(g.told))
	}
	return v.Encode()
}

func readGatherAt(v url.Values) gatherAt {
	turn, _ := strconv.Atoi(v.Get("turn")) // not ours: 0, whose key is as good as any
	silences, _ := strconv.Atoi(v.Get("silences"))
	return gatherAt{turn: turn, silences: min(max(silences, 0), maxSilences), told: toldOfRecording(v.Get(paramRecording)), series: twilioapi.Text(v.Get("series"))}
}

func (g gatherAt) key() string { return "gather:" + g.series + ":" + strconv.Itoa(g.turn) }

// gather takes one turn of a conversation by <Gather>.
//
// https://www.twilio.com/docs/voice/twiml/gather
func (h *Handler) gather(w http.ResponseWriter, q *hook) {
	d := h.document()
	defer func() { d.write(w) }()
	if callIsOver(q.form.Get("CallStatus")) {
		if err := h.end(q); err != nil {
			h.log.ErrorContext(q.Context(), "the end of a call can't be stored", "call", q.form.Get("CallSid"), "error", err)
		}
		d.empty("Hangup")
		return
	}
	c := h.stored(d, q)
	if c == nil {
		return
	}
	at := readGatherAt(q.URL.Query())
	in := receptionist.Input{Kind: receptionist.Silence, Lang: q.form.Get("Language"), Key: at.key()}
	if keys := q.form.Get("Digits"); keys != "" {
		in.Kind, in.Text = receptionist.Digits, keys
	} else if words := strings.TrimSpace(q.form.Get("SpeechResult")); words != "" {
		in.Kind, in.Text = receptionist.Words, words
		in.Confidence, _ = strconv.ParseFloat(q.form.Get("Confidence"), 64) // none: 0
	}
	told := at.told
	at.told = consent.ToldNothing
	at.turn++
	at.silences++
	if in.Kind != receptionist.Silence {
		at.silences = 0
	}
	r, err := h.gatherReply(q.Context(), q, c, in, told)
	if err != nil {
		h.log.ErrorContext(q.Context(), "the receptionist can't answer; the call goes to the owner", "call", c.CarrierID, "error", err)
		h.apologise(d, q)
		return
	}
	h.gatherTurn(d, q, c, at, r)
}

// gatherReply has the receptionist answer, after opening the conversation if that is still to be done.
func (h *Handler) gatherReply(ctx context.Context, q *hook, c *telephony.Call, in receptionist.Input, told consent.Told) (receptionist.Reply, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*storageTimeout)
	defer cancel()
	if c.ConversationID == "" {
		s := h.callerOf(q.line, c, q.incoming())
		opened, err := h.receptionist.Start(ctx, receptionist.StartInput{BusinessID: c.BusinessID, CallID: c.ID, Caller: s.caller, Recording: told})
		if err != nil {
			return receptionist.Reply{}, err
		}
		if err := h.answered(ctx, s, opened.ConversationID); err != nil {
			return receptionist.Reply{}, err
		}
		c.ConversationID, c.HandledBy = opened.ConversationID, ledger.ByReceptionist
		if in.Kind == receptionist.Reconnected {
			return opened, nil
		}
	}
	return h.receptionist.Turn(ctx, c.ConversationID, in)
}

// gatherTurn says a reply and listens for the answer, or does what else the reply asks for.
func (h *Handler) gatherTurn(d *twiml, q *hook, c *telephony.Call, at gatherAt, r receptionist.Reply) {
	l, language := q.line, r.Language
	if language == "" {
		language = l.language()
	}
	tag, text := locale(language), sentences(r)
	switch {
	case len(r.Transfer) > 0:
		var phones []string
		for _, p := range r.Transfer {
			phones = append(phones, p.Phone)
		}
		wish := begin(l.business, at.key(), phones)
		if h.handingOver(d, q, &wish) != nil { // else the document says what to do instead
			h.ring(say(d, tag, text), l, c, wish)
		}
		return
	case r.End, at.silences >= maxSilences:
		say(d, tag, text).empty("Hangup")
		return
	}
	d.start("Gather").attr("input", "dtmf speech").attr("action", h.public.HTTP(gatherPath+"?"+at.query(c))).attr("method", "POST")
	d.attr("language", tag).number("timeout", gatherTimeout).attr("speechTimeout", "auto")
	// Silence comes back too: the receptionist checks in.
	d.attr("actionOnEmptyResult", "true")
	if n := expectedKeys(r.Asked, 0); n == 1 {
		d.number("numDigits", n)
	}
	d.attr("hints", l.hints)
	say(d, tag, text).end("Gather")
	// and so it does where a carrier or a proxy between falls through instead
	d.start("Redirect").attr("method", "POST").text(h.public.HTTP(gatherPath + "?" + at.query(c))).end("Redirect")
}

// gatherResumed goes on by <Gather> with a conversation that was under way: after a person did not take the call,
// or when too many relay sessions were lost.
func (h *Handler) gatherResumed(d *twiml, q *hook, c *telephony.Call, why resume) {
	at := gatherAt{turn: 1, series: q.form.Get("DialCallSid") + q.session()}
	in := receptionist.Input{Kind: receptionist.Reconnected, Key: string(why) + ":" + at.series}
	if why == personGone {
		in.Kind = receptionist.PersonGone
	}
	r, err := h.gatherReply(q.Context(), q, c, in, consent.ToldNothing)
	if err != nil {
		h.log.ErrorContext(q.Context(), "the receptionist can't answer; the call goes to the owner", "call", c.CarrierID, "error", err)
		h.apologise(d, q)
		return
	}
	h.gatherTurn(d, q, c, at, r)
}
