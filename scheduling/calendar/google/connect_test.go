package google_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/calendartest"
	"fixly/scheduling/calendar/google"
)

const redirect = "https://phone.example.com/calendars/google/callback"

// say goes to Google's page as a browser would, and gives what the owner comes back with.
func (b *bench) say(t *testing.T, state, verifier string) url.Values {
	t.Helper()
	address := b.provider.AuthURL(redirect, state, verifier)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	back, err := url.Parse(resp.Header.Get("Location"))
	if err != nil || resp.StatusCode != http.StatusFound || !strings.HasPrefix(back.String(), redirect+"?") {
		t.Fatalf("%s: status %d, to %s (%v)", address, resp.StatusCode, back, err)
	}
	return back.Query()
}

func TestConnect(t *testing.T) {
	b := newBench(t)
	verifier := oauth2.GenerateVerifier()
	asked, err := url.Parse(b.provider.AuthURL(redirect, "state1", verifier))
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range map[string]string{
		"response_type": "code", "access_type": "offline", "prompt": "consent", "include_granted_scopes": "true",
		"code_challenge_method": "S256", "code_challenge": oauth2.S256ChallengeFromVerifier(verifier), "state": "state1",
		"redirect_uri": redirect, "client_id": "fixly",
	} {
		if got := asked.Query().Get(k); got != want {
			t.Errorf("%s is %q, want %q", k, got, want)
		}
	}
	api := describe(t)
	for _, s := range strings.Fields(asked.Query().Get("scope")) {
		if _, known := api.Auth.OAuth2.Scopes[s]; !known {
			t.Errorf("Google has no scope %s", s)
		}
	}

	back := b.say(t, "state1", verifier)
	if back.Get("state") != "state1" {
		t.Errorf("came back with %v", back)
	}
	credentials, name, err := b.provider.Exchange(t.Context(), redirect, back.Get("code"), verifier)
	if err != nil || name != owner {
		t.Fatalf("Exchange = %s, %q, %v", credentials, name, err)
	}
	account := calendar.Account{ID: "cac_2", Credentials: credentials}
	c, err := b.provider.Open(account, b.save)
	if err != nil {
		t.Fatal(err)
	}
	if all, err := c.List(t.Context()); err != nil || len(all) != 1 || !all[0].Writable {
		t.Errorf("List = %+v, %v", all, err)
	}

	// Given up, it is of no use to anybody, and giving it up again is no error.
	for range 2 {
		if err := b.provider.Revoke(t.Context(), account); err != nil {
			t.Fatalf("Revoke: %v", err)
		}
	}
	if c, err = b.provider.Open(account, b.save); err != nil {
		t.Fatal(err)
	}
	if _, err := c.List(t.Context()); calendar.KindOf(err) != calendar.Unauthorized {
		t.Errorf("List after access was given up: %v", err)
	}
}

func TestConnectRefused(t *testing.T) {
	for _, c := range []struct {
		name   string
		before func(*bench)
		change func(code, verifier, redirect *string)
		kind   calendar.Kind
		says   string
	}{
		{name: "another verifier", change: func(_, v, _ *string) { *v = oauth2.GenerateVerifier() }, kind: calendar.Unauthorized},
		{name: "another code", change: func(c, _, _ *string) { *c = "guessed" }, kind: calendar.Unauthorized},
		{name: "another address", change: func(_, _, r *string) { *r += "x" }, kind: calendar.Invalid},
		{
			name: "writing was not granted", kind: calendar.Forbidden, says: "See, create, change, and delete events on Google calendars you own",
			before: func(b *bench) { b.Withhold("https://www.googleapis.com/auth/calendar.events.owned") },
		},
		{
			name: "nothing but one was granted", kind: calendar.Forbidden, says: "View your availability",
			before: func(b *bench) {
				b.Withhold("https://www.googleapis.com/auth/calendar.freebusy", "https://www.googleapis.com/auth/calendar.events.readonly")
			},
		},
		{name: "Google is down", before: func(b *bench) { b.Break(calendartest.Down) }, kind: calendar.Unavailable},
		{name: "Google is too busy", before: func(b *bench) { b.Break(calendartest.Throttled) }, kind: calendar.Limited},
		{name: "somebody else answers", before: func(b *bench) { b.Break(calendartest.Garbled) }, kind: calendar.Unavailable},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			if c.before != nil {
				c.before(b)
			}
			verifier, to := oauth2.GenerateVerifier(), redirect
			code := b.say(t, "s", verifier).Get("code")
			secrets := []string{code, verifier}
			if c.change != nil {
				c.change(&code, &verifier, &to)
			}
			_, _, err := b.provider.Exchange(t.Context(), to, code, verifier)
			var e *calendar.Error
			if !errors.As(err, &e) || e.Kind != c.kind || !strings.Contains(e.Error(), c.says) {
				t.Fatalf("Exchange: %v, want kind %s saying %q", err, c.kind, c.says)
			}
			for _, s := range append(secrets, b.Tokens()...) {
				if strings.Contains(e.Error(), s) {
					t.Errorf("the error tells %q: %v", s, e)
				}
			}
		})
	}

	t.Run("a code is good once", func(t *testing.T) {
		b := newBench(t)
		verifier := oauth2.GenerateVerifier()
		code := b.say(t, "s", verifier).Get("code")
		if _, _, err := b.provider.Exchange(t.Context(), redirect, code, verifier); err != nil {
			t.Fatal(err)
		}
		if _, _, err := b.provider.Exchange(t.Context(), redirect, code, verifier); calendar.KindOf(err) != calendar.Unauthorized {
			t.Errorf("the second time: %v", err)
		}
	})
	t.Run("the owner says no", func(t *testing.T) {
		b := newBench(t)
		b.Deny(true)
		if back := b.say(t, "s", oauth2.GenerateVerifier()); back.Get("error") != "access_denied" || back.Get("state") != "s" || back.Has("code") {
			t.Errorf("came back with %v", back)
		}
	})
}

// TestScopesSuffice signs in with the scopes that are asked for and no others, and does everything.
func TestScopesSuffice(t *testing.T) {
	calendartest.Run(t, func(t *testing.T) calendartest.Bench {
		b := newBench(t)
		verifier := oauth2.GenerateVerifier()
		credentials, _, err := b.provider.Exchange(t.Context(), redirect, b.say(t, "s", verifier).Get("code"), verifier)
		if err != nil {
			t.Fatal(err)
		}
		b.saved = credentials
		return calendartest.Bench{Calendars: b.open(t, b.provider), Calendar: owner, Zone: chicago(t), Hand: hand{b.Hand(owner), b}, Secrets: b.secrets}
	})
}

// TestSharedCalendars: a calendar of somebody else's is read and not written.
func TestSharedCalendars(t *testing.T) {
	b := newBench(t)
	b.AddAccount("ann@example.com", chicago(t))
	b.Share("ann@example.com", owner, "writer")
	verifier := oauth2.GenerateVerifier()
	credentials, _, err := b.provider.Exchange(t.Context(), redirect, b.say(t, "s", verifier).Get("code"), verifier)
	if err != nil {
		t.Fatal(err)
	}
	b.saved = credentials
	c := b.open(t, b.provider)
	all, err := c.List(t.Context())
	if err != nil || len(all) != 2 || !all[0].Writable || all[1].ID != "ann@example.com" || all[1].Writable || all[1].Primary {
		t.Fatalf("List = %+v, %v", all, err)
	}
	start := time.Date(2027, 3, 9, 16, 0, 0, 0, time.UTC)
	b.Hand("ann@example.com").Add(t, calendartest.Appointment{Title: "School", Start: start, End: start.Add(time.Hour)})
	w := calendar.Window{From: start.Add(-time.Hour), To: start.Add(2 * time.Hour)}
	if ch, err := c.Changes(t.Context(), "ann@example.com", "", w); err != nil || len(ch.Events) != 1 {
		t.Errorf("Changes = %+v, %v", ch, err)
	}
	_, _, err = c.Insert(t.Context(), "ann@example.com", calendar.Event{Job: "job_1", Start: start, End: start.Add(time.Hour)})
	if calendar.KindOf(err) != calendar.Forbidden {
		t.Errorf("Insert: %v", err)
	}
}

func TestReady(t *testing.T) {
	for _, c := range []struct {
		o    google.Options
		says string
	}{
		{google.Options{}, "FIXLY_GOOGLE_CLIENT_ID"},
		{google.Options{ClientID: "id"}, "FIXLY_GOOGLE_CLIENT_SECRET"},
		{google.Options{ClientID: "id", ClientSecret: "secret"}, ""},
		{google.Options{OAuthURL: "http://127.0.0.1:1"}, ""},
		{google.Options{OAuthURL: google.DefaultOAuthURL + "/"}, "FIXLY_GOOGLE_CLIENT_ID"},
	} {
		p := google.New(c.o)
		if got := p.Ready(); (got == "") != (c.says == "") || !strings.Contains(got, c.says) {
			t.Errorf("%+v: Ready = %q, want %q in it", c.o, got, c.says)
		}
	}
	if got := google.New(google.Options{ClientID: "id"}).AuthURL("r", "s", "v"); !strings.HasPrefix(got, "https://accounts.google.com/o/oauth2/v2/auth?") {
		t.Errorf("the page to say yes on is %s", got)
	}
}

// TestSavingFails: renewed access that could not be saved is used for nothing, and saved before anything else is done.
func TestSavingFails(t *testing.T) {
	b := newBench(t)
	b.RotateRefreshTokens()
	fails := true
	c, err := b.provider.Open(calendar.Account{ID: "cac_3", Credentials: b.saved}, func(ctx context.Context, credentials []byte) error {
		if fails {
			return errors.New("the database is away")
		}
		return b.save(ctx, credentials)
	})
	if err != nil {
		t.Fatal(err)
	}
	before := string(b.saved)
	if _, err := c.List(t.Context()); calendar.KindOf(err) != calendar.Unavailable {
		t.Fatalf("List: %v", err)
	}
	fails = false
	if _, err := c.List(t.Context()); err != nil || string(b.saved) == before {
		t.Fatalf("List: %v; saved %v", err, string(b.saved) != before)
	}
	if _, err := b.open(t, google.New(google.Options{APIURL: b.url, OAuthURL: b.url, Clock: b.clock})).List(t.Context()); err != nil {
		t.Errorf("from what was saved: %v", err)
	}
}

// TestTokenIsShared: who opens an account that is open already needs no token of their own, and one that has ended by the
// clock is not tried first.
func TestTokenIsShared(t *testing.T) {
	b := newBench(t)
	for range 3 {
		if _, err := b.open(t, b.provider).List(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	tokens := func() (n int) {
		for _, s := range b.wire.requests() {
			if s.Path == "/token" {
				n++
			}
		}
		return n
	}
	if n := tokens(); n != 1 {
		t.Errorf("%d tokens for three who opened the account, want 1", n)
	}
	b.clock.Advance(59 * time.Minute)
	if _, err := b.open(t, b.provider).List(t.Context()); err != nil {
		t.Fatal(err)
	}
	if sent := b.wire.requests(); len(sent) != 2 || sent[0].Path != "/token" {
		t.Errorf("after an hour: %+v, want a token first", sent)
	}
}
