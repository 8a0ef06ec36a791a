package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/coder/websocket"
)

// fuzzed is how much garbage each door gets. The fuzz targets of the packages go deeper; this goes through all of the
// program at once.
const fuzzed = 300

// TestGarbageAtEveryDoor knocks with signed nonsense, relay messages that are none, and odd requests to the API: no
// panic, no 500, and at the end a caller can still book. The seed is printed, so that a failure can be had again.
func TestGarbageAtEveryDoor(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database, onABadDay)
		seed := uint64(time.Now().UnixNano())
		t.Logf("seed %d", seed)
		g := garbage{rand.New(rand.NewPCG(seed, 0))}
		live := s.Call(karen) // so that some of it meets a call
		live.Hears("How can I help")

		for range fuzzed {
			path := webhookPaths[g.IntN(len(webhookPaths))]
			if g.IntN(3) == 0 {
				path += "?" + g.form(nil).Encode()
			}
			form := s.Form(g.number(), g.pick("ringing", "in-progress", "completed", "busy", g.text()))
			if g.IntN(2) == 0 {
				form.Set("CallSid", live.SID)
			}
			form = g.form(form)
			status, body, err := s.Webhook(path, form)
			if err != nil || status >= 500 || status < 200 {
				t.Fatalf("%s with %q is answered %d %q: %v", path, form, status, body, err)
			}
		}
		for range fuzzed / 10 {
			g.relaySession(t, s, live.SID)
		}
		for range fuzzed {
			g.apiRequest(t, s)
		}

		call := s.Call(owen)
		s.talksAboutTheLeak(call)
		says(call, "yes that's right", "booked")
		call.HangsUp()
		s.Texted(owen, "You're booked")
		if !s.running() {
			t.Error("the server is gone")
		}
	})
}

// garbage makes things up.
type garbage struct{ *rand.Rand }

func (g garbage) pick(from ...string) string { return from[g.IntN(len(from))] }

func (g garbage) number() string {
	return g.pick(karen, owen, "", "anonymous", "+266696687", "client:x", "sip:a@b", nogood, owner, line, "+1", "911", "+49301234567", g.text())
}

// text is words, control characters, other scripts, broken UTF-8 and long repetitions.
func (g garbage) text() string {
	switch g.IntN(6) {
	case 0:
		return g.pick("my sink is dripping", "yes", "no", "tomorrow at eight", "1", "12345", "STOP", "operator", "gas leak", "+1 312 555 0100")
	case 1:
		b := make([]byte, g.IntN(80))
		for i := range b {
			b[i] = byte(g.IntN(256))
		}
		return string(b)
	case 2:
		var s strings.Builder
		for range g.IntN(60) {
			s.WriteRune(rune(g.IntN(utf8.MaxRune)))
		}
		return s.String()
	case 3:
		return strings.Repeat(g.pick("a ", "9", "ñ", "😀", "\x00", "<Say>", "'; DROP TABLE jobs; --", "{", "\""), g.IntN(400))
	case 4:
		return fmt.Sprint(g.Int64() - g.Int64())
	}
	return ""
}

// form scatters nonsense over a form.
func (g garbage) form(v url.Values) url.Values {
	if v == nil {
		v = url.Values{}
	}
	keys := []string{
		"CallSid", "From", "To", "Digits", "SpeechResult", "Confidence", "DialCallStatus", "DialBridged", "SessionStatus", "HandoffData", "CallStatus",
		"MessageSid", "Body", "NumMedia", "MediaUrl0", "OptOutType", "MessageStatus", "ErrorCode", "StirVerstat", "CallerName", "ParentCallSid",
		"call", "turn", "silences", "series", "next", "rang", "attempt", "apology", "session", "message", "Language", "AccountSid2",
	}
	for range g.IntN(8) {
		k := g.pick(keys...)
		if k == "HandoffData" && g.IntN(2) == 0 {
			v.Set(k, `{"reason":"`+g.pick("transfer", "goodbye", "broken", g.text())+`","to":["`+g.number()+`"]}`)
			continue
		}
		v[k] = append(v[k], g.text())
	}
	return v
}

// relaySession opens a session as Twilio would and says what Twilio would not.
func (g garbage) relaySession(t testing.TB, s *shop, sid string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	conn, status, err := s.Handshake(ctx, "/twilio/relay", "demo-twilio-auth-token")
	if err != nil {
		t.Fatalf("the handshake is answered %d: %v", status, err)
	}
	defer func() { _ = conn.CloseNow() }()
	go func() {
		for err == nil {
			_, _, err = conn.Read(ctx)
		}
	}()
	setup := fmt.Sprintf(`{"type":"setup","sessionId":"VX%d","callSid":%q,"accountSid":"AC00000000000000000000000000000001","from":%q,"to":%q}`,
		g.IntN(9), g.pick(sid, "CA"+fmt.Sprint(g.Uint64())), karen, line)
	if g.IntN(3) > 0 {
		_ = conn.Write(ctx, websocket.MessageText, []byte(setup))
	}
	for range g.IntN(12) {
		kind := websocket.MessageText
		if g.IntN(8) == 0 {
			kind = websocket.MessageBinary
		}
		if conn.Write(ctx, kind, []byte(g.relayMessage())) != nil {
			return // the server has had enough
		}
	}
}

func (g garbage) relayMessage() string {
	quoted := quote(g.text())
	switch g.IntN(7) {
	case 0:
		return `{"type":"prompt","voicePrompt":` + quoted + `,"lang":"en-US","last":true}`
	case 1:
		return `{"type":"prompt","voicePrompt":` + quoted + `,"last":` + g.pick("false", "1", "null", "[]") + `}`
	case 2:
		return `{"type":"interrupt","utteranceUntilInterrupt":` + quoted + `,"durationUntilInterruptMs":` + g.pick("460", `"460"`, "{}") + `}`
	case 3:
		return `{"type":"dtmf","digit":` + g.pick(`"1"`, `"#"`, `""`, "7", quoted) + `}`
	case 4:
		return `{"type":"error","description":` + quoted + `}`
	case 5:
		return `{"type":"setup","customParameters":{"call":` + quoted + `,"resume":"person_gone"}}`
	}
	return g.text()
}

// quote writes a string as JSON.
func quote(s string) string {
	b, _ := json.Marshal(s) // strings always marshal
	return string(b)
}

// apiRequest is an odd request to the API or the pages, with the key.
func (g garbage) apiRequest(t testing.TB, s *shop) {
	t.Helper()
	path := g.pick("/api/v1/jobs", "/api/v1/jobs/"+url.PathEscape(g.text()), "/api/v1/availability", "/api/v1/calls", "/api/v1/calls/"+url.PathEscape(g.text()),
		"/api/v1/messages", "/api/v1/callbacks", "/api/v1/customers", "/api/v1/report", "/api/v1/business", "/api/v1/understand", "/api/v1/openapi.json",
		"/", "/calls", "/calls/x", "/jobs", "/texts", "/phone", "/"+url.PathEscape(g.text()))
	if g.IntN(2) == 0 {
		q := url.Values{}
		for range g.IntN(4) {
			q.Set(g.pick("from", "to", "phone", "limit", "cursor", "status", "service", "direction", "day", "outcome"), g.text())
		}
		path += "?" + q.Encode()
	}
	body := []byte(g.text())
	if g.IntN(2) == 0 {
		body = fmt.Appendf(nil, `{"text":%s,"asked":"%s","service":%s,"starts_at":"%s","customer":{"name":%s,"phone":%s},"address":%s}`,
			quote(g.text()), g.pick("", "when", "name", "address", "x"), quote(g.pick("Leak repair", g.text())),
			g.pick("2026-11-24T08:00:00-06:00", "soon"), quote(g.text()), quote(g.number()), g.pick("{}", "null", `{"line1":"1 Main St","zip":"60622"}`))
	}
	method := g.pick(http.MethodGet, http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodPut, http.MethodDelete)
	if strings.HasPrefix(path, "/api/v1/business") && method == http.MethodPut {
		method = http.MethodGet // the line must stay
	}
	req, err := http.NewRequestWithContext(t.Context(), method, s.url+path, bytes.NewReader(body))
	if err != nil {
		return // no request can look like that
	}
	req.Header.Set("Authorization", "Bearer "+apiKey)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	answer, _ := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if resp.StatusCode >= 500 {
		t.Fatalf("%s %s with %q is answered %d %q", method, path, body, resp.StatusCode, answer)
	}
}
