// Package caldav connects calendars of CalDAV servers (RFC 4791): iCloud, Fastmail, Nextcloud, Radicale and many others.
//
// Servers differ. What one lacks is done another way: without sync-collection (RFC 6578) by comparing etags, without
// etags in the answers to writes by reading back. Rules of recurrence are expanded here (package icalendar), since
// servers that do it are few.
package caldav

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"fixly/clock"
	"fixly/scheduling/calendar"
)

// Options is what the provider needs.
type Options struct {
	Clock clock.Clock
	// Zone gives the time zone of a business, for calendars whose server doesn't tell theirs.
	Zone func(ctx context.Context, businessID string) (*time.Location, error)
	// Transport sends requests; nil: Go's.
	Transport http.RoundTripper
}

// Provider is CalDAV.
type Provider struct {
	Options
	client *http.Client
}

// longestAnswer is how long an answer may take, whoever is waiting.
const longestAnswer = 2 * time.Minute

// New makes the provider.
func New(o Options) *Provider {
	if o.Transport == nil {
		// Asking for no compression keeps servers from marking etags as weak, which no write could be guarded by.
		o.Transport = http.DefaultTransport
		if t, ok := o.Transport.(*http.Transport); ok {
			t = t.Clone()
			t.DisableCompression = true
			o.Transport = t
		}
	}
	return &Provider{Options: o, client: &http.Client{
		Transport: o.Transport, Timeout: longestAnswer,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // see session.do
	}}
}

// Name is the provider in addresses and in the database.
func (p *Provider) Name() string { return "caldav" }

// Title is what people call it.
func (p *Provider) Title() string { return "iCloud, Fastmail, Nextcloud and other CalDAV" }

// Fields are what to ask.
func (p *Provider) Fields() []calendar.Field {
	return []calendar.Field{
		{
			Name: "server", Label: "Server address", Type: "url", Required: true,
			Hint: "iCloud: caldav.icloud.com. Fastmail: caldav.fastmail.com. Nextcloud: the address where you sign in. Radicale: its address.",
		},
		{Name: "user", Label: "User name", Type: "text", Required: true, Hint: "iCloud and Fastmail: your e-mail address there."},
		{
			Name: "password", Label: "App password", Type: "password", Required: true,
			Hint: "Not the password you sign in with: one made for Fixly. iCloud: account.apple.com, App-Specific Passwords. " +
				"Fastmail: Settings, Privacy & Security, App passwords. Nextcloud: Settings, Security, Devices & sessions. Radicale: your password.",
		},
	}
}

// credentials are kept closed in the database.
type credentials struct {
	Server   string   `json:"server"` // where discovery begins
	User     string   `json:"user"`
	Password string   `json:"password"`
	Homes    []string `json:"homes"` // the collections that hold the calendars
	Own      []string `json:"own"`   // the addresses of whose calendars they are, as attendees are written, lower case
}

// Connect tries what was filled in.
func (p *Provider) Connect(ctx context.Context, values map[string]string) ([]byte, string, error) {
	server, err := parseServer(values["server"])
	if err != nil {
		return nil, "", err
	}
	c := credentials{Server: server.String(), User: strings.TrimSpace(values["user"]), Password: strings.TrimSpace(values["password"])}
	if c.User == "" || c.Password == "" {
		return nil, "", refuse(calendar.Invalid, "Both a user name and an app password are needed.", nil)
	}
	s := p.session(c, server)
	if c.Homes, c.Own, err = s.discover(ctx); err != nil {
		return nil, "", sentence(err, server)
	}
	a := &account{Provider: p, session: s, credentials: c}
	all, err := a.List(ctx)
	if err != nil {
		return nil, "", sentence(err, server)
	}
	if len(all) == 0 {
		return nil, "", refuse(calendar.NotFound, "The server answers, but there is no calendar in this account. Make one in your calendar app first.", nil)
	}
	raw, err := json.Marshal(c) //nolint:gosec // they are encrypted before they are stored
	if err != nil {
		return nil, "", fmt.Errorf("caldav: keep the credentials: %w", err)
	}
	name := c.User
	if !strings.HasSuffix(name, server.Hostname()) {
		name += " at " + server.Host
	}
	return raw, name, nil
}

// Open gives the calendars of an account.
func (p *Provider) Open(a calendar.Account, _ func(ctx context.Context, credentials []byte) error) (calendar.Calendars, error) {
	var c credentials
	if err := json.Unmarshal(a.Credentials, &c); err != nil {
		return nil, &calendar.Error{Kind: calendar.Unauthorized, Doing: "caldav: open the account", Err: errors.New("its credentials can't be read")}
	}
	server, err := parseServer(c.Server)
	if err != nil {
		return nil, err
	}
	return &account{Provider: p, session: p.session(c, server), credentials: c, businessID: a.BusinessID}, nil
}

// account is a connected account.
type account struct {
	*Provider
	*session
	credentials
	businessID string

	zones sync.Map // of calendars, *time.Location by address; had again whenever one is read
}

// parseServer reads the address of a server as people write it: with or without https.
func parseServer(s string) (*url.URL, error) {
	s = strings.TrimSpace(s)
	if s != "" && !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Opaque != "" {
		return nil, refuse(calendar.Invalid, "That isn't an address of a server. It looks like caldav.example.com or https://cloud.example.com.", nil)
	}
	u.RawQuery, u.Fragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u)) {
		return nil, refuse(calendar.Invalid, "The address has to begin with https://, or the password could be read on the way.", nil)
	}
	return u, nil
}

func refuse(kind calendar.Kind, text string, cause error) error {
	if cause == nil {
		cause = errors.New("it was filled in wrongly")
	}
	return calendar.Refuse(kind, "caldav: connect", text, cause)
}

// sentence tells who filled in the form what went wrong.
func sentence(err error, server *url.URL) error {
	kind := calendar.KindOf(err)
	host := server.Host
	var elsewhere *elsewhereError
	switch {
	case errors.As(err, &elsewhere):
		return refuse(calendar.Invalid, fmt.Sprintf("%s sends to another server, %s, and your password is not sent there unasked. "+
			"If that is where your calendar is, enter %s as the address.", host, elsewhere.host, elsewhere.host), err)
	case errors.Is(err, errDigest):
		return refuse(calendar.Invalid, fmt.Sprintf("%s wants passwords in a way that Fixly doesn't know (Digest). Its administrator can allow Basic.", host), err)
	}
	switch kind {
	case calendar.Unauthorized:
		return refuse(kind, "The user name or the password is wrong. It has to be an app password, not the one you sign in with.", err)
	case calendar.Forbidden:
		return refuse(kind, fmt.Sprintf("%s knows you, but doesn't let you see calendars.", host), err)
	case calendar.NotFound, calendar.Invalid:
		return refuse(kind, fmt.Sprintf("There is no CalDAV calendar at %s. Look the address up in your provider's help.", host), err)
	case calendar.Limited:
		return refuse(kind, fmt.Sprintf("%s wants to be left alone for a while. Try again in some minutes.", host), err)
	case calendar.Unavailable, calendar.Conflict, calendar.Expired:
	}
	return refuse(kind, fmt.Sprintf("%s can't be reached, or doesn't answer as a CalDAV server does. Check the address, or try again later.", host), err)
}
