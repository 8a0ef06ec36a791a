package graph_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/graph"
)

const (
	redirect = "https://fixly.example/calendars/microsoft/callback"
	verifier = "a-verifier-of-forty-three-letters-at-least-0"
)

// agree goes to the page of the provider and gives what it sends back.
func (b *bench) agree(t *testing.T) url.Values {
	t.Helper()
	at := b.provider.AuthURL(redirect, "the state", verifier)
	if strings.Contains(at, verifier) {
		t.Error("the verifier is in the address")
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at, nil)
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	back, err := resp.Location()
	if err != nil || !strings.HasPrefix(back.String(), redirect+"?") || back.Query().Get("state") != "the state" {
		t.Fatalf("sent back to %v, %v", back, err)
	}
	return back.Query()
}

func TestOwnerConnects(t *testing.T) {
	b := newBench(t)
	code := b.agree(t).Get("code")
	credentials, name, err := b.provider.Exchange(t.Context(), redirect, code, verifier)
	if err != nil || name != owner {
		t.Fatalf("Exchange: %q, %v", name, err)
	}
	b.saved = credentials
	if all, err := b.open(t, b.provider).List(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("with the credentials: %+v, %v", all, err)
	}
	if _, _, err := b.provider.Exchange(t.Context(), redirect, code, verifier); calendar.KindOf(err) != calendar.Unauthorized {
		t.Errorf("the code once more: %v", err)
	}
	if _, _, err := b.provider.Exchange(t.Context(), redirect, b.agree(t).Get("code"), verifier+"x"); calendar.KindOf(err) != calendar.Unauthorized {
		t.Errorf("another verifier: %v", err)
	}
	if _, _, err := b.provider.Exchange(t.Context(), redirect+"x", b.agree(t).Get("code"), verifier); calendar.KindOf(err) != calendar.Unauthorized {
		t.Errorf("another address: %v", err)
	}
	b.Withhold("Calendars.ReadWrite")
	if _, _, err := b.provider.Exchange(t.Context(), redirect, b.agree(t).Get("code"), verifier); calendar.KindOf(err) != calendar.Forbidden {
		t.Errorf("without the permission: %v", err)
	}
	b.Deny(true)
	if got := b.agree(t).Get("error"); got != "access_denied" {
		t.Errorf("who says no: %q", got)
	}
}

func TestWhatIsMissingIsTold(t *testing.T) {
	for _, c := range []struct {
		o     graph.Options
		wants string
	}{
		{graph.Options{}, "FIXLY_MICROSOFT_CLIENT_ID"},
		{graph.Options{ClientID: "app"}, "FIXLY_MICROSOFT_CLIENT_SECRET"},
		{graph.Options{ClientID: "app", ClientSecret: "s", LoginURL: graph.DefaultLoginURL + "/"}, ""},
		{graph.Options{LoginURL: "http://127.0.0.1:1"}, ""},
	} {
		if got := graph.New(c.o).Ready(); (got == "") != (c.wants == "") || !strings.Contains(got, c.wants) {
			t.Errorf("%+v: %q, want %q", c.o, got, c.wants)
		}
	}
	p := graph.New(graph.Options{ClientID: "app", ClientSecret: "s"})
	if at := p.AuthURL(redirect, "s", verifier); !strings.HasPrefix(at, "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?") || !strings.Contains(at, "client_id=app") {
		t.Errorf("signs in at %s", at)
	}
	if p.Name() != "microsoft" || p.Title() == "" {
		t.Errorf("called %q, %q", p.Name(), p.Title())
	}
	for _, credentials := range []string{"", "{}", "null", `{"refresh_token":7}`} {
		_, err := p.Open(calendar.Account{Credentials: []byte(credentials)}, nil)
		if !errors.As(err, new(*calendar.Error)) || calendar.KindOf(err) != calendar.Unauthorized {
			t.Errorf("credentials %q: %v", credentials, err)
		}
	}
}
