package twilio

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"fixly/contact"
	"fixly/telephony"
	"fixly/twilioapi"
)

const paramTurn = "turn"

// ref is the call of ours that a webhook is about.
func (q *hook) ref() telephony.Ref {
	return telephony.Ref{
		BusinessID: q.business().ID, ID: twilioapi.Text(q.URL.Query().Get(paramCall)), CarrierID: q.form.Get("CallSid"),
		To: contact.CallerID(q.form.Get("To")),
	}
}

// turn is the reply that a webhook follows.
func (q *hook) turn() int {
	n, err := strconv.Atoi(q.URL.Query().Get(paramTurn))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// outboundAnswer goes on where somebody picked up a call of ours.
//
// https://www.twilio.com/docs/voice/answering-machine-detection#answeredby
func (h *Handler) outboundAnswer(w http.ResponseWriter, q *hook) {
	by := telephony.ByUnknown
	switch a := q.form.Get("AnsweredBy"); {
	case a == "human":
		by = telephony.ByHuman
	case strings.HasPrefix(a, "machine"), a == "fax":
		by = telephony.ByMachine
	}
	h.goOn(w, q, func(ctx context.Context, r telephony.Ref) (telephony.Reply, error) {
		return h.calls.Answered(ctx, r, by)
	})
}

// outboundKeys goes on after a <Gather>, with or without keys.
func (h *Handler) outboundKeys(w http.ResponseWriter, q *hook) {
	h.goOn(w, q, func(ctx context.Context, r telephony.Ref) (telephony.Reply, error) {
		return h.calls.Pressed(ctx, r, q.turn(), q.form.Get("Digits"))
	})
}

// outboundDialled goes on after a <Dial>.
func (h *Handler) outboundDialled(w http.ResponseWriter, q *hook) {
	h.goOn(w, q, func(ctx context.Context, r telephony.Ref) (telephony.Reply, error) {
		return h.calls.Dialled(ctx, r, q.turn(), telephony.Dialled{
			State: stateOf(q.form.Get("DialCallStatus")), Talked: talkTime(q.form.Get("DialCallDuration")),
		})
	})
}

// goOn answers with the steps of a reply. A call that is over by now is told nothing more, but what it had to tell is
// noted; where the database is away, who picked up hears so.
func (h *Handler) goOn(w http.ResponseWriter, q *hook, next func(context.Context, telephony.Ref) (telephony.Reply, error)) {
	ctx, cancel := context.WithTimeout(q.Context(), storageTimeout)
	defer cancel()
	d := h.document()
	reply, err := next(ctx, q.ref())
	if err != nil {
		h.log.ErrorContext(ctx, "a call that we placed can't go on", "call", q.form.Get("CallSid"), "path", q.URL.Path, "error", err)
		words := phrasesIn(q.line.language())
		say(d, words.locale, words.tryAgain).empty("Hangup").write(w)
		return
	}
	h.steps(d, q, reply)
	d.write(w)
}

// steps writes a reply as TwiML, of which every verb and attribute is TeXML, too.
func (h *Handler) steps(d *twiml, q *hook, r telephony.Reply) {
	next := func(path string) string {
		return h.public.HTTP(path + "?" + url.Values{paramCall: {q.ref().ID}, paramTurn: {strconv.Itoa(r.Turn)}}.Encode())
	}
	for _, s := range r.Steps {
		switch s.Do {
		case telephony.DoSay:
			say(d, locale(s.Language), s.Text)
		case telephony.DoPause:
			d.start("Pause").number("length", seconds(s.Wait, 1, 60)).end("Pause")
		case telephony.DoAsk:
			keys := next(outboundKeysPath)
			d.start("Gather").attr("input", "dtmf").attr("action", keys).attr("method", "POST").number("timeout", seconds(s.Wait, 1, 60))
			if s.Keys > 0 {
				d.number("numDigits", s.Keys)
			}
			say(d, locale(s.Language), s.Text)
			d.end("Gather")
			d.start("Redirect").attr("method", "POST").text(keys).end("Redirect") // no key came
			return
		case telephony.DoDial:
			d.start("Dial").attr("action", next(outboundDialledPath)).attr("method", "POST")
			d.attr("callerId", q.line.Number).number("timeout", seconds(s.RingFor, 5, 60))
			d.start("Number").text(s.To).end("Number").end("Dial")
			return
		default:
			d.empty("Hangup")
			return
		}
	}
	d.empty("Hangup")
}

// seconds is a duration as whole seconds within Twilio's range of an attribute.
func seconds(d time.Duration, least, most int) int {
	return min(max(int(d.Round(time.Second)/time.Second), least), most)
}

// outboundStatus hears that a call of ours is placed, and how it ended. Telnyx tells here who picked up, where that was asked
// for, and runs what it is answered.
//
// https://developers.telnyx.com/docs/voice/programmable-voice/texml-answering-machine
func (h *Handler) outboundStatus(w http.ResponseWriter, q *hook) {
	ctx, cancel := context.WithTimeout(q.Context(), endTimeout)
	defer cancel()
	status := q.form.Get("CallStatus")
	if q.form.Get("AnsweredBy") != "" && !callIsOver(status) {
		h.outboundAnswer(w, q)
		return
	}
	var err error
	if callIsOver(status) {
		err = h.calls.Ended(ctx, q.ref(), stateOf(status))
	} else {
		err = h.calls.Placed(ctx, q.ref())
	}
	if err != nil {
		h.log.ErrorContext(ctx, "the state of a call that we placed can't be stored", "call", q.form.Get("CallSid"), "status", status, "error", err)
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
