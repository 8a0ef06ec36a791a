package google_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fixly/clock"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/google"
)

// TestRefusals holds what is made of each refusal that Google's guide to errors lists.
func TestRefusals(t *testing.T) {
	no := func(code int, domain, reason string) string {
		return fmt.Sprintf(`{"error":{"errors":[{"domain":%q,"reason":%q,"message":"About ann@example.com"}],"code":%d,"message":"About ann@example.com"}}`, domain, reason, code)
	}
	for _, c := range []struct {
		status int
		body   string
		header map[string]string
		kind   calendar.Kind
		after  time.Duration
	}{
		{status: 400, body: no(400, "calendar", "timeRangeEmpty"), kind: calendar.Invalid},
		{status: 401, body: no(401, "global", "authError"), kind: calendar.Unauthorized},
		{status: 403, body: no(403, "usageLimits", "userRateLimitExceeded"), kind: calendar.Limited},
		{status: 403, body: no(403, "usageLimits", "rateLimitExceeded"), kind: calendar.Limited},
		{status: 403, body: no(403, "usageLimits", "quotaExceeded"), kind: calendar.Limited},
		{status: 403, body: no(403, "usageLimits", "accessNotConfigured"), kind: calendar.Invalid},
		{status: 403, body: no(403, "global", "insufficientPermissions"), kind: calendar.Forbidden},
		{status: 403, body: no(403, "calendar", "forbiddenForNonOrganizer"), kind: calendar.Forbidden},
		{status: 403, body: `{"error":{"code":403,"status":"PERMISSION_DENIED","details":[{"reason":"ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}`, kind: calendar.Forbidden},
		{status: 403, body: `{"error":{"code":403,"status":"PERMISSION_DENIED","details":[{"reason":"SERVICE_DISABLED"}]}}`, kind: calendar.Invalid},
		{status: 403, body: "<html>", kind: calendar.Forbidden},
		{status: 404, body: no(404, "global", "notFound"), kind: calendar.NotFound},
		{status: 410, body: no(410, "global", "deleted"), kind: calendar.NotFound},
		{status: 412, body: no(412, "global", "conditionNotMet"), kind: calendar.Conflict},
		{status: 429, body: no(429, "usageLimits", "rateLimitExceeded"), kind: calendar.Limited},
		{status: 429, header: map[string]string{"Retry-After": "12"}, kind: calendar.Limited, after: 12 * time.Second},
		{
			status: 429, kind: calendar.Limited, after: 90 * time.Second,
			header: map[string]string{"Retry-After": "Mon, 01 Mar 2027 14:01:30 GMT", "Date": "Mon, 01 Mar 2027 14:00:00 GMT"},
		},
		{status: 429, header: map[string]string{"Retry-After": "-3"}, kind: calendar.Limited},
		{status: 500, body: no(500, "global", "backendError"), kind: calendar.Unavailable},
		{status: 503, header: map[string]string{"Retry-After": "3"}, kind: calendar.Unavailable, after: 3 * time.Second},
		{status: 302, header: map[string]string{"Location": "http://127.0.0.1:1/"}, kind: calendar.Unavailable},
		{status: 418, body: strings.Repeat("x", 1<<20), kind: calendar.Invalid},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/token" {
				w.Header().Set("Content-Type", "application/json")
				fmt.Fprint(w, `{"access_token":"t0ken","token_type":"Bearer"}`)
				return
			}
			for k, v := range c.header {
				w.Header().Set(k, v)
			}
			w.WriteHeader(c.status)
			fmt.Fprint(w, c.body)
		}))
		cals, err := google.New(google.Options{APIURL: s.URL, OAuthURL: s.URL, Clock: clock.NewManual(time.Now())}).
			Open(calendar.Account{Credentials: []byte(`{"refresh_token":"r3fresh"}`)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = cals.Event(t.Context(), "ann@example.com", "abcde")
		s.Close()
		var e *calendar.Error
		if !errors.As(err, &e) || e.Kind != c.kind || e.RetryAfter != c.after {
			t.Errorf("%d %.80s: %v, after %v; want %s after %v", c.status, c.body, err, e.RetryAfter, c.kind, c.after)
			continue
		}
		for _, secret := range []string{"ann@example.com", "t0ken", "r3fresh"} {
			if strings.Contains(e.Error(), secret) {
				t.Errorf("the error tells %q: %v", secret, e)
			}
		}
	}
}
