package twilio

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"fixly/business"
	"fixly/contact"
	"fixly/ledger"
	"fixly/redact"
	"fixly/telephony"
	"fixly/twilioapi"
)

// Limits of a voicemail, in seconds.
const (
	longestVoicemail = 120
	voicemailSilence = 5 // ends it
)

// takeVoicemail lets the caller leave a voicemail: the last resort, and what a shop may prefer where nobody took the call.
// What is said before the tone says that it is recorded; who goes on agrees. The addresses name who called and which
// line, so that it can be stored when the call itself was not.
//
// https://www.twilio.com/docs/voice/twiml/record
func (h *Handler) takeVoicemail(d *twiml, q *hook) *twiml {
	l := q.line
	words := phrasesIn(l.language())
	if l.business.Answering.Voicemail == business.VoicemailOff {
		return say(d, words.locale, words.tryAgain).empty("Hangup")
	}
	in := q.incoming()
	about := "?" + url.Values{"line": {l.Number}, "from": {in.From}}.Encode()
	say(d, words.locale, words.leaveWord)
	d.start("Record").attr("action", h.public.HTTP(voicemailPath+about)).attr("method", "POST")
	d.number("maxLength", longestVoicemail).number("timeout", voicemailSilence).attr("finishOnKey", "#").attr("playBeep", "true")
	if words.locale == byLanguage["en"].locale { // it is written down in English alone
		d.attr("transcribe", "true").attr("transcribeCallback", h.public.HTTP(voicemailWordsPath+about))
	}
	d.attr("recordingStatusCallback", h.public.HTTP(voicemailStoredPath+about))
	d.end("Record")
	return say(d, words.locale, words.tryAgain).empty("Hangup") // nothing was said
}

// voicemail goes on after a voicemail was left: it is stored, and the caller thanked.
//
// https://www.twilio.com/docs/voice/twiml/record#action
func (h *Handler) voicemail(w http.ResponseWriter, q *hook) {
	if err := h.storeVoicemail(q); err != nil {
		// Twilio tells of it twice more: when it can be had, and when it is written down.
		h.log.ErrorContext(q.Context(), "a voicemail can't be stored yet", "call", q.form.Get("CallSid"), "recording", q.form.Get("RecordingSid"), "error", err)
	}
	d, words := h.document(), phrasesIn(q.line.language())
	say(d, words.locale, words.gotWord).empty("Hangup").write(w)
}

// voicemailStored hears that a voicemail can be had; it is stored where it could not be before.
func (h *Handler) voicemailStored(w http.ResponseWriter, q *hook) {
	if err := h.storeVoicemail(q); err != nil {
		h.log.ErrorContext(q.Context(), "a voicemail can't be stored", "call", q.form.Get("CallSid"), "recording", q.form.Get("RecordingSid"), "error", err)
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// voicemailWords hears what was said in a voicemail.
//
// https://www.twilio.com/docs/voice/twiml/record#transcribe
func (h *Handler) voicemailWords(w http.ResponseWriter, q *hook) {
	said := strings.TrimSpace(redact.Text(twilioapi.Text(q.form.Get("TranscriptionText"))))
	if q.form.Get("TranscriptionStatus") == "completed" && said != "" {
		if err := h.storeVoicemail(q); err == nil {
			err = h.onRecording(q, telephony.Voicemail, func(ctx context.Context, tx telephony.Tx, _ *telephony.Call, r telephony.Recording) error {
				r.Words = said
				return tx.WriteDown(ctx, &r)
			})
			if err != nil {
				h.log.ErrorContext(q.Context(), "the words of a voicemail can't be stored", "recording", q.form.Get("RecordingSid"), "error", err)
			}
		}
	}
	w.WriteHeader(http.StatusNoContent)
}

// storeVoicemail stores a voicemail and ends its call with it: a message, that somebody is owed an answer to.
func (h *Handler) storeVoicemail(q *hook) error {
	return h.onRecording(q, telephony.Voicemail, func(ctx context.Context, tx telephony.Tx, c *telephony.Call, r telephony.Recording) error {
		if r.IsEmpty() {
			return nil
		}
		created, err := tx.InsertRecording(ctx, &r)
		if err != nil || !created || !c.EndedAt.IsZero() {
			return err
		}
		if c.Outcome == "" {
			c.Outcome = ledger.Message
		}
		c.Summary = "Voicemail, " + strconv.Itoa(r.Seconds) + " seconds"
		return tx.UpdateCall(ctx, c)
	})
}

// onRecording runs f on the call of a recording, which is stored now where it was not before.
func (h *Handler) onRecording(q *hook, kind telephony.RecordingKind, f func(context.Context, telephony.Tx, *telephony.Call, telephony.Recording) error) error {
	ctx, cancel := context.WithTimeout(q.Context(), endTimeout)
	defer cancel()
	id := twilioapi.Text(q.form.Get("RecordingSid"))
	if id == "" {
		return nil
	}
	if l := h.called(ctx, q, twilioapi.Text(q.URL.Query().Get("line"))); q.form.Get("To") == "" {
		q.line = l
		q.call = &telephony.Incoming{CarrierID: q.form.Get("CallSid"), From: contact.CallerID(q.URL.Query().Get("from")), To: l.Number}
	}
	seconds, _ := strconv.Atoi(q.form.Get("RecordingDuration")) // the words come without: they are stored by then
	_, err := h.update(ctx, q, func(ctx context.Context, tx telephony.Tx, c *telephony.Call) error {
		return f(ctx, tx, c, telephony.Recording{
			ID: id, BusinessID: c.BusinessID, CallID: c.ID, Kind: kind, At: h.clock.Now(), Seconds: seconds,
		})
	})
	return err
}
