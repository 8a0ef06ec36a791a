package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"fixly/scheduling/calendar"
)

const (
	// early is how long before its end an access token is no longer used.
	early = time.Minute
	// maxTokenAnswer bounds the answer of the sign-in; tokens are a few kilobytes long.
	maxTokenAnswer = 256 << 10
)

// access is the right to use an account: an access token, good for about an hour, and the refresh token that gets the
// next. Microsoft exchanges the refresh token each time; the new one is saved before what it came with is used.
type access struct {
	p    *Provider
	save func(context.Context, []byte) error
	// turn is held while a token is being fetched, by one for all: a channel, since waiting for it ends with a deadline.
	turn chan struct{}

	mu      sync.Mutex // guards what follows; never held across a request
	token   string
	until   time.Time
	refresh string
	unsaved bool // the refresh token could not be saved so far
}

func newAccess(p *Provider, refresh string, save func(context.Context, []byte) error) *access {
	return &access{p: p, save: save, turn: make(chan struct{}, 1), refresh: refresh}
}

// get gives an access token other than one that was refused.
func (a *access) get(ctx context.Context, doing, refused string) (string, error) {
	if t, ok := a.good(refused); ok {
		return t, nil
	}
	select {
	case a.turn <- struct{}{}:
		defer func() { <-a.turn }()
	case <-ctx.Done():
		return "", unreached(ctx, doing, ctx.Err())
	}
	if t, ok := a.good(refused); ok { // somebody else fetched it meanwhile
		return t, nil
	}
	a.mu.Lock()
	refresh, unsaved := a.refresh, a.unsaved
	a.mu.Unlock()
	if !unsaved {
		if err := a.fetch(ctx, doing, refresh); err != nil {
			return "", err
		}
	}
	if err := a.keep(ctx, doing); err != nil {
		return "", err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.token, nil
}

// good gives the token at hand, if it can be used.
func (a *access) good(refused string) (string, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.token, a.token != "" && a.token != refused && !a.unsaved && a.p.clock.Now().Before(a.until)
}

// fetch gets a new access token. The turn is held.
func (a *access) fetch(ctx context.Context, doing, refresh string) error {
	if refresh == "" {
		return &calendar.Error{Kind: calendar.Unauthorized, Doing: doing, Err: errors.New("access has ended")}
	}
	asked := a.p.clock.Now()
	t, err := a.p.askToken(ctx, doing, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refresh}})
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	life := time.Duration(t.ExpiresIn) * time.Second
	a.token, a.until = t.AccessToken, asked.Add(max(life-early, life/2))
	if t.RefreshToken != "" && t.RefreshToken != refresh {
		a.refresh, a.unsaved = t.RefreshToken, true
	}
	return nil
}

// keep saves a refresh token that was exchanged. The turn is held.
func (a *access) keep(ctx context.Context, doing string) error {
	a.mu.Lock()
	refresh, unsaved := a.refresh, a.unsaved
	a.mu.Unlock()
	if !unsaved {
		return nil
	}
	sealed, err := json.Marshal(credentials{RefreshToken: refresh}) //nolint:gosec // G117: they are closed where they are kept
	if err == nil && a.save != nil {
		err = a.save(ctx, sealed)
	}
	if err != nil {
		return &calendar.Error{Kind: calendar.Unavailable, Doing: doing + ": save the renewed access", Err: err}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.unsaved = false
	return nil
}

// token is what the sign-in gives.
type token struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
	ExpiresIn    int    `json:"expires_in"` // seconds
	Scope        string `json:"scope"`
}

// askToken asks the sign-in for tokens
// (https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow).
func (p *Provider) askToken(ctx context.Context, doing string, form url.Values) (token, error) {
	form.Set("client_id", p.clientID)
	form.Set("scope", scopes)
	if p.secret != "" {
		form.Set("client_secret", p.secret)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.login+"/common/oauth2/v2.0/token", strings.NewReader(form.Encode()))
	if err != nil {
		return token{}, &calendar.Error{Kind: calendar.Invalid, Doing: doing, Err: err}
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	resp, err := p.http.Do(req)
	if err != nil {
		return token{}, unreached(ctx, doing, err)
	}
	defer drop(resp)
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxTokenAnswer))
	if err != nil {
		return token{}, unreached(ctx, doing, err)
	}
	if resp.StatusCode != http.StatusOK {
		return token{}, p.tokenRefused(doing, resp, b)
	}
	var t token
	if err := json.Unmarshal(b, &t); err != nil || t.AccessToken == "" {
		return token{}, garbled(doing)
	}
	return t, nil
}

// tokenRefused is the refusal of a token. The description that comes with it may name the account, so it stays out.
func (p *Provider) tokenRefused(doing string, resp *http.Response, body []byte) error {
	var answer struct {
		Error string `json:"error"`
		Codes []int  `json:"error_codes"` // the numbers of AADSTS
	}
	_ = json.Unmarshal(body, &answer) // a proxy's page: the status says enough
	said := fmt.Sprintf("the sign-in answered %d %s", resp.StatusCode, word(answer.Error))
	for _, c := range answer.Codes {
		said += fmt.Sprintf(" AADSTS%d", c)
	}
	e := &calendar.Error{Doing: doing, Err: errors.New(said)}
	switch {
	case answer.Error == "invalid_grant", answer.Error == "interaction_required", answer.Error == "consent_required":
		e.Kind = calendar.Unauthorized
	case resp.StatusCode == http.StatusTooManyRequests:
		e.Kind, e.RetryAfter = calendar.Limited, p.retryAfter(resp.Header)
	case resp.StatusCode >= 500, answer.Error == "temporarily_unavailable", answer.Error == "server_error", answer.Error == "":
		e.Kind, e.RetryAfter = calendar.Unavailable, p.retryAfter(resp.Header)
	default: // invalid_client, unauthorized_client: the settings are wrong
		e.Kind = calendar.Invalid
	}
	return e
}
