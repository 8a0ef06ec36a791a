package telnyxapi_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"net/http"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/telnyxapi"
	"fixly/telnyxapi/telnyxtest"
)

var at = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// What Telnyx documents, done by hand: base64 of Ed25519 over "timestamp|body".
func TestASignatureAsDocumented(t *testing.T) {
	body := `{"data":{"event_type":"message.received"}}`
	stamp := strconv.FormatInt(at.Unix(), 10)
	h := http.Header{}
	h.Set("telnyx-timestamp", stamp)
	h.Set("telnyx-signature-ed25519", base64.StdEncoding.EncodeToString(ed25519.Sign(telnyxtest.Key(), []byte(stamp+"|"+body))))
	if !telnyxapi.Valid(telnyxtest.PublicKey(), h, []byte(body), at) {
		t.Error("refused")
	}
}

func TestSignaturesThatCountForNothing(t *testing.T) {
	body := []byte("CallSid=v3%3Aabc&From=%2B13125550142")
	other := base64.StdEncoding.EncodeToString(make([]byte, ed25519.PublicKeySize))
	for _, c := range []struct {
		name  string
		valid bool
		key   string
		do    func(h http.Header) (with []byte, now time.Time)
	}{
		{"as it is", true, "", func(http.Header) ([]byte, time.Time) { return body, at }},
		{"almost old", true, "", func(http.Header) ([]byte, time.Time) { return body, at.Add(telnyxapi.Window) }},
		{"old", false, "", func(http.Header) ([]byte, time.Time) { return body, at.Add(telnyxapi.Window + time.Second) }},
		{"of the future", false, "", func(http.Header) ([]byte, time.Time) { return body, at.Add(-telnyxapi.Window - time.Second) }},
		{"another body", false, "", func(http.Header) ([]byte, time.Time) { return append([]byte("x"), body...), at }},
		{"another time", false, "", func(h http.Header) ([]byte, time.Time) {
			h.Set(telnyxapi.TimestampHeader, strconv.FormatInt(at.Unix()+1, 10))
			return body, at
		}},
		{"no time", false, "", func(h http.Header) ([]byte, time.Time) { h.Del(telnyxapi.TimestampHeader); return body, at }},
		{"no signature", false, "", func(h http.Header) ([]byte, time.Time) { h.Del(telnyxapi.SignatureHeader); return body, at }},
		{"no base64", false, "", func(h http.Header) ([]byte, time.Time) { h.Set(telnyxapi.SignatureHeader, "!"); return body, at }},
		{"another account", false, other, func(http.Header) ([]byte, time.Time) { return body, at }},
		{"no account", false, "-", func(http.Header) ([]byte, time.Time) { return body, at }},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := http.Header{}
			telnyxapi.Sign(telnyxtest.Key(), h, body, at)
			with, now := c.do(h)
			key := c.key
			if key == "" {
				key = telnyxtest.PublicKey()
			}
			if got := telnyxapi.Valid(key, h, with, now); got != c.valid {
				t.Errorf("valid: %t", got)
			}
		})
	}
}

func TestAnySignedBodyIsValidAndNoChangedOneIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.SliceOf(rapid.Byte()).Draw(t, "body")
		now := at.Add(time.Duration(rapid.IntRange(-299, 299).Draw(t, "seconds")) * time.Second)
		h := http.Header{}
		telnyxapi.Sign(telnyxtest.Key(), h, body, at)
		if !telnyxapi.Valid(telnyxtest.PublicKey(), h, body, now) {
			t.Fatal("a signed body is refused")
		}
		changed := append([]byte(nil), body...)
		if i := rapid.IntRange(0, len(body)).Draw(t, "where"); i < len(body) {
			changed[i] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		} else {
			changed = append(changed, '|')
		}
		if telnyxapi.Valid(telnyxtest.PublicKey(), h, changed, now) {
			t.Fatal("a changed body is taken")
		}
	})
}
