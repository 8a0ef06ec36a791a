package google

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/oauth2"

	"fixly/scheduling/calendar"
)

// AuthURL is where the owner says yes. Google gives a refresh token only for access_type=offline and, to who said yes once
// before, only for prompt=consent.
func (p *Provider) AuthURL(redirect, state, verifier string) string {
	c := p.oauth
	c.RedirectURL = redirect
	return c.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier), oauth2.AccessTypeOffline,
		oauth2.SetAuthURLParam("prompt", "consent"), oauth2.SetAuthURLParam("include_granted_scopes", "true"))
}

// Exchange turns the code that the owner came back with into credentials. The name is the address of the account.
func (p *Provider) Exchange(ctx context.Context, redirect, code, verifier string) ([]byte, string, error) {
	const doing = "google: connect"
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	c := p.oauth
	c.RedirectURL = redirect
	t, err := c.Exchange(context.WithValue(ctx, oauth2.HTTPClient, p.http), code, oauth2.VerifierOption(verifier))
	if err != nil {
		return nil, "", p.tokenError(ctx, doing, err)
	}
	granted, _ := t.Extra("scope").(string) // absent: all that was asked for
	if m := missing(granted); len(m) > 0 {
		return nil, "", &calendar.Error{
			Kind: calendar.Forbidden, Doing: doing,
			Err: fmt.Errorf("Google was not allowed to let Fixly: %q; connect again and tick every box", m), //nolint:staticcheck // ST1005: Google is a name
		}
	}
	if t.RefreshToken == "" {
		return nil, "", &calendar.Error{
			Kind: calendar.Forbidden, Doing: doing,
			Err: errors.New("Google gave no lasting access; take Fixly's away at myaccount.google.com/connections and connect again"), //nolint:staticcheck // ST1005: Google is a name
		}
	}
	b, err := seal(t.RefreshToken)
	if err != nil {
		return nil, "", err
	}
	all, err := (&Calendars{p: p, access: hold(p, t.AccessToken)}).List(ctx)
	if err != nil {
		return nil, "", err
	}
	name := p.Title()
	for _, i := range all {
		if i.Primary {
			name = i.ID // the id of the primary calendar is the account's address
		}
	}
	return b, name, nil
}

// Revoke tells Google that we give access up. Access that has ended already is no error.
func (p *Provider) Revoke(ctx context.Context, a calendar.Account) error {
	const doing = "google: give access up"
	p.forget(a.ID)
	var c credentials
	if err := json.Unmarshal(a.Credentials, &c); err != nil || c.RefreshToken == "" {
		return nil // there is nothing to give up
	}
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.revoke, strings.NewReader(url.Values{"token": {c.RefreshToken}}.Encode()))
	if err != nil {
		return &calendar.Error{Kind: calendar.Invalid, Doing: doing, Err: err}
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := p.http.Do(req)
	if err != nil {
		return unreached(ctx, doing, err)
	}
	defer drop(resp)
	if resp.StatusCode == http.StatusBadRequest { // invalid_token: it has ended already
		return nil
	}
	if resp.StatusCode != http.StatusOK {
		return p.refused(doing, resp)
	}
	return nil
}
