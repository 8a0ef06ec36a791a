package twilio

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"

	"fixly/business"
	"fixly/twilioapi"
)

// Dialect is what a carrier who speaks TwiML does differently from Twilio. Everything else here is in Twilio's terms; a
// dialect turns what comes in into them, and what goes out from them.
type Dialect struct {
	Carrier string // of its lines, see business.Line; its paths are below it: /twilio/voice, /telnyx/voice
	// Key is the credential that says that a line is an account's: lines with the same key are the same account's.
	Key func(l *business.Line) string
	// Header carries a webhook's signature. One without it is refused before anything is looked up.
	Header string
	// Signed says whether the account with a key signed a webhook. Its address is the public one.
	Signed func(key string, r *http.Request, body []byte, form twilioapi.Form, address string) bool
	// Handshake says whether the account with a key signed a relay's handshake. Where it is nil, handshakes are known by a
	// code that our own document put into their address, made of RelaySecret.
	Handshake   func(key string, r *http.Request, address string) bool
	RelaySecret func(l *business.Line) string
	// Forgets says that the action after a session isn't told what its end message said.
	Forgets bool
	// Form gives a webhook's parameters Twilio's names; nil: they have them.
	Form func(f twilioapi.Form) twilioapi.Form
	// Attribute gives an attribute of an element as the carrier knows it; an empty name leaves it out. Nil: as it is.
	Attribute func(element, name, value string) (as, is string)
	// Always are attributes that an element has besides; nil: none.
	Always map[string][2]string
}

// Own is Twilio's.
func Own() Dialect {
	return Dialect{
		Carrier: business.CarrierTwilio,
		Key:     func(l *business.Line) string { return l.AuthToken },
		Header:  twilioapi.SignatureHeader,
		Signed: func(token string, r *http.Request, _ []byte, form twilioapi.Form, address string) bool {
			return twilioapi.Valid(token, address, form, r.Header.Get(twilioapi.SignatureHeader))
		},
		Handshake: func(token string, r *http.Request, address string) bool {
			return twilioapi.Valid(token, address, twilioapi.Form{}, r.Header.Get(twilioapi.SignatureHeader))
		},
	}
}

// base is what Twilio's own paths begin with, which a dialect puts its own in the place of.
const base = "/" + business.CarrierTwilio

// at is one of our paths as the dialect has it.
func (d *Dialect) at(path string) string { return "/" + d.Carrier + strings.TrimPrefix(path, base) }

// Outbound gives the addresses where a call of ours is asked about: how to go on once it is answered, and, as it goes, how it
// stands. They name the call, so that a carrier's webhook does.
func (d Dialect) Outbound(public twilioapi.PublicURL, callID string) (answer, status string) {
	about := "?" + url.Values{paramCall: {callID}}.Encode()
	return public.HTTP(d.at(outboundAnswerPath) + about), public.HTTP(d.at(outboundStatusPath) + about)
}

// addresses are the public addresses of our paths, in a dialect.
type addresses struct {
	twilioapi.PublicURL
	dialect *Dialect
}

// HTTP is the absolute address of a path, with its query if it has one.
func (a addresses) HTTP(path string) string { return a.PublicURL.HTTP(a.dialect.at(path)) }

// WebSocket is the ws or wss address of a path.
func (a addresses) WebSocket(path string) string { return a.PublicURL.WebSocket(a.dialect.at(path)) }

// relayAddress is where the sessions of a call connect to.
func (h *Handler) relayAddress(l *line, callID string) string {
	address := h.public.WebSocket(relayPath)
	if h.dialect.Handshake != nil {
		return address
	}
	return address + "?" + url.Values{"call": {callID}, "line": {l.Number}, "code": {h.relayCode(l.Line, callID)}}.Encode()
}

// relayCode is what only we and the carrier that was told it know of a call: an HMAC under a secret of the line.
func (h *Handler) relayCode(l *business.Line, callID string) string {
	mac := hmac.New(sha256.New, []byte(h.dialect.RelaySecret(l)))
	mac.Write([]byte("relay:" + callID))
	return hex.EncodeToString(mac.Sum(nil))
}

// invited finds the key of the line whose document led a handshake here, empty when none did.
func (h *Handler) invited(r *http.Request) string {
	q := r.URL.Query()
	l, err := h.find(r.Context(), twilioapi.Text(q.Get("line")), "", "")
	if l == nil {
		if err != nil {
			h.log.ErrorContext(r.Context(), "the line of a session can't be looked up", "error", err)
		}
		return ""
	}
	if l.Carrier != h.dialect.Carrier || h.dialect.RelaySecret(l.Line) == "" || !hmac.Equal([]byte(h.relayCode(l.Line, q.Get("call"))), []byte(q.Get("code"))) {
		return ""
	}
	return h.dialect.Key(l.Line)
}
