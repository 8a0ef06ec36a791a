package dashboard_test

import (
	"bufio"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"fixly/dashboard"
	"fixly/store/storetest"
)

// pages are addresses of every kind.
var pages = []string{"/", "/calls", "/calendar", "/calendar/off", "/jobs", "/texts", "/phone", "/calls/x", "/parts/live", "/nothing"}

func TestPagesNeedASession(t *testing.T) {
	s := open(t, signedIn)
	for _, path := range pages {
		resp := s.get(path)
		if resp.status != http.StatusSeeOther || resp.header.Get("Location") != "/sign-in?next="+url.QueryEscape(path) {
			t.Errorf("%s: %d to %q", path, resp.status, resp.header.Get("Location"))
		}
	}
	for _, path := range []string{"/events", "/phone/ws"} {
		if resp := s.get(path); resp.status != http.StatusUnauthorized {
			t.Errorf("%s: %d", path, resp.status)
		}
	}
	resp := s.get("/parts/live", func(r *http.Request) { r.Header.Set("HX-Request", "true") })
	if resp.status != http.StatusUnauthorized || resp.header.Get("HX-Redirect") != "/sign-in" {
		t.Errorf("a part: %d %q", resp.status, resp.header.Get("HX-Redirect"))
	}
	if resp := s.do(http.MethodPost, "/callbacks/done"); resp.status != http.StatusUnauthorized {
		t.Errorf("a post: %d", resp.status)
	}
	if resp := s.get("/static/app.css"); resp.status != http.StatusOK {
		t.Errorf("the style sheet: %d", resp.status)
	}
}

// form posts a form.
func (s *shop) form(path string, values url.Values, edits ...func(*http.Request)) answer {
	s.t.Helper()
	return s.do(http.MethodPost, path, append([]func(*http.Request){func(r *http.Request) {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Body = io.NopCloser(strings.NewReader(values.Encode()))
	}}, edits...)...)
}

func TestSignInAndOut(t *testing.T) {
	s := open(t, signedIn, func(d *dashboard.Deps) { d.PublicURL = "https://fixly.example" })
	resp := s.form("/sign-in", url.Values{"key": {"wrong"}})
	if resp.status != http.StatusUnauthorized || len(resp.cookies) != 0 {
		t.Fatalf("a wrong key: %d %v", resp.status, resp.cookies)
	}
	resp = s.form("/sign-in", url.Values{"key": {key}, "next": {"/jobs?week=2026-11-23"}})
	if resp.status != http.StatusSeeOther || resp.header.Get("Location") != "/jobs?week=2026-11-23" {
		t.Fatalf("the key: %d to %q", resp.status, resp.header.Get("Location"))
	}
	c := resp.cookies[0]
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
		t.Errorf("the cookie: %+v", c)
	}
	with := func(value string) func(*http.Request) {
		return func(r *http.Request) { r.AddCookie(&http.Cookie{Name: c.Name, Value: value}) }
	}
	if resp := s.get("/", with(c.Value)); resp.status != http.StatusOK {
		t.Errorf("with the session: %d", resp.status)
	}
	payload, mac, _ := strings.Cut(c.Value, ".")
	for _, forged := range []string{"", ".", payload, payload + ".", "B" + payload[1:] + "." + mac, payload + "." + mac[1:] + "A", c.Value + "A"} {
		if resp := s.get("/", with(forged)); resp.status != http.StatusSeeOther {
			t.Errorf("forged %q: %d", forged, resp.status)
		}
	}
	s.clock.Advance(31 * 24 * time.Hour)
	if resp := s.get("/", with(c.Value)); resp.status != http.StatusSeeOther {
		t.Errorf("an old session: %d", resp.status)
	}
	if resp := s.form("/sign-out", nil, with(c.Value)); resp.status != http.StatusSeeOther || resp.cookies[0].MaxAge >= 0 {
		t.Errorf("signing out: %d %v", resp.status, resp.cookies)
	}
}

func TestAChangedKeySignsEveryoneOut(t *testing.T) {
	session := open(t, signedIn).form("/sign-in", url.Values{"key": {key}}).cookies[0]
	for now, want := range map[string]int{key: http.StatusOK, "another-key": http.StatusSeeOther} {
		s := open(t, signedIn, func(d *dashboard.Deps) { d.Key = now }) // the same server secret
		if resp := s.get("/", func(r *http.Request) { r.AddCookie(session) }); resp.status != want {
			t.Errorf("with the key %q: %d, want %d", now, resp.status, want)
		}
	}
}

func TestSignInLeadsNowhereElse(t *testing.T) {
	s := open(t, signedIn)
	for _, next := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)", "evil", "", "http:/x"} {
		resp := s.form("/sign-in", url.Values{"key": {key}, "next": {next}})
		if got := resp.header.Get("Location"); got != "/" {
			t.Errorf("next %q leads to %q", next, got)
		}
	}
}

func TestWrongKeysAreLimited(t *testing.T) {
	s := open(t, signedIn)
	for range 10 {
		s.form("/sign-in", url.Values{"key": {"wrong"}})
	}
	if resp := s.form("/sign-in", url.Values{"key": {key}}); resp.status != http.StatusTooManyRequests || resp.header.Get("Retry-After") == "" {
		t.Errorf("the eleventh: %d", resp.status)
	}
	s.clock.Advance(time.Minute)
	if resp := s.form("/sign-in", url.Values{"key": {key}}); resp.status != http.StatusSeeOther {
		t.Errorf("a minute later: %d", resp.status)
	}
}

func TestNobodySignsInWithoutAKey(t *testing.T) {
	s := open(t, signedIn, func(d *dashboard.Deps) { d.Key = "" })
	if resp := s.form("/sign-in", url.Values{"key": {""}}); resp.status != http.StatusUnauthorized {
		t.Errorf("an empty key: %d", resp.status)
	}
}

func TestOtherSitesChangeNothing(t *testing.T) {
	s := open(t)
	s.busyMorning()
	done := url.Values{"phone": {"+13125550177"}}
	for _, header := range [][2]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}} {
		resp := s.form("/callbacks/done", done, func(r *http.Request) { r.Header.Set(header[0], header[1]) })
		if resp.status != http.StatusForbidden {
			t.Errorf("%v: %d", header, resp.status)
		}
	}
	owed, err := s.db.Callbacks(t.Context(), s.b.ID)
	if err != nil || len(owed) != 2 {
		t.Fatalf("owed: %v %v", owed, err)
	}
	if resp := s.form("/callbacks/done", done, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-origin") }); resp.status != http.StatusSeeOther {
		t.Errorf("our own page: %d", resp.status)
	}
	if resp := s.form("/callbacks/done", url.Values{"phone": {"nobody"}}); resp.status != http.StatusBadRequest {
		t.Errorf("no number: %d", resp.status)
	}
}

// TestDemoAnswersToThisMachineOnly: a page of another site that points its own name at this machine gets nothing.
func TestDemoAnswersToThisMachineOnly(t *testing.T) {
	s := open(t)
	for host, want := range map[string]int{
		"localhost:8080": 200, "127.0.0.1:8080": 200, "[::1]:8080": 200, "LOCALHOST": 200,
		"evil.example": 403, "evil.example:8080": 403, "127.0.0.1.evil.example": 403, "10.0.0.7:8080": 403,
	} {
		if resp := s.get("/", func(r *http.Request) { r.Host = host }); resp.status != want {
			t.Errorf("%s: %d, want %d", host, resp.status, want)
		}
	}
}

func TestPhoneNeedsThePagesToken(t *testing.T) {
	s := open(t)
	for _, token := range []string{"", "x", "a.b"} {
		if resp := s.get("/phone/ws?token=" + token); resp.status != http.StatusForbidden {
			t.Errorf("token %q: %d", token, resp.status)
		}
	}
}

func TestHeaders(t *testing.T) {
	s := open(t)
	h := s.get("/").header
	policy := h.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("policy %q lacks %q", policy, want)
		}
	}
	if strings.Contains(policy, "unsafe") || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Frame-Options") != "DENY" || h.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", h)
	}
}

// TestTextIsNeverMarkup: what callers say is shown, never run.
func TestTextIsNeverMarkup(t *testing.T) {
	s := open(t)
	const evil = `<script>alert(1)</script><img src=x onerror=alert(1)>`
	c := s.called(time.Minute, 0, evil, "+13125550142", "", evil, "", said{"caller", evil, ""})
	for _, path := range []string{"/", "/calls", "/calls/" + c.ID} {
		body := s.get(path).body
		if strings.Contains(body, "<script>alert") || strings.Contains(body, "<img") {
			t.Errorf("%s runs what a caller said", path)
		}
	}
}

func TestEventsTellWhatChanged(t *testing.T) {
	s := open(t)
	lines := bufio.NewScanner(s.events())
	next := func() string {
		t.Helper()
		for lines.Scan() {
			if kind, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				return kind
			}
		}
		t.Fatal("the stream ended: ", lines.Err())
		return ""
	}
	if got := next(); got != "resync" {
		t.Errorf("first %q", got)
	}
	s.book(24, 9, "Drain cleaning", "", "Karen Whitfield", "+13125550142", "1842 North Damen Avenue", "60647", "sink", "")
	if got := next(); got != "job" {
		t.Errorf("then %q", got)
	}
}

// TestEventStreamsAreBounded: when all places are taken the next page is told to come back.
func TestEventStreamsAreBounded(t *testing.T) {
	s := open(t)
	for range 64 {
		s.events()
	}
	if resp := s.get("/events"); resp.status != http.StatusServiceUnavailable {
		t.Errorf("one too many: %d", resp.status)
	}
}

// TestGarbageAddresses: PostgreSQL refuses text that SQLite takes; neither is asked.
func TestGarbageAddresses(t *testing.T) {
	s := openAt(t, storetest.Postgres(t))
	for path, want := range map[string]int{
		"/calls/%00": 404, "/calls/%FF": 404, "/jobs/%00": 404, "/texts/%00": 404, "/texts/+1312": 404, "/parts/knows/%00": 404,
		"/calls?before=MTIgAA": 200, "/calls?before=%00": 200, "/jobs?week=%00&technician=%00": 200, "/?business=%00": 404, "/jobs?week=9999-99-99": 200,
	} {
		if got := s.get(path).status; got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
}
