// Package graph books into the calendars of Microsoft 365 and Outlook.com, through version 1.0 of Microsoft Graph
// (https://learn.microsoft.com/en-us/graph/api/resources/calendar-overview).
//
// How it keeps in step with what Graph promises, and doesn't, is in docs/decisions/0020-microsoft-calendars.md.
package graph

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"fixly/clock"
	"fixly/scheduling/calendar"
)

// Microsoft's own addresses.
const (
	DefaultAPIURL   = "https://graph.microsoft.com"
	DefaultLoginURL = "https://login.microsoftonline.com"
)

// Options are what a provider is made of.
type Options struct {
	APIURL   string // where the paths /v1.0/... are; Microsoft's when empty
	LoginURL string // where people sign in; Microsoft's when empty
	// ClientID and ClientSecret are the app registration's, as Microsoft Entra shows them.
	ClientID, ClientSecret string
	Clock                  clock.Clock  // the machine's when nil
	HTTP                   *http.Client // one with sensible limits when nil
}

// Provider is Microsoft 365. It fulfils calendar.Provider and calendar.OAuth, and is safe for concurrent use. Microsoft
// can't be told that we give the access to one account up: who wants to take it away does so there.
type Provider struct {
	api, login       string
	clientID, secret string
	stands           bool // somebody stands in for Microsoft: the sign-in is not at its own address
	clock            clock.Clock
	http             *http.Client

	mu         sync.Mutex
	challenged map[string]time.Time // subscriptions that have to be authorised again, by id; when Graph said so
}

// New makes the provider.
func New(o Options) *Provider {
	if o.APIURL == "" {
		o.APIURL = DefaultAPIURL
	}
	if o.LoginURL == "" {
		o.LoginURL = DefaultLoginURL
	}
	if o.Clock == nil {
		o.Clock = clock.Real()
	}
	if o.HTTP == nil {
		o.HTTP = &http.Client{
			Transport: &http.Transport{
				Proxy:               http.ProxyFromEnvironment,
				DialContext:         (&net.Dialer{Timeout: dialTimeout}).DialContext,
				TLSHandshakeTimeout: dialTimeout,
				MaxIdleConnsPerHost: 16,
				IdleConnTimeout:     90 * time.Second,
				ForceAttemptHTTP2:   true,
			},
			// A token is for Graph alone, so it goes where Graph is, and nowhere that an answer may point to.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	}
	p := &Provider{
		api: strings.TrimRight(o.APIURL, "/"), login: strings.TrimRight(o.LoginURL, "/"),
		clientID: o.ClientID, secret: o.ClientSecret, clock: o.Clock, http: o.HTTP, challenged: map[string]time.Time{},
	}
	if p.login != DefaultLoginURL {
		p.stands = true
		if p.clientID == "" {
			p.clientID = "fixly" // it needs no secret: the code is good for who has PKCE's verifier
		}
	}
	return p
}

// Name is the provider in addresses and in the database.
func (p *Provider) Name() string { return "microsoft" }

// Title is what people call it.
func (p *Provider) Title() string { return "Microsoft 365" }

// Ready says what is missing before anybody can connect.
func (p *Provider) Ready() string {
	switch {
	case p.stands:
		return ""
	case p.clientID == "":
		return "Set FIXLY_MICROSOFT_CLIENT_ID and FIXLY_MICROSOFT_CLIENT_SECRET to those of an app registered with Microsoft, and start Fixly again."
	case p.secret == "":
		return "Set FIXLY_MICROSOFT_CLIENT_SECRET to a secret of the app registered with Microsoft, and start Fixly again."
	}
	return ""
}

// credentials are what is kept of an account.
type credentials struct {
	RefreshToken string `json:"refresh_token"`
}

// Open gives the calendars of an account.
func (p *Provider) Open(a calendar.Account, save func(ctx context.Context, credentials []byte) error) (calendar.Calendars, error) {
	var c credentials
	if err := json.Unmarshal(a.Credentials, &c); err != nil || c.RefreshToken == "" {
		return nil, &calendar.Error{Kind: calendar.Unauthorized, Doing: "microsoft: open an account", Err: errors.New("its credentials are not readable")}
	}
	return newCalendars(p, newAccess(p, c.RefreshToken, save)), nil
}
