package fakegraph

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// lifetime is how long an access token is good.
const lifetime = 4000 * time.Second

// signIn is the state of the sign-in.
type signIn struct {
	as       string // who signs in next; empty: the account that was made first
	deny     bool   // they say no
	withheld []string
	codes    map[string]*grant
	refresh  map[string]*grant
	access   map[string]*session
}

// grant is what somebody said yes to.
type grant struct {
	account             *account
	redirect, challenge string
	scope               []string
	until               time.Time // of the code
}

// session is what an access token stands for.
type session struct {
	*grant
	until time.Time
}

func newSignIn() signIn {
	return signIn{codes: map[string]*grant{}, refresh: map[string]*grant{}, access: map[string]*session{}}
}

func (g *Graph) locked(do func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	do()
}

// SignInAs says which account signs in from now on.
func (g *Graph) SignInAs(email string) { g.locked(func() { g.signIn.as = email }) }

// Deny makes whoever signs in say no.
func (g *Graph) Deny(deny bool) { g.locked(func() { g.signIn.deny = deny }) }

// Withhold makes whoever signs in get less than was asked for.
func (g *Graph) Withhold(scopes ...string) { g.locked(func() { g.signIn.withheld = scopes }) }

// ExpireAccess makes every access token end. Refresh tokens stay good.
func (g *Graph) ExpireAccess() { g.locked(func() { g.signIn.access = map[string]*session{} }) }

// RevokeAccess takes everything away that an account said yes to.
func (g *Graph) RevokeAccess(email string) {
	g.locked(func() {
		for t, s := range g.signIn.access {
			if s.account.email == email {
				delete(g.signIn.access, t)
			}
		}
		for t, s := range g.signIn.refresh {
			if s.account.email == email {
				delete(g.signIn.refresh, t)
			}
		}
	})
}

// Grant says yes for an account without anybody's browser, and gives a refresh token. Scopes: those of package graph when
// none are named.
func (g *Graph) Grant(email string, scopes ...string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(scopes) == 0 {
		scopes = []string{"User.Read", "Calendars.ReadWrite", "MailboxSettings.Read"}
	}
	t := "refresh-" + rand.Text()
	g.signIn.refresh[t] = &grant{account: g.account(email), scope: scopes}
	return t
}

// Tokens lists the tokens that are good now.
func (g *Graph) Tokens() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	var all []string
	for t := range g.signIn.access {
		all = append(all, t)
	}
	for t := range g.signIn.refresh {
		all = append(all, t)
	}
	return all
}

// serveAuthorize is the page on which people say yes. This one says it for them, at once.
func (g *Graph) serveAuthorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || back.Host == "" {
		http.Error(w, "AADSTS50011: The redirect URI specified in the request does not match.", http.StatusBadRequest)
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if q.Get("client_id") == "" || g.o.ClientID != "" && q.Get("client_id") != g.o.ClientID {
		http.Error(w, "AADSTS700016: Application not found in the directory.", http.StatusBadRequest)
		return
	}
	who := g.account(g.signIn.as)
	if g.signIn.as == "" && len(g.accounts) > 0 {
		who = g.accounts[0]
	}
	answer := url.Values{"state": {q.Get("state")}}
	switch {
	case g.signIn.deny:
		answer.Set("error", "access_denied")
		answer.Set("error_description", "AADSTS65004: User declined to consent to access the app.")
	case q.Get("response_type") != "code", q.Get("response_mode") != "query", q.Get("scope") == "", who == nil,
		q.Get("code_challenge") == "", q.Get("code_challenge_method") != "S256":
		answer.Set("error", "invalid_request")
	default:
		code := "code-" + rand.Text()
		g.signIn.codes[code] = &grant{
			account: who, redirect: q.Get("redirect_uri"), challenge: q.Get("code_challenge"), scope: g.granted(q.Get("scope")),
			until: g.o.Clock.Now().Add(10 * time.Minute),
		}
		answer.Set("code", code)
	}
	back.RawQuery = answer.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

// granted is what is given of what was asked for. offline_access is granted by a refresh token, and named nowhere.
func (g *Graph) granted(asked string) []string {
	var all []string
	for _, s := range strings.Fields(asked) {
		if !slices.Contains(g.signIn.withheld, s) {
			all = append(all, s)
		}
	}
	return all
}

// serveToken exchanges a code or a refresh token for tokens
// (https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow).
func (g *Graph) serveToken(w http.ResponseWriter, r *http.Request) {
	if fate := g.fateOfSignIn(); fate.before(w, r) {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	no := func(status int, code, description string, number int) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		writeJSON(w, map[string]any{"error": code, "error_description": description, "error_codes": []int{number}})
	}
	if g.o.ClientID != "" && r.PostFormValue("client_id") != g.o.ClientID || g.o.ClientSecret != "" && r.PostFormValue("client_secret") != g.o.ClientSecret {
		no(http.StatusUnauthorized, "invalid_client", "AADSTS7000215: Invalid client secret provided.", 7000215)
		return
	}
	now := g.o.Clock.Now()
	var of *grant
	switch r.PostFormValue("grant_type") {
	case "authorization_code":
		code := r.PostFormValue("code")
		of = g.signIn.codes[code]
		delete(g.signIn.codes, code) // good once, whatever comes of it
		sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
		if of == nil || now.After(of.until) || of.redirect != r.PostFormValue("redirect_uri") || base64.RawURLEncoding.EncodeToString(sum[:]) != of.challenge {
			no(http.StatusBadRequest, "invalid_grant", "AADSTS70008: The provided authorization code has expired.", 70008)
			return
		}
	case "refresh_token":
		t := r.PostFormValue("refresh_token")
		if of = g.signIn.refresh[t]; of == nil {
			no(http.StatusBadRequest, "invalid_grant", "AADSTS50173: The provided grant has expired due to it being revoked.", 50173)
			return
		}
		delete(g.signIn.refresh, t) // Microsoft leaves it good for a while; a client that counts on that is found out here
	default:
		no(http.StatusBadRequest, "unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type.", 70003)
		return
	}
	access := "access-" + rand.Text()
	g.signIn.access[access] = &session{grant: of, until: now.Add(lifetime)}
	answer := map[string]any{
		"token_type": "Bearer", "expires_in": int(lifetime / time.Second), "ext_expires_in": int(lifetime / time.Second),
		"access_token": access, "scope": strings.Join(of.scope, " "),
	}
	if strings.Contains(r.PostFormValue("scope"), "offline_access") {
		refresh := "refresh-" + rand.Text()
		g.signIn.refresh[refresh] = of
		answer["refresh_token"] = refresh
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	writeJSON(w, answer)
}

// authorize finds out who asks. The lock is held.
func (g *Graph) authorize(r *http.Request) (*session, *refusal) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	s := g.signIn.access[token]
	if !ok || s == nil || !g.o.Clock.Now().Before(s.until) {
		return nil, refuse(http.StatusUnauthorized, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.")
	}
	return s, nil
}

// needs checks that a scope was granted.
func (s *session) needs(scope string) *refusal {
	if slices.Contains(s.scope, scope) {
		return nil
	}
	return refuse(http.StatusForbidden, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
}
