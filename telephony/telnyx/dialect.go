package telnyx

import (
	"net/http"

	"fixly/business"
	"fixly/clock"
	"fixly/telephony/twilio"
	"fixly/telnyxapi"
	"fixly/twilioapi"
)

// Dialect is what Telnyx does differently from Twilio. The clock is the real one, by which signatures are dated, also where
// the server lives at another time.
func Dialect(real clock.Clock) twilio.Dialect {
	return twilio.Dialect{
		Carrier: business.CarrierTelnyx,
		Header:  telnyxapi.SignatureHeader,
		Key:     func(l *business.Line) string { return l.PublicKey },
		Signed: func(key string, r *http.Request, body []byte, _ twilioapi.Form, _ string) bool {
			return telnyxapi.Valid(key, r.Header, body, real.Now())
		},
		RelaySecret: func(l *business.Line) string { return l.APIKey },
		Forgets:     true,
		Form:        form,
		Attribute:   attribute,
		// A language counts for the voice alice only; the default speaks American English.
		Always: map[string][2]string{"Say": {"voice", "alice"}},
	}
}

// form gives a webhook's parameters Twilio's names.
//
// https://developers.telnyx.com/api-reference/callbacks/texml-call-initiated
func form(f twilioapi.Form) twilioapi.Form {
	v := f.Values()
	as := func(name, is string) {
		if is != "" && f.Get(name) == "" {
			v[name] = []string{is}
		}
	}
	as("CallerName", f.Get("CallerId"))
	as("StirVerstat", attestation(f))
	if id := f.Get("ConnectionId"); id != "" {
		v["AccountSid"] = []string{id} // what a line is found by, see business.Line.AtCarrier
	}
	if f.Get("CallStatus") == "answered" {
		v["CallStatus"] = []string{"in-progress"}
	}
	if v.Get("AnsweredBy") == "not_sure" {
		delete(v, "AnsweredBy")
	}
	return twilioapi.FormOf(v)
}

// attestation is a STIR/SHAKEN verdict as Twilio writes it, "TN-Validation-Passed-A"; empty when there is none.
func attestation(f twilioapi.Form) string {
	level := f.Get("ShakenStirAttestation")
	switch level {
	case "A", "B", "C":
	default:
		return ""
	}
	switch f.Get("ShakenStirValidated") {
	case "true", "1":
		return "TN-Validation-Passed-" + level
	case "false", "0":
		return "TN-Validation-Failed-" + level
	}
	return ""
}

// attribute gives an attribute as TeXML knows it, an empty name for one that it doesn't.
func attribute(element, name, value string) (as, is string) {
	switch element + " " + name {
	case "Connect method", "Gather method": // the application's is used, which is POST
		return "", ""
	case "ConversationRelay partialPrompts", "ConversationRelay ignoreBackchannel", "ConversationRelay hints":
		return "", ""
	case "Gather actionOnEmptyResult":
		return "", ""
	case "Gather speechTimeout": // seconds of silence after speech; there is no "auto"
		return name, "2"
	case "Record transcribe": // https://developers.telnyx.com/docs/voice/programmable-voice/texml-verbs/record
		return "transcription", value
	case "Record transcribeCallback":
		return "transcriptionCallback", value
	case "Number amdStatusCallback": // the verdict is one of the events of a leg
		return "statusCallback", value
	case "Number amdStatusCallbackMethod":
		return "statusCallbackEvent", "amd"
	}
	return name, value
}
