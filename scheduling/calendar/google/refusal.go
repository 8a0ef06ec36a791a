package google

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"fixly/scheduling/calendar"
)

// refused is the error of an answer that says no (https://developers.google.com/workspace/calendar/api/guides/errors). Of
// what it says only the reasons are kept, which are words of Google's own.
func (p *Provider) refused(doing string, resp *http.Response) error {
	reasons := readReasons(resp.Body)
	e := &calendar.Error{Kind: classify(resp.StatusCode, reasons), Doing: doing, Err: &status{resp.StatusCode, reasons}}
	if e.Kind == calendar.Limited || e.Kind == calendar.Unavailable {
		e.RetryAfter = p.retryAfter(resp.Header)
	}
	if has(reasons, "accessNotConfigured") || has(reasons, "SERVICE_DISABLED") {
		e.Err = errors.New("the Google Calendar API is not enabled in the project of the OAuth client")
	}
	return e
}

// status is what Google said no with.
type status struct {
	code    int
	reasons []string
}

func (s *status) Error() string {
	said := fmt.Sprintf("Google answered %d", s.code)
	for _, r := range s.reasons {
		said += " " + word(r)
	}
	return said
}

// readReasons gives the reasons of a refusal, in both forms in which Google writes them.
func readReasons(body io.Reader) []string {
	var answer struct {
		Error struct {
			Status string `json:"status"`
			Errors []struct {
				Reason string `json:"reason"`
			} `json:"errors"`
			Details []struct {
				Reason string `json:"reason"`
			} `json:"details"`
		} `json:"error"`
	}
	b, err := io.ReadAll(io.LimitReader(body, 64<<10))
	if err != nil || json.Unmarshal(b, &answer) != nil {
		return nil // a proxy's page: the status says enough
	}
	var all []string
	for _, e := range answer.Error.Errors {
		all = append(all, e.Reason)
	}
	for _, d := range answer.Error.Details {
		if d.Reason != "" {
			all = append(all, d.Reason)
		}
	}
	if len(all) == 0 && answer.Error.Status != "" {
		all = append(all, answer.Error.Status)
	}
	return all
}

// classify says what has to be done about a refusal.
func classify(status int, reasons []string) calendar.Kind {
	switch {
	case status == http.StatusUnauthorized:
		for _, r := range reasons {
			if strings.HasPrefix(r, "push.") { // of our address for notices, not of our access
				return calendar.Invalid
			}
		}
		return calendar.Unauthorized
	case status == http.StatusForbidden:
		switch {
		case has(reasons, "rateLimitExceeded"), has(reasons, "userRateLimitExceeded"), has(reasons, "quotaExceeded"),
			has(reasons, "dailyLimitExceeded"), has(reasons, "calendarLimitsExceeded"), has(reasons, "RATE_LIMIT_EXCEEDED"):
			return calendar.Limited
		case has(reasons, "accessNotConfigured"), has(reasons, "SERVICE_DISABLED"):
			return calendar.Invalid
		}
		return calendar.Forbidden
	case status == http.StatusNotFound, status == http.StatusGone:
		return calendar.NotFound
	case status == http.StatusConflict, status == http.StatusPreconditionFailed:
		return calendar.Conflict
	case status == http.StatusTooManyRequests:
		return calendar.Limited
	case status >= 500, status == http.StatusRequestTimeout, status < 400:
		return calendar.Unavailable
	}
	return calendar.Invalid
}

func has(reasons []string, reason string) bool {
	for _, r := range reasons {
		if r == reason {
			return true
		}
	}
	return false
}

// retryAfter reads how long Google wants to be left alone; zero: it doesn't say.
func (p *Provider) retryAfter(h http.Header) time.Duration {
	v := h.Get("Retry-After")
	if s, err := strconv.Atoi(v); err == nil && s > 0 {
		return time.Duration(s) * time.Second
	}
	at, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	now := p.clock.Now()
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date // by its own clock
	}
	return max(0, at.Sub(now))
}

// word gives a word of Google's that may be shown, and nothing for anything else.
func word(s string) string {
	if len(s) > 60 {
		return ""
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' && r != '.' {
			return ""
		}
	}
	return s
}
