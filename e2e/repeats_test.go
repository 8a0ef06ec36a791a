package e2e

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// webhookPaths are the addresses that the carrier posts to.
var webhookPaths = []string{
	"/twilio/voice", "/twilio/dial", "/twilio/dial/accept", "/twilio/relay/done", "/twilio/gather", "/twilio/status", "/twilio/sms", "/twilio/sms/status",
}

// Twilio delivers an event again when an answer got lost on the way: here, all of them.
func TestEverythingComesTwice(t *testing.T) {
	t.Run("relay", func(t *testing.T) {
		eachDatabase(t, func(t *testing.T, database string) { open(t, database).hearsEverythingTwice() })
	})
	t.Run("gather", func(t *testing.T) {
		eachDatabase(t, func(t *testing.T, database string) {
			s := open(t, database)
			s.byGather(t)
			s.hearsEverythingTwice()
		})
	})
}

// hearsEverythingTwice is one caller who books and one who leaves.
func (s *shop) hearsEverythingTwice() {
	s.t.Helper()
	s.RepeatWebhooks(2)
	call := s.Call(owen)
	s.talksAboutTheLeak(call)
	says(call, "yes that's right", "booked")
	call.HangsUp()
	s.isBookedOnce(owen)
	left := s.Call(karen)
	left.Hears("How can I help")
	says(left, "there's a pipe dripping", "today")
	left.HangsUp()
	s.Texted(karen, textBack)
	s.calmsDown()
	s.gotTexts(karen, textBack)
	if calls, texts := len(s.calls()), len(s.Texts(owner)); calls != 2 || texts != 2 {
		s.t.Errorf("%d calls and %d texts to the owner, of two callers", calls, texts)
	}
}

func TestEveryTextComesTwice(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.RepeatWebhooks(2)
	s.textsAboutTheLeak(owen)
	s.Texted(owner, "Owen Pratt")
	s.calmsDown()
	s.onlyJob()
	inbound := 0
	for _, m := range s.messages(owen) {
		if m.Direction == "inbound" {
			inbound++
		}
	}
	// Five answers, the last of which says that it is booked, and the confirmation.
	if n := s.textsTo(); inbound != 5 || n[owen] != 6 || n[owner] != 1 {
		t.Errorf("%d texts came in, these went out: %v", inbound, n)
	}
}

func TestForgedWebhooksChangeNothing(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	form := s.Form(karen, "completed")
	form.Set("Body", "my sink is dripping")
	form.Set("MessageSid", "SM00000000000000000000000000000001")
	form.Set("MessageStatus", "failed")
	for _, path := range webhookPaths {
		for _, token := range []string{"", "not-the-token"} {
			if status, body, err := s.WebhookSigned(path, form, token); err != nil || status != http.StatusForbidden {
				t.Errorf("%s with token %q is answered %d %q: %v", path, token, status, body, err)
			}
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for _, token := range []string{"", "not-the-token"} {
		if conn, status, err := s.Handshake(ctx, "/twilio/relay", token); err == nil || status != http.StatusForbidden {
			t.Errorf("a handshake with token %q is answered %d: %v", token, status, err)
			_ = conn.CloseNow()
		}
	}
	s.calmsDown()
	if calls, texts := s.calls(), s.messages(""); len(calls)+len(texts) > 0 {
		t.Errorf("stored: %+v, %+v", calls, texts)
	}
}

func TestOversizedBodiesAreRefused(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	form := s.Form(karen, "ringing")
	form.Set("Body", strings.Repeat("x", 80<<10))
	form.Set("MessageSid", "SM00000000000000000000000000000001")
	for _, path := range webhookPaths {
		if status, _, err := s.Webhook(path, form); err != nil || status != http.StatusRequestEntityTooLarge {
			t.Errorf("%s is answered %d: %v", path, status, err)
		}
	}
	body := map[string]string{"problem": strings.Repeat("x", 2<<20)}
	if status := s.request(http.MethodPost, "/jobs", body, nil); status != http.StatusRequestEntityTooLarge {
		t.Errorf("the API answers %d", status)
	}
}

// A number that is at our account, but no line of ours, is answered politely, by voice and by text.
func TestUnknownNumbers(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	form := s.Form(karen, "ringing")
	form.Set("To", "+13125559999")
	form.Set("Called", "+13125559999")
	status, doc, err := s.Webhook("/twilio/voice", form)
	if err != nil || status != http.StatusOK || !strings.Contains(doc, "<Say") || !strings.Contains(doc, "<Hangup") {
		t.Errorf("a call is answered %d %s: %v", status, doc, err)
	}
	text := url.Values{
		"MessageSid": {"SM00000000000000000000000000000001"}, "AccountSid": form["AccountSid"], "From": {karen}, "To": {"+13125559999"}, "Body": {"hello"},
	}
	if status, doc, err := s.Webhook("/twilio/sms", text); err != nil || status != http.StatusOK || strings.Contains(doc, "<Message") {
		t.Errorf("a text is answered %d %s: %v", status, doc, err)
	}
	s.calmsDown()
	if n := s.textsTo(); len(n) > 0 || len(s.calls()) > 0 {
		t.Errorf("texts: %v, calls: %+v", n, s.calls())
	}
}

// The public address is another than the server's own: signatures are over it, and so are all addresses in TwiML and
// in requests to the carrier.
func TestBehindAProxy(t *testing.T) {
	t.Parallel()
	s := sqlite(t, behindAProxy("https://phone.example.com/fixly"))
	call := s.Call(owen)
	s.talksAboutTheLeak(call)
	says(call, "yes that's right", "booked")
	call.HangsUp()
	s.isBookedOnce(owen)
	if address := call.Relay(0).Attr["url"]; address != "wss://phone.example.com/fixly/twilio/relay" {
		t.Errorf("the relay is at %s", address)
	}
	for _, r := range s.Requests() {
		if c := r.Form.Get("StatusCallback"); c != "" && !strings.HasPrefix(c, "https://phone.example.com/fixly/twilio/") {
			t.Errorf("the carrier is to report to %s", c)
		}
	}
	s.await("the texts' delivery is reported", patience, func() bool { return s.aText(owen, "confirmation").Status == "delivered" })
}
