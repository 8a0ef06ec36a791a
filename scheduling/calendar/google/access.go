package google

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"fixly/scheduling/calendar"
)

// early is how long before its end an access token is no longer used.
const early = time.Minute

// access is the right to use an account: an access token, good for an hour, and the refresh token that gets the next.
type access struct {
	p *Provider
	// turn is held while a token is being fetched, by one for all: a channel, since waiting for it ends with a deadline.
	turn chan struct{}

	mu      sync.Mutex // guards what follows; never held across a request
	token   string
	until   time.Time // zero: not known
	refresh string
	sealed  [][]byte // the credentials that mean this access, the newest last
	unsaved []byte   // credentials that could not be saved so far
}

func newAccess(p *Provider, sealed []byte, c credentials) *access {
	return &access{p: p, turn: make(chan struct{}, 1), refresh: c.RefreshToken, sealed: [][]byte{sealed}}
}

// hold is access by a token that is at hand, for as long as that is good.
func hold(p *Provider, token string) *access {
	return &access{p: p, turn: make(chan struct{}, 1), token: token}
}

// knows says whether credentials mean this access.
func (a *access) knows(sealed []byte) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return oneOf(a.sealed, sealed)
}

// get gives an access token other than one that was refused.
func (a *access) get(ctx context.Context, doing, refused string, save func(context.Context, []byte) error) (string, error) {
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
	if err := a.fetch(ctx, doing); err != nil {
		return "", err
	}
	if err := a.keep(ctx, doing, save); err != nil {
		return "", err
	}
	t, _ := a.good("")
	return t, nil
}

// good gives the token at hand, if it can be used.
func (a *access) good(refused string) (string, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	ok := a.token != "" && a.token != refused && a.unsaved == nil && (a.until.IsZero() || a.p.clock.Now().Before(a.until))
	return a.token, ok
}

// fetch gets a new access token. The turn is held.
func (a *access) fetch(ctx context.Context, doing string) error {
	a.mu.Lock()
	refresh, waits := a.refresh, a.unsaved != nil
	a.mu.Unlock()
	if waits {
		return nil // what was fetched last has to be saved before anything else
	}
	if refresh == "" {
		return &calendar.Error{Kind: calendar.Unauthorized, Doing: doing, Err: errors.New("access has ended")}
	}
	asked := a.p.clock.Now()
	t, err := a.p.oauth.TokenSource(context.WithValue(ctx, oauth2.HTTPClient, a.p.http), &oauth2.Token{RefreshToken: refresh}).Token()
	if err != nil {
		return a.p.tokenError(ctx, doing, err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.token, a.until = t.AccessToken, time.Time{}
	if life := time.Duration(t.ExpiresIn) * time.Second; life > 0 {
		a.until = asked.Add(max(life-early, life/2))
	}
	if t.RefreshToken != "" && t.RefreshToken != refresh { // it was exchanged
		b, err := seal(t.RefreshToken)
		if err != nil {
			return err
		}
		a.refresh, a.unsaved = t.RefreshToken, b
		a.sealed = append(a.sealed, b)
	}
	return nil
}

// keep saves credentials that changed. The turn is held.
func (a *access) keep(ctx context.Context, doing string, save func(context.Context, []byte) error) error {
	a.mu.Lock()
	b := a.unsaved
	a.mu.Unlock()
	if b == nil {
		return nil
	}
	if save != nil {
		if err := save(ctx, b); err != nil {
			return &calendar.Error{Kind: calendar.Unavailable, Doing: doing + ": save the renewed access", Err: err}
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.unsaved = nil
	return nil
}

// tokenError is the refusal of a token.
func (p *Provider) tokenError(ctx context.Context, doing string, err error) error {
	var r *oauth2.RetrieveError
	if !errors.As(err, &r) {
		return unreached(ctx, doing, err)
	}
	// r itself tells the whole answer, so it stays out of our error.
	e := &calendar.Error{Doing: doing, Err: fmt.Errorf("the sign-in answered %d %s", r.Response.StatusCode, word(r.ErrorCode))}
	switch status := r.Response.StatusCode; {
	case r.ErrorCode == "invalid_grant":
		e.Kind = calendar.Unauthorized // revoked, unused for half a year, or seven days old while the client is in testing
	case status == http.StatusTooManyRequests:
		e.Kind, e.RetryAfter = calendar.Limited, p.retryAfter(r.Response.Header)
	case status >= 500, r.ErrorCode == "temporarily_unavailable", r.ErrorCode == "server_error":
		e.Kind = calendar.Unavailable
	case r.ErrorCode == "":
		e.Kind = calendar.Unavailable // none of OAuth's refusals: a proxy's, most likely
	default: // invalid_client, unauthorized_client: the settings are wrong
		e.Kind = calendar.Invalid
	}
	return e
}
