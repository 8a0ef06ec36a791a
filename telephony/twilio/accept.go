package twilio

import (
	"net/http"
	"strings"

	"fixly/contact"
)

// accept speaks to a person of the chain who picked up, before the caller is put through: whose call it is, and
// that 1 takes it. Without this a voicemail would take the call and the caller would be lost. It reads nothing
// from the database, so the person never waits.
//
// https://www.twilio.com/docs/voice/twiml/number#attributes-url
func (h *Handler) accept(w http.ResponseWriter, q *hook) {
	d := newTwiML()
	if strings.Contains(q.form.Get("Digits"), "1") {
		d.write(w) // an empty document bridges the two
		return
	}
	words := phrasesIn(q.line.language())
	d.start("Gather").attr("numDigits", "1").number("timeout", 6).attr("action", h.public.Requested(q.Request)).attr("method", "POST")
	say(d, words.locale, words.callFor+" "+q.business().Profile.Name+". "+callerSpoken(q.form.Get("From"))+words.pressOne)
	d.end("Gather").empty("Hangup")
	d.write(w)
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
