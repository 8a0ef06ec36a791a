package caldav

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixly/scheduling/calendar"
)

// Bounds of what servers answer.
const (
	longestBody = 64 << 20 // bytes
	mostMoves   = 5        // redirects, one after the other
)

// session speaks with a server.
type session struct {
	client         *http.Client
	user, password string
	server         *url.URL
}

func (p *Provider) session(c credentials, server *url.URL) *session {
	return &session{client: p.client, user: c.User, password: c.Password, server: server}
}

// families are domains whose hosts are all of one owner, who spreads an account over them: iCloud's calendars lie at
// p34-caldav.icloud.com or the like. Anywhere else a password goes to the host that it was entered for, and to no other.
var families = []string{"icloud.com", "icloud.com.cn"}

// trusted says whether the password may go there.
func (s *session) trusted(u *url.URL) bool {
	if u.Scheme != s.server.Scheme || port(u) != port(s.server) {
		return false
	}
	return strings.EqualFold(u.Hostname(), s.server.Hostname()) || slices.ContainsFunc(families, func(domain string) bool {
		return within(u.Hostname(), domain) && within(s.server.Hostname(), domain)
	})
}

// port is the port of an address, written or not: iCloud writes the usual one.
func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return map[string]string{"http": "80", "https": "443"}[u.Scheme]
}

func within(host, domain string) bool {
	return strings.HasSuffix("."+strings.ToLower(host), "."+domain)
}

// loopback says whether a host is this machine.
func loopback(u *url.URL) bool {
	host := u.Hostname()
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// request is what is asked.
type request struct {
	method string
	to     *url.URL
	head   map[string]string
	body   []byte
	doing  string // "read changes"
}

// reply is what was answered.
type reply struct {
	status int
	head   http.Header
	body   []byte
	from   *url.URL // where redirects ended
}

// elsewhereError says that a server sends to a host that the password is not for.
type elsewhereError struct{ host string }

func (e *elsewhereError) Error() string { return "it sends to another host, " + e.host }

var errDigest = errors.New("the server wants Digest authentication")

// do asks the server, following redirects to where the password may go. An answer of 400 and more is an error, but those
// allowed.
func (s *session) do(ctx context.Context, r request, allowed ...int) (*reply, error) {
	to := r.to
	for range mostMoves {
		a, err := s.once(ctx, r, to)
		if err != nil {
			return nil, fail(r.doing, calendar.Unavailable, err)
		}
		switch a.status {
		case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
			next, err := to.Parse(a.head.Get("Location"))
			if err != nil {
				return nil, fail(r.doing, calendar.Unavailable, errors.New("it sends nowhere"))
			}
			if !s.trusted(next) {
				return nil, fail(r.doing, calendar.Unavailable, &elsewhereError{next.Host})
			}
			to = next
			continue
		}
		if a.status >= 300 && !slices.Contains(allowed, a.status) {
			return nil, a.refusal(r.doing)
		}
		return a, nil
	}
	return nil, fail(r.doing, calendar.Unavailable, errors.New("it sends around in circles"))
}

func (s *session) once(ctx context.Context, r request, to *url.URL) (*reply, error) {
	req, err := http.NewRequestWithContext(ctx, r.method, to.String(), bytes.NewReader(r.body))
	if err != nil {
		return nil, errors.New("no address to ask")
	}
	req.SetBasicAuth(s.user, s.password)
	req.Header.Set("User-Agent", "Fixly (CalDAV)")
	for name, value := range r.head {
		req.Header.Set(name, value)
	}
	resp, err := s.client.Do(req)
	if err != nil {
		var u *url.Error // its text has the address, which may name the person
		if errors.As(err, &u) {
			err = u.Err
		}
		return nil, err
	}
	defer resp.Body.Close() //nolint:errcheck // it was read as far as it matters
	body, err := io.ReadAll(io.LimitReader(resp.Body, longestBody+1))
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if len(body) > longestBody {
		return nil, fmt.Errorf("the answer has more than %d bytes", longestBody)
	}
	return &reply{status: resp.StatusCode, head: resp.Header, body: body, from: to}, nil
}

func fail(doing string, kind calendar.Kind, err error) error {
	return &calendar.Error{Kind: kind, Doing: "caldav: " + doing, Err: err}
}

// refusal is what an answer of failure means.
func (a *reply) refusal(doing string) error {
	e := &calendar.Error{Kind: calendar.Unavailable, Doing: "caldav: " + doing, Err: fmt.Errorf("the server answers %d", a.status)}
	switch a.status {
	case http.StatusUnauthorized:
		e.Kind = calendar.Unauthorized
		if asks := strings.Join(a.head.Values("WWW-Authenticate"), " "); strings.Contains(asks, "Digest") && !strings.Contains(asks, "Basic") {
			e.Kind, e.Err = calendar.Invalid, errDigest
		}
	case http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusPaymentRequired:
		e.Kind = calendar.Forbidden
		if a.precondition() {
			e.Kind = calendar.Invalid
		}
	case http.StatusNotFound, http.StatusGone, http.StatusConflict: // a conflict, of WebDAV: the collection is not there
		e.Kind = calendar.NotFound
		if a.precondition() {
			e.Kind = calendar.Invalid
		}
	case http.StatusPreconditionFailed:
		e.Kind = calendar.Conflict
	case http.StatusTooManyRequests:
		e.Kind, e.RetryAfter = calendar.Limited, a.retryAfter()
	case http.StatusServiceUnavailable:
		if e.RetryAfter = a.retryAfter(); e.RetryAfter > 0 {
			e.Kind = calendar.Limited
		}
	case http.StatusRequestTimeout, http.StatusLocked, http.StatusTooEarly:
	case http.StatusInsufficientStorage:
		e.Err = errors.New("the account is full (507)") // until its owner makes room
	default:
		if a.status < 500 {
			e.Kind = calendar.Invalid
		}
	}
	return e
}

// precondition says whether the answer names a rule of CalDAV that the request broke (RFC 4791 section 5.3.2.1): no
// matter of permissions, and never to be accepted.
func (a *reply) precondition() bool {
	for _, rule := range []string{
		"supported-calendar-data", "valid-calendar-data", "valid-calendar-object-resource", "supported-calendar-component", "no-uid-conflict",
		"max-resource-size", "min-date-time", "max-date-time", "max-instances", "max-attendees-per-instance", "supported-filter", "valid-filter",
	} {
		if bytes.Contains(a.body, []byte(rule)) {
			return true
		}
	}
	return false
}

// retryAfter is how long the server wants to be left alone: seconds, or a time, by the server's own clock.
func (a *reply) retryAfter() time.Duration {
	said := a.head.Get("Retry-After")
	if seconds, err := strconv.Atoi(said); err == nil {
		return max(0, min(time.Duration(seconds)*time.Second, 24*time.Hour))
	}
	until, err1 := http.ParseTime(said)
	now, err2 := http.ParseTime(a.head.Get("Date"))
	if err1 != nil || err2 != nil {
		return 0
	}
	return max(0, min(until.Sub(now), 24*time.Hour))
}
