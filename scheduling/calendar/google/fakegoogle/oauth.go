package fakegoogle

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

// lifetime is how long an access token is good; Google says 3599 seconds.
const lifetime = 3599 * time.Second

// signIn is the state of the sign-in.
type signIn struct {
	as       string // who signs in next; empty: the account that was made first
	deny     bool   // they say no
	withheld []string
	rotates  bool
	codes    map[string]*grant
	refresh  map[string]*grant
	access   map[string]*session
}

// grant is what somebody said yes to.
type grant struct {
	account             *account
	redirect, challenge string
	scope               []string
	offline             bool
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

// SignInAs says which account signs in from now on.
func (g *Google) SignInAs(email string) { g.locked(func() { g.signIn.as = email }) }

// Deny makes whoever signs in say no.
func (g *Google) Deny(deny bool) { g.locked(func() { g.signIn.deny = deny }) }

// Withhold makes whoever signs in leave out some scopes, as Google's page lets them.
func (g *Google) Withhold(scopes ...string) { g.locked(func() { g.signIn.withheld = scopes }) }

// RotateRefreshTokens has each refresh token exchanged for another when it is used.
func (g *Google) RotateRefreshTokens() { g.locked(func() { g.signIn.rotates = true }) }

// ExpireAccess makes every access token end. Refresh tokens stay good.
func (g *Google) ExpireAccess() {
	g.locked(func() { g.signIn.access = map[string]*session{} })
}

// RevokeAccess takes away everything that an account said yes to.
func (g *Google) RevokeAccess(email string) {
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

// Grant says yes for an account to all scopes without anybody's browser, and gives a refresh token.
func (g *Google) Grant(email string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	t := "refresh-" + rand.Text()
	g.signIn.refresh[t] = &grant{account: g.account(email), scope: []string{scopeBase}, offline: true}
	return t
}

// Tokens lists the tokens that are good now.
func (g *Google) Tokens() []string {
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

func (g *Google) locked(do func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	do()
}

// serveAuth is the page on which people say yes. This one says it for them, at once.
func (g *Google) serveAuth(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || back.Host == "" {
		http.Error(w, "Error 400: redirect_uri_mismatch", http.StatusBadRequest)
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.o.ClientID != "" && q.Get("client_id") != g.o.ClientID || q.Get("client_id") == "" {
		http.Error(w, "Error 401: invalid_client", http.StatusUnauthorized)
		return
	}
	answer := url.Values{"state": {q.Get("state")}}
	who := g.account(g.signIn.as)
	if g.signIn.as == "" && len(g.accounts) > 0 {
		who = g.accounts[0]
	}
	switch {
	case g.signIn.deny:
		answer.Set("error", "access_denied")
	case q.Get("response_type") != "code", q.Get("scope") == "", who == nil,
		q.Get("code_challenge") != "" && q.Get("code_challenge_method") != "S256":
		answer.Set("error", "invalid_request")
	default:
		var scope []string
		for _, s := range strings.Fields(q.Get("scope")) {
			if !slices.Contains(g.signIn.withheld, s) {
				scope = append(scope, s)
			}
		}
		code := "code-" + rand.Text()
		g.signIn.codes[code] = &grant{
			account: who, redirect: q.Get("redirect_uri"), challenge: q.Get("code_challenge"), scope: scope,
			offline: q.Get("access_type") == "offline" && q.Get("prompt") == "consent",
			until:   g.o.Clock.Now().Add(10 * time.Minute),
		}
		answer.Set("code", code)
		answer.Set("scope", strings.Join(scope, " "))
	}
	back.RawQuery = answer.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

// serveToken exchanges a code or a refresh token for an access token (RFC 6749 sections 4.1.3 and 6).
func (g *Google) serveToken(w http.ResponseWriter, r *http.Request) {
	fate := g.fateOfSignIn()
	if fate.before(w, r) {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	no := func(status int, code string) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		writeJSON(w, map[string]any{"error": code, "error_description": "Bad Request"})
	}
	if g.o.ClientID != "" && r.PostFormValue("client_id") != g.o.ClientID || g.o.ClientSecret != "" && r.PostFormValue("client_secret") != g.o.ClientSecret {
		no(http.StatusUnauthorized, "invalid_client")
		return
	}
	now := g.o.Clock.Now()
	answer := map[string]any{"token_type": "Bearer", "expires_in": int(lifetime / time.Second)}
	var of *grant
	switch r.PostFormValue("grant_type") {
	case "authorization_code":
		code := r.PostFormValue("code")
		of = g.signIn.codes[code]
		delete(g.signIn.codes, code) // good once, whatever comes of it
		sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
		switch {
		case of == nil, now.After(of.until):
			no(http.StatusBadRequest, "invalid_grant")
			return
		case of.redirect != r.PostFormValue("redirect_uri"):
			no(http.StatusBadRequest, "redirect_uri_mismatch")
			return
		case of.challenge != "" && base64.RawURLEncoding.EncodeToString(sum[:]) != of.challenge:
			no(http.StatusBadRequest, "invalid_grant")
			return
		}
		if of.offline {
			t := "refresh-" + rand.Text()
			g.signIn.refresh[t] = of
			answer["refresh_token"] = t
		}
	case "refresh_token":
		t := r.PostFormValue("refresh_token")
		if of = g.signIn.refresh[t]; of == nil {
			no(http.StatusBadRequest, "invalid_grant")
			return
		}
		if g.signIn.rotates {
			delete(g.signIn.refresh, t)
			next := "refresh-" + rand.Text()
			g.signIn.refresh[next] = of
			answer["refresh_token"] = next
		}
	default:
		no(http.StatusBadRequest, "unsupported_grant_type")
		return
	}
	token := "access-" + rand.Text()
	g.signIn.access[token] = &session{grant: of, until: now.Add(lifetime)}
	answer["access_token"] = token
	answer["scope"] = strings.Join(of.scope, " ")
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	writeJSON(w, answer)
}

// serveRevoke ends a token and, with a refresh token, what came from it.
func (g *Google) serveRevoke(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	t := r.FormValue("token")
	of, ok := g.signIn.refresh[t]
	if s, is := g.signIn.access[t]; is {
		of, ok = s.grant, true
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if !ok {
		w.WriteHeader(http.StatusBadRequest)
		writeJSON(w, map[string]any{"error": "invalid_token", "error_description": "Token expired or revoked"})
		return
	}
	for t, s := range g.signIn.access {
		if s.grant == of {
			delete(g.signIn.access, t)
		}
	}
	for t, s := range g.signIn.refresh {
		if s == of {
			delete(g.signIn.refresh, t)
		}
	}
	writeJSON(w, map[string]any{})
}

// authorize finds out who asks. The lock is held.
func (g *Google) authorize(r *http.Request) (*session, *refusal) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	s := g.signIn.access[token]
	if !ok || s == nil || !g.o.Clock.Now().Before(s.until) {
		no := refuse(http.StatusUnauthorized, "global", "authError", "Invalid Credentials")
		no.authenticate = `Bearer realm="https://accounts.google.com/", error="invalid_token"`
		return nil, no
	}
	return s, nil
}

const scopeBase = "https://www.googleapis.com/auth/calendar"

// The scopes with which each thing may be done, as the description of the API lists them.
var (
	listScopes  = []string{"", ".calendarlist", ".calendarlist.readonly", ".readonly"}
	readScopes  = []string{"", ".events", ".events.owned", ".events.readonly", ".events.owned.readonly", ".readonly"}
	writeScopes = []string{"", ".events", ".events.owned"}
	busyScopes  = []string{"", ".events.freebusy", ".freebusy", ".readonly"}
)

// needs checks that one of some scopes was granted.
func (s *session) needs(oneOf []string) *refusal {
	for _, e := range oneOf {
		if slices.Contains(s.scope, scopeBase+e) {
			return nil
		}
	}
	no := refuse(http.StatusForbidden, "global", "insufficientPermissions", "Request had insufficient authentication scopes.")
	no.authenticate = `Bearer realm="https://accounts.google.com/", error="insufficient_scope"`
	return no
}

// onlyOwned says whether all that was granted of some scopes is for calendars that the account owns.
func (s *session) onlyOwned(oneOf []string) bool {
	for _, e := range oneOf {
		if slices.Contains(s.scope, scopeBase+e) && !strings.HasPrefix(e, ".events.owned") {
			return false
		}
	}
	return true
}
