package twilioapi

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/twilio/twilio-go/client"
	"pgregory.net/rapid"
)

// The example of https://www.twilio.com/docs/usage/security#validating-requests.
var documented = url.Values{
	"CallSid": {"CA1234567890ABCDE"},
	"Caller":  {"+12349013030"},
	"Digits":  {"1234"},
	"From":    {"+12349013030"},
	"To":      {"+18005551212"},
}

func TestSignMatchesTheDocumentedExample(t *testing.T) {
	for address, want := range map[string]string{
		"https://mycompany.com/myapp.php?foo=1&bar=2": "0/KCTR6DLpKmkAf8muzZqo1nDgQ=",
	} {
		if got := Sign("12345", address, FormOf(documented)); got != want {
			t.Errorf("Sign over %s = %s, want %s", address, got, want)
		}
		if !Valid("12345", address, FormOf(documented), want) {
			t.Errorf("the documented signature over %s is not valid", address)
		}
	}
}

func TestValid(t *testing.T) {
	const token, address = "token", "https://calls.example.com/twilio/voice?turn=3"
	form := FormOf(documented)
	good := Sign(token, address, form)
	changed := FormOf(url.Values{"CallSid": {"CA1234567890ABCDE"}, "Digits": {"1235"}})
	for _, c := range []struct {
		name, token, address string
		form                 Form
		signature            string
		want                 bool
	}{
		{"right", token, address, form, good, true},
		{"signed with the standard port", token, address, form, Sign(token, "https://calls.example.com:443/twilio/voice?turn=3", form), true},
		{"signed without our port", token, "https://calls.example.com:8443/twilio/voice", form, Sign(token, "https://calls.example.com/twilio/voice", form), true},
		{"websocket signed with its port", token, "wss://calls.example.com/twilio/relay", Form{}, Sign(token, "wss://calls.example.com:443/twilio/relay", Form{}), true},
		{"wrong token", "other", address, form, good, false},
		{"wrong query", token, strings.Replace(address, "3", "4", 1), form, good, false},
		{"wrong scheme", token, strings.Replace(address, "https", "http", 1), form, good, false},
		{"wrong host", token, strings.Replace(address, "calls", "balls", 1), form, good, false},
		{"other parameters", token, address, changed, good, false},
		{"no signature", token, address, form, "", false},
		{"half a signature", token, address, form, good[:10], false},
		{"no token", "", address, form, Sign("", address, form), false},
	} {
		if got := Valid(c.token, c.address, c.form, c.signature); got != c.want {
			t.Errorf("%s: Valid = %t", c.name, got)
		}
	}
}

func TestRepeatedKeysAreAcceptedEitherWay(t *testing.T) {
	const address = "https://calls.example.com/twilio/status"
	form, err := ParseForm("B=2&A=z&A=a&A=a")
	if err != nil {
		t.Fatal(err)
	}
	asTheyCame, err := ParseForm("A=zaa&B=2")
	if err != nil {
		t.Fatal(err)
	}
	if !Valid("t", address, form, Sign("t", address, form)) {
		t.Error("values signed as they came are refused")
	}
	if Sign("t", address, form) == Sign("t", address, asTheyCame) {
		t.Error("a key repeated is signed like its values joined")
	}
	distinct, err := ParseForm("A=a&A=z&B=2")
	if err != nil {
		t.Fatal(err)
	}
	if !Valid("t", address, form, Sign("t", address, distinct)) {
		t.Error("values signed sorted and without doubles, as twilio-node does, are refused")
	}
}

// TestValidAgreesWithTwilioGo holds our check against the carrier's own over addresses and forms of every shape
// that the carrier's own gets right: no repeated keys, no WebSockets.
func TestValidAgreesWithTwilioGo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		token := rapid.StringMatching(`[a-z0-9]{1,40}`).Draw(t, "token")
		address := rapid.StringMatching(`https?://[a-z]{1,9}\.example(:[1-9][0-9]{1,3})?/[a-z/]{0,9}(\?[a-z]=[0-9])?`).Draw(t, "address")
		params := rapid.MapOf(rapid.StringMatching(`[A-Za-z0-9]{1,9}`), rapid.String()).Draw(t, "params")
		values := url.Values{}
		for k, v := range params {
			values.Set(k, v)
		}
		form := FormOf(values)
		theirs := client.NewRequestValidator(token)
		signature := Sign(token, address, form)
		if !theirs.Validate(address, params, signature) {
			t.Fatalf("twilio-go refuses our signature over %s", address)
		}
		if !Valid(token, address, form, signature) {
			t.Fatalf("we refuse our own signature over %s", address)
		}
		if tampered := signature[1:] + signature[:1]; tampered != signature && Valid(token, address, form, tampered) {
			t.Fatalf("we accept a tampered signature over %s", address)
		}
	})
}

func TestPublicURL(t *testing.T) {
	for _, c := range []struct{ public, target, http, ws string }{
		{"https://calls.example.com", "/twilio/voice", "https://calls.example.com/twilio/voice", "wss://calls.example.com/twilio/voice"},
		{"https://calls.example.com/", "/twilio/dial?a=1&b=%2B1", "https://calls.example.com/twilio/dial?a=1&b=%2B1", "wss://calls.example.com/twilio/dial?a=1&b=%2B1"},
		{"http://127.0.0.1:8080", "/twilio/relay", "http://127.0.0.1:8080/twilio/relay", "ws://127.0.0.1:8080/twilio/relay"},
		{"https://example.com/fixly", "/fixly/twilio/voice", "https://example.com/fixly/twilio/voice", "wss://example.com/fixly/twilio/voice"},
		{"https://example.com/fixly/", "/twilio/voice", "https://example.com/fixly/twilio/voice", "wss://example.com/fixly/twilio/voice"},
	} {
		p, err := ParsePublicURL(c.public)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("POST", c.target, nil)
		r.Host = "10.0.0.7:8080"
		if got := p.Requested(r); got != c.http {
			t.Errorf("%s asked for %s: %s, want %s", c.public, c.target, got, c.http)
		}
		if got := p.RequestedWebSocket(r); got != c.ws {
			t.Errorf("%s asked for %s: %s, want %s", c.public, c.target, got, c.ws)
		}
	}
	for _, bad := range []string{"", "calls.example.com", "ftp://x", "https://", "https://x?y=1", "https://a:b@x", "://"} {
		if _, err := ParsePublicURL(bad); err == nil {
			t.Errorf("public URL %q is accepted", bad)
		}
	}
}

func BenchmarkValid(b *testing.B) {
	form, _ := ParseForm(voiceBody)
	signature := Sign("demo-twilio-auth-token", "https://calls.example.com/twilio/voice", form)
	b.ReportAllocs()
	for b.Loop() {
		if !Valid("demo-twilio-auth-token", "https://calls.example.com/twilio/voice", form, signature) {
			b.Fatal("not valid")
		}
	}
}
