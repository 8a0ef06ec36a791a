// Package google books into Google Calendar, through version 3 of its API
// (https://developers.google.com/workspace/calendar/api/v3/reference).
//
// It speaks HTTP itself: Google's own module would make a third of the program (docs/decisions/0018-google-calendar.md).
// That module and the API's description in it judge this package in its tests.
package google

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"fixly/clock"
	"fixly/scheduling/calendar"
)

// Google's own addresses.
const (
	DefaultAPIURL   = "https://www.googleapis.com"
	DefaultOAuthURL = "https://accounts.google.com"

	tokenURL  = "https://oauth2.googleapis.com/token" //nolint:gosec // G101: an address where tokens are had, none itself
	revokeURL = "https://oauth2.googleapis.com/revoke"
)

// Options are what a provider is made of.
type Options struct {
	APIURL   string // where the paths /calendar/v3/... are; Google's when empty
	OAuthURL string // where people sign in; Google's when empty. Elsewhere, /token and /revoke are below it, too
	// ClientID and ClientSecret are the OAuth client's, as Google's console shows them.
	ClientID, ClientSecret string
	Clock                  clock.Clock  // the machine's when nil
	HTTP                   *http.Client // one with sensible limits when nil
}

// Provider is Google Calendar. It fulfils calendar.Provider, calendar.OAuth and calendar.Revoker, and is safe for
// concurrent use.
type Provider struct {
	api    string
	oauth  oauth2.Config
	revoke string
	stands bool // somebody stands in for Google: the sign-in is not at Google's own address
	clock  clock.Clock
	http   *http.Client

	mu      sync.Mutex
	keyring map[string]*access // what is open, by the id of the account
}

// New makes the provider.
func New(o Options) *Provider {
	if o.APIURL == "" {
		o.APIURL = DefaultAPIURL
	}
	if o.OAuthURL == "" {
		o.OAuthURL = DefaultOAuthURL
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
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	}
	signIn := strings.TrimRight(o.OAuthURL, "/")
	p := &Provider{
		api:     strings.TrimRight(o.APIURL, "/") + "/calendar/v3",
		revoke:  revokeURL,
		clock:   o.Clock,
		http:    o.HTTP,
		keyring: map[string]*access{},
		oauth: oauth2.Config{
			ClientID: o.ClientID, ClientSecret: o.ClientSecret, Scopes: scopes(),
			Endpoint: oauth2.Endpoint{AuthURL: signIn + "/o/oauth2/v2/auth", TokenURL: tokenURL, AuthStyle: oauth2.AuthStyleInParams},
		},
	}
	if signIn != DefaultOAuthURL {
		p.stands = true
		p.oauth.Endpoint.TokenURL, p.revoke = signIn+"/token", signIn+"/revoke"
		if p.oauth.ClientID == "" {
			p.oauth.ClientID = "fixly" // it needs no secret: the code is good for who has PKCE's verifier
		}
	}
	return p
}

// Name is the provider in addresses and in the database.
func (p *Provider) Name() string { return "google" }

// Title is what people call it.
func (p *Provider) Title() string { return "Google Calendar" }

// Ready says what is missing before anybody can connect.
func (p *Provider) Ready() string {
	switch {
	case p.stands:
		return ""
	case p.oauth.ClientID == "":
		return "Set FIXLY_GOOGLE_CLIENT_ID and FIXLY_GOOGLE_CLIENT_SECRET to those of an OAuth client of Google's, and start Fixly again."
	case p.oauth.ClientSecret == "":
		return "Set FIXLY_GOOGLE_CLIENT_SECRET, which Google shows beside the client's id, and start Fixly again."
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
		return nil, &calendar.Error{Kind: calendar.Unauthorized, Doing: "google: open an account", Err: errors.New("its credentials are not readable")}
	}
	return &Calendars{p: p, access: p.accessOf(a, c), save: save}, nil
}

// accessOf gives the access to an account, the same one for as long as its credentials are: tokens are shared by all who
// open it.
func (p *Provider) accessOf(a calendar.Account, c credentials) *access {
	p.mu.Lock()
	defer p.mu.Unlock()
	if have, ok := p.keyring[a.ID]; ok && have.knows(a.Credentials) {
		return have
	}
	fresh := newAccess(p, a.Credentials, c)
	if a.ID != "" {
		p.keyring[a.ID] = fresh
	}
	return fresh
}

// forget drops the access to an account.
func (p *Provider) forget(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.keyring, id)
}

// seal makes credentials of a refresh token.
func seal(refreshToken string) ([]byte, error) {
	b, err := json.Marshal(credentials{RefreshToken: refreshToken}) //nolint:gosec // G117: they are closed where they are kept
	if err != nil {
		return nil, fmt.Errorf("google: credentials: %w", err)
	}
	return b, nil
}

// oneOf says whether b is among some credentials.
func oneOf(all [][]byte, b []byte) bool {
	for _, a := range all {
		if bytes.Equal(a, b) {
			return true
		}
	}
	return false
}
