package graph

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"fixly/scheduling/calendar"
)

// scopes are what the owner is asked for: calendars with their events; the name of the account; in which zone days begin
// for it; and all of that while nobody is looking.
const scopes = "offline_access User.Read Calendars.ReadWrite MailboxSettings.Read"

// needed is the scope without which nothing works. Without the zone of the mailbox, that of each all-day event is used.
const needed = "Calendars.ReadWrite"

// AuthURL is where the owner says yes. They choose the account even where they are signed in: it may be a helper's.
func (p *Provider) AuthURL(redirect, state, verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return p.login + "/common/oauth2/v2.0/authorize?" + url.Values{
		"client_id": {p.clientID}, "response_type": {"code"}, "response_mode": {"query"}, "redirect_uri": {redirect}, "scope": {scopes},
		"state": {state}, "prompt": {"select_account"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
	}.Encode()
}

// Exchange turns the code that the owner came back with into credentials. The name is the address of the account.
func (p *Provider) Exchange(ctx context.Context, redirect, code, verifier string) ([]byte, string, error) {
	const doing = "microsoft: connect"
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	t, err := p.askToken(ctx, doing, url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {redirect}, "code_verifier": {verifier},
	})
	if err != nil {
		return nil, "", err
	}
	if !granted(t.Scope) || t.RefreshToken == "" {
		return nil, "", &calendar.Error{
			Kind: calendar.Forbidden, Doing: doing,
			Err: errors.New("Microsoft was not allowed to let Fixly read and write calendars; connect again and accept"), //nolint:staticcheck // ST1005: a name
		}
	}
	sealed, err := json.Marshal(credentials{RefreshToken: t.RefreshToken}) //nolint:gosec // G117: they are closed where they are kept
	if err != nil {
		return nil, "", &calendar.Error{Kind: calendar.Invalid, Doing: doing, Err: err}
	}
	held := newAccess(p, "", nil)
	held.token, held.until = t.AccessToken, p.clock.Now().Add(requestTimeout)
	var me struct {
		Mail string `json:"mail"`
		UPN  string `json:"userPrincipalName"`
	}
	if err := newCalendars(p, held).do(ctx, request{doing: doing, method: http.MethodGet, path: "/me", query: url.Values{"$select": {"mail,userPrincipalName"}}, out: &me}); err != nil {
		return nil, "", err
	}
	name := me.Mail
	if name == "" {
		name = me.UPN
	}
	if name == "" {
		name = p.Title()
	}
	return sealed, name, nil
}

// granted says whether the scope that is needed is among those granted, which may be written with Graph's address before
// their names.
func granted(scope string) bool {
	for _, s := range strings.Fields(scope) {
		if strings.EqualFold(s[strings.LastIndexByte(s, '/')+1:], needed) {
			return true
		}
	}
	return false
}
