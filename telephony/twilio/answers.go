package twilio

import (
	"net/url"
	"strconv"
	"strings"

	"fixly/business"
	"fixly/consent"
	"fixly/receptionist"
	"fixly/telephony"
)

// resume is why a call comes back to the receptionist; it travels with the new session.
type resume string

const (
	fresh       resume = ""            // the call's first session
	reconnected resume = "reconnected" // the session before was lost
	personGone  resume = "person_gone" // a person was rung and did not take the call
)

// Parameters of a ConversationRelay session, which its setup message brings back.
const (
	paramCall         = "call"
	paramBusiness     = "business"
	paramConversation = "conversation"
	paramResume       = "resume"
	paramAttestation  = "attestation"
	paramCallerName   = "name"
	paramForwarded    = "forwarded"
	paramRecording    = "recording" // what the greeting says about it
)

// maxSessions bounds how often a call is connected to the relay after lost sessions; then it goes on by <Gather>,
// which needs no WebSocket.
const maxSessions = 3

// withReceptionist connects the caller with the receptionist, the way the call goes.
func (h *Handler) withReceptionist(d *twiml, q *hook, c *telephony.Call, why resume) {
	switch {
	case c.Mode != string(business.ModeGather) && why == fresh:
		h.connectTelling(d, q.line, c, q.incoming(), why, 1, h.tellOfRecording(q, c))
	case c.Mode != string(business.ModeGather):
		h.connect(d, q.line, c, q.incoming(), why, 1)
	case why == fresh:
		told := h.tellOfRecording(q, c)
		greeting := receptionist.Reply{Sentences: []string{h.greeting(q.line, c, told)}}
		h.gatherTurn(d, q, c, gatherAt{turn: 1, told: told}, greeting)
	default:
		h.gatherResumed(d, q, c, why)
	}
}

// connect opens the nth ConversationRelay session of a call.
//
// https://www.twilio.com/docs/voice/twiml/connect/conversationrelay
func (h *Handler) connect(d *twiml, l *line, c *telephony.Call, in telephony.Incoming, why resume, nth int) *twiml {
	return h.connectTelling(d, l, c, in, why, nth, consent.ToldNothing)
}

// connectTelling opens a session whose greeting says something about the recording of the call.
func (h *Handler) connectTelling(d *twiml, l *line, c *telephony.Call, in telephony.Incoming, why resume, nth int, told consent.Told) *twiml {
	done := relayDonePath + "?" + url.Values{"call": {c.ID}, "session": {strconv.Itoa(nth)}}.Encode()
	d.start("Connect").attr("action", h.public.HTTP(done)).attr("method", "POST")
	d.start("ConversationRelay").attr("url", h.relayAddress(l, c.ID))
	if why == fresh {
		d.attr("welcomeGreeting", h.greeting(l, c, told))
		d.attr("welcomeGreetingInterruptible", "any")
	}
	d.attr("language", locale(l.language()))
	d.attr("interruptible", "any")
	d.attr("dtmfDetection", "true")
	d.attr("partialPrompts", "true")
	// "uh-huh" while the receptionist speaks is listening, not interrupting.
	d.attr("ignoreBackchannel", "true")
	d.attr("hints", l.hints)
	for _, other := range l.business.Profile.Languages {
		if other != l.language() {
			d.start("Language").attr("code", locale(other)).end("Language")
		}
	}
	for _, p := range [...][2]string{
		{paramCall, c.ID},
		{paramBusiness, c.BusinessID},
		{paramConversation, c.ConversationID},
		{paramResume, string(why)},
		{paramAttestation, in.Attestation},
		{paramCallerName, c.CallerName},
		{paramForwarded, c.ForwardedFrom},
		{paramRecording, string(told)},
	} {
		if p[1] != "" {
			d.start("Parameter").attr("name", p[0]).attr("value", p[1]).end("Parameter")
		}
	}
	return d.end("ConversationRelay").end("Connect")
}

// apologise says that something is broken and puts the caller through to the owner, who presses 1 as for any call; where
// there is none, the caller can leave word. It needs nothing but what is remembered of the line: the address in the
// action carries no state, and its webhook needs no row.
func (h *Handler) apologise(d *twiml, q *hook) *twiml {
	l := q.line
	words := phrasesIn(l.language())
	owner := l.business.Profile.Owner.Phone
	if owner == "" || owner == q.incoming().From || owner == q.incoming().ForwardedFrom {
		return h.takeVoicemail(d, q)
	}
	say(d, words.locale, words.apology)
	d.start("Dial").attr("action", h.public.HTTP(dialPath+"?rang="+url.QueryEscape(owner)+"&series="+apologySeries+"&apology=1")).attr("method", "POST")
	d.number("timeout", l.business.RingFor(owner)).attr("answerOnBridge", "true")
	accept := url.Values{"line": {l.Number}, "phone": {owner}, "series": {apologySeries}}
	d.start("Number").attr("url", h.public.HTTP(acceptPath+"?"+accept.Encode())).attr("method", "POST").text(owner).end("Number")
	return d.end("Dial")
}

// apologySeries are the rings of the owner because something is broken.
const apologySeries = "apology"

// say speaks text in a language by <Say>; nothing for no text.
func say(d *twiml, locale, text string) *twiml {
	if text == "" {
		return d
	}
	return d.start("Say").attr("language", locale).text(text).end("Say")
}

// sentences joins the sentences of a reply as they are spoken.
func sentences(r receptionist.Reply) string { return strings.Join(r.Sentences, " ") }
