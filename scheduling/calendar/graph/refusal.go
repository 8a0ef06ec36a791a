package graph

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixly/scheduling/calendar"
)

// refused is the error of an answer that says no (https://learn.microsoft.com/en-us/graph/errors). Of what it says only
// the codes are kept, which are words of Graph's own; messages tell more than a log should hold.
func (p *Provider) refused(doing string, resp *http.Response) error {
	s := &status{resp.StatusCode, readCodes(resp.Body)}
	e := &calendar.Error{Kind: s.kind(), Doing: doing, Err: s}
	if e.Kind == calendar.Limited || e.Kind == calendar.Unavailable {
		e.RetryAfter = p.retryAfter(resp.Header)
	}
	return e
}

// status is what Graph said no with.
type status struct {
	code  int
	codes []string // the plainest first, the most detailed last
}

func (s *status) Error() string {
	said := fmt.Sprintf("Graph answered %d", s.code)
	for _, c := range s.codes {
		said += " " + word(c)
	}
	return said
}

// has says whether a code is among those given, however it is written: Graph's services are not of one mind about case.
func (s *status) has(codes ...string) bool {
	return slices.ContainsFunc(s.codes, func(is string) bool {
		return slices.ContainsFunc(codes, func(c string) bool { return strings.EqualFold(is, c) })
	})
}

// readCodes gives the codes of a refusal, those of its inner errors included.
func readCodes(body io.Reader) []string {
	type detail struct {
		Code  string          `json:"code"`
		Inner json.RawMessage `json:"innererror"` // or innerError: encoding/json takes either
	}
	var answer struct {
		Error detail `json:"error"`
	}
	b, err := io.ReadAll(io.LimitReader(body, 64<<10))
	if err != nil || json.Unmarshal(b, &answer) != nil {
		return nil // a proxy's page: the status says enough
	}
	var all []string
	for d, depth := answer.Error, 0; depth < 8; depth++ {
		if d.Code != "" {
			all = append(all, d.Code)
		}
		var inner detail
		if len(d.Inner) == 0 || json.Unmarshal(d.Inner, &inner) != nil {
			break
		}
		d = inner
	}
	return all
}

// kind says what has to be done about a refusal.
func (s *status) kind() calendar.Kind {
	switch {
	case s.code == http.StatusUnauthorized:
		return calendar.Unauthorized
	case s.code == http.StatusForbidden:
		return calendar.Forbidden
	case s.code == http.StatusNotFound:
		return calendar.NotFound
	case s.code == http.StatusBadRequest && s.has("ErrorInvalidIdMalformed", "ErrorInvalidId", "ErrorInvalidIdEmpty", "ErrorInvalidMailboxItemId"):
		return calendar.NotFound // an id that can be none of Exchange's
	case s.duplicate():
		return calendar.Conflict
	case s.code == http.StatusGone:
		return calendar.Expired
	case s.code == http.StatusConflict, s.code == http.StatusPreconditionFailed:
		return calendar.Conflict
	case s.code == http.StatusTooManyRequests, s.code == 509:
		return calendar.Limited
	case s.code >= 500, s.code == http.StatusRequestTimeout, s.code == http.StatusLocked, s.code < 400:
		return calendar.Unavailable
	}
	return calendar.Invalid
}

// duplicate says whether an event was not written because one was with the same transaction id. Graph was seen to say so
// with 400 and with 409.
func (s *status) duplicate() bool {
	return (s.code == http.StatusBadRequest || s.code == http.StatusConflict) && s.has("ErrorDuplicateTransactionId")
}

// retryAfter reads how long Graph wants to be left alone; zero: it doesn't say.
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

// word gives a word of Microsoft's that may be shown, and nothing for anything else.
func word(s string) string {
	if len(s) > 60 || strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '.'
	}) {
		return ""
	}
	return s
}
