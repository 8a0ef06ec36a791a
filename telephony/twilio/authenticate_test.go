package twilio

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/telephony/fakephone"
)

var webhooks = []string{voicePath, dialPath, acceptPath, relayDonePath, gatherPath, statusPath}

func TestSignatures(t *testing.T) {
	r := newRig(t, parrot)
	for _, path := range webhooks {
		for name, token := range map[string]string{"no": "", "a wrong": "not-the-token"} {
			status, _, err := r.phone.WebhookSigned(path, r.phone.Form(sink, "ringing"), token)
			if err != nil || status != http.StatusForbidden {
				t.Errorf("%s with %s signature: %d, %v", path, name, status, err)
			}
		}
	}
	for name, token := range map[string]string{"no": "", "a wrong": "not-the-token"} {
		_, status, err := r.phone.Handshake(t.Context(), relayPath, token)
		if err == nil || status != http.StatusForbidden {
			t.Errorf("handshake with %s signature: %d, %v", name, status, err)
		}
	}
	if len(r.calls) > 0 || len(r.starts) > 0 {
		t.Error("something was changed")
	}
}

func TestASignatureCoversTheQuery(t *testing.T) {
	r := newRig(t, parrot, byGather)
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	form := call.Form("in-progress")
	form.Set("SpeechResult", "hello")
	// Signed for turn 1, delivered as turn 2.
	public := r.server.URL + gatherPath + "?call=call1&turn=1"
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.server.URL+gatherPath+"?call=call1&turn=2", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Twilio-Signature", fakephone.Sign("demo-twilio-auth-token", public, form))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("answered %d", resp.StatusCode)
	}
}

func TestBehindAProxy(t *testing.T) {
	r := newRig(t, handsOver, behindProxy)
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	call.Says("my sink")
	call.Hears("my sink")
	if got := call.Relay(0).Attr["url"]; got != "wss://calls.example.com/fixly/twilio/relay" {
		t.Errorf("the relay is at %s", got)
	}
	call.Says("mike please")
	call.Hears("put you through")
	call.Says("okay")
	call.Hears("take a message")
	call.HangsUp()
}

func TestANumberThatIsNobodys(t *testing.T) {
	r := newRig(t, parrot)
	form := r.phone.Form(sink, "ringing")
	form.Set("To", "+13125550177")
	status, body, err := r.phone.Webhook(voicePath, form)
	if err != nil || status != 200 || !strings.Contains(body, "not set up to take calls") || !strings.Contains(body, "<Hangup/>") {
		t.Errorf("on a known account: %d %s, %v", status, body, err)
	}
	form.Set("AccountSid", "AC99999999999999999999999999999999")
	if status, _, err = r.phone.Webhook(voicePath, form); err != nil || status != http.StatusForbidden {
		t.Errorf("on an unknown account: %d, %v", status, err)
	}
	if len(r.calls) > 0 {
		t.Error("a call was stored")
	}
}

func TestBusinessesAreKeptApart(t *testing.T) {
	r := newRig(t, parrot)
	other := shop()
	other.ID, other.Lines = "other", []business.Line{{
		Number: "+17735550100", AccountSID: "AC00000000000000000000000000000002", AuthToken: "their-own-token",
	}}
	r.memory.mu.Lock()
	r.businesses = append(r.businesses, other)
	r.memory.mu.Unlock()

	call := r.phone.Call(sink)
	call.Hears("How can I help")
	call.Says("hello")
	call.Hears("hello")
	theirs := call.Form("completed")
	status, _, err := r.phone.WebhookSigned(statusPath, theirs, "their-own-token")
	if err != nil || status != http.StatusForbidden {
		t.Errorf("a webhook about our line signed by their token: %d, %v", status, err)
	}
	theirs.Set("To", "+17735550100") // their line, our call
	if status, _, err = r.phone.WebhookSigned(statusPath, theirs, "their-own-token"); err != nil || status != http.StatusNoContent {
		t.Errorf("a webhook about their line with our call: %d, %v", status, err)
	}
	r.memory.mu.Lock()
	if !r.calls[0].EndedAt.IsZero() || len(r.calls) != 1 {
		t.Errorf("they changed our calls: %+v", r.calls)
	}
	r.memory.mu.Unlock()

	// Their handshake is good, since it is signed by one of our lines; their setup names our call.
	conn, _, err := r.phone.Handshake(t.Context(), relayPath, "their-own-token")
	if err != nil {
		t.Fatal(err)
	}
	setup := fmt.Sprintf(`{"type":"setup","sessionId":"VX1","callSid":%q,"accountSid":"AC00000000000000000000000000000001",
		"from":%q,"to":"+13125550100","customParameters":{"call":"call1","business":"mikes"}}`, call.SID, sink)
	if err := conn.Write(t.Context(), 1, []byte(setup)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := conn.Read(t.Context()); err == nil {
		t.Error("their session is served our call")
	}
	setup = strings.ReplaceAll(setup, `"to":"+13125550100"`, `"to":"+17735550100"`)
	if conn, _, err = r.phone.Handshake(t.Context(), relayPath, "their-own-token"); err != nil {
		t.Fatal(err)
	}
	if err := conn.Write(t.Context(), 1, []byte(setup)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := conn.Read(t.Context()); err == nil {
		t.Error("their session on their line is served our call")
	}
	call.HangsUp()
}

func TestAHandshakeOfALineNotSeenYet(t *testing.T) {
	r := newRig(t, parrot)
	conn, status, err := r.phone.Handshake(t.Context(), relayPath, "demo-twilio-auth-token")
	if err != nil {
		t.Fatalf("refused with %d: %v", status, err)
	}
	_ = conn.CloseNow()
	// Forged ones do not make it ask for every business again and again.
	if r.handler.lines.mayRelist(r.clock.Now()) {
		t.Error("may list every business twice within a second")
	}
	if !r.handler.lines.mayRelist(r.clock.Now().Add(time.Second)) {
		t.Error("may not list every business after a second")
	}
}

func TestBodiesThatAreNone(t *testing.T) {
	r := newRig(t, parrot)
	for _, c := range []struct {
		contentType, body string
		status            int
	}{
		{"application/x-www-form-urlencoded", "Body=" + strings.Repeat("x", 70<<10), http.StatusRequestEntityTooLarge},
		{"application/json", "{}", http.StatusUnsupportedMediaType},
		{"application/x-www-form-urlencoded", "a=%zz", http.StatusUnsupportedMediaType},
		{"application/x-www-form-urlencoded", "", http.StatusForbidden},
	} {
		resp, err := http.Post(r.server.URL+voicePath, c.contentType, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != c.status {
			t.Errorf("%.40s: %d, want %d", c.body, resp.StatusCode, c.status)
		}
	}
	resp, err := http.Get(r.server.URL + voicePath)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d", resp.StatusCode)
	}
}

func TestTheEndIsReportedInAnyOrder(t *testing.T) {
	r := newRig(t, parrot)
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	call.Says("hello")
	call.Hears("hello")
	form := call.Form("completed")
	for _, path := range []string{statusPath, relayDonePath + "?call=call1&session=1", statusPath} {
		form.Set("SessionStatus", "completed")
		if status, _, err := r.phone.Webhook(path, form); err != nil || status/100 != 2 {
			t.Fatalf("%s: %d, %v", path, status, err)
		}
	}
	call.HangsUp()
	r.ends(t, "abandoned", "receptionist")
}

func TestACallThatWasNeverStoredIsStoredAtItsEnd(t *testing.T) {
	r := newRig(t, parrot)
	if status, _, err := r.phone.Webhook(statusPath, r.phone.Form(sink, "completed")); err != nil || status != http.StatusNoContent {
		t.Fatalf("%d, %v", status, err)
	}
	if c := r.ends(t, "missed", "nobody"); c.From != sink {
		t.Errorf("stored as %+v", c)
	}
	// A leg to a person is no call of a customer's.
	form := r.phone.Form("+13125550100", "completed")
	form.Set("To", owner)
	form.Set("Direction", "outbound-dial")
	if status, _, err := r.phone.Webhook(statusPath, form); err != nil || status != http.StatusNoContent {
		t.Fatalf("%d, %v", status, err)
	}
	r.ends(t, "missed", "nobody")
}

func TestHandMadeAddressesAreHarmless(t *testing.T) {
	r := newRig(t, parrot)
	call := r.phone.Call(sink)
	call.Hears("How can I help")
	for _, path := range []string{
		dialPath, dialPath + "?next=911&attempt=-5", dialPath + "?next=%2B13125550101&attempt=99999999999999999999",
		gatherPath, gatherPath + "?turn=x&silences=-9", relayDonePath + "?session=999", acceptPath + "?call=",
	} {
		form := call.Form("in-progress")
		form.Set("HandoffData", `{"reason":"transfer","to":["911","sip:x@y",""]}`)
		status, body, err := r.phone.Webhook(path, form)
		if err != nil || status != 200 {
			t.Errorf("%s: %d, %v", path, status, err)
		}
		if _, err := fakephone.ParseTwiML(body); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if strings.Contains(body, ">911<") {
			t.Errorf("%s rings what is no number: %s", path, body)
		}
	}
	call.HangsUp()
}

func FuzzWebhook(f *testing.F) {
	f.Add(uint8(0), "SpeechResult=hello&Digits=1&CallStatus=in-progress", "turn=1&series=x")
	f.Add(uint8(3), `HandoffData={"reason":"transfer","to":["%2B13125550101"]}&SessionStatus=ended`, "session=2")
	f.Add(uint8(1), "DialCallStatus=completed&DialBridged=true&From=sip:a@b&CallSid=", "next=%2B13125550101&attempt=1")
	f.Add(uint8(4), "StirVerstat=TN&CallerName=%00%ff%3C&ForwardedFrom=anonymous", "turn=99999999999999999999")
	f.Fuzz(func(t *testing.T, which uint8, body, query string) {
		r := newRig(t, parrot)
		form, err := url.ParseQuery(body)
		if err != nil || len(body) > 32<<10 {
			return
		}
		for k, v := range r.phone.Form(sink, "in-progress") {
			if _, ok := form[k]; !ok {
				form[k] = v
			}
		}
		form.Set("To", "+13125550100")
		if _, err := url.ParseRequestURI("/?" + query); err != nil || strings.ContainsAny(query, "#\x7f ") {
			return
		}
		path := webhooks[int(which)%len(webhooks)] + "?" + query
		status, answer, err := r.phone.Webhook(path, form)
		if err != nil {
			return // no address a client can send
		}
		if status >= 500 {
			t.Fatalf("%s with %v: %d", path, form, status)
		}
		if status == 200 {
			if _, err := fakephone.ParseTwiML(answer); err != nil {
				t.Fatal(err)
			}
		}
	})
}
