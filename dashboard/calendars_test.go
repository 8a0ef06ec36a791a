package dashboard_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/business"
	"fixly/dashboard"
	"fixly/demo"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/store"
	"fixly/store/storetest"
)

// signIn is a provider that people sign in to.
type signIn struct {
	at       string // its sign-in
	missing  string
	verifier string // as it was asked for
	redirect string
	err      error // of the exchange
}

func (p *signIn) Name() string  { return "cloud" }
func (p *signIn) Title() string { return "Cloud Calendar" }
func (p *signIn) Ready() string { return p.missing }
func (p *signIn) Open(calendar.Account, func(context.Context, []byte) error) (calendar.Calendars, error) {
	return nil, errors.New("the page opens nothing itself")
}

func (p *signIn) AuthURL(redirect, state, verifier string) string {
	p.redirect, p.verifier = redirect, verifier
	return p.at + "/authorize?" + url.Values{"redirect_uri": {redirect}, "state": {state}}.Encode()
}

func (p *signIn) Exchange(_ context.Context, redirect, code, verifier string) ([]byte, string, error) {
	if p.err != nil {
		return nil, "", p.err
	}
	if redirect != p.redirect || verifier != p.verifier || code != "yes" {
		return nil, "", &calendar.Error{Kind: calendar.Unauthorized, Doing: "exchange", Err: errors.New("the code is not right")}
	}
	return []byte(`{"refresh":"secret-token"}`), "mike@example.com", nil
}

// filledIn is a provider with a form.
type filledIn struct{ got map[string]string }

func (p *filledIn) Name() string  { return "own" }
func (p *filledIn) Title() string { return "Own Server" }
func (p *filledIn) Open(calendar.Account, func(context.Context, []byte) error) (calendar.Calendars, error) {
	return nil, errors.New("the page opens nothing itself")
}

func (p *filledIn) Fields() []calendar.Field {
	return []calendar.Field{
		{Name: "url", Label: "Address", Hint: "As your provider tells it.", Type: "url", Required: true},
		{Name: "user", Label: "User", Type: "text", Required: true},
		{Name: "password", Label: "App password", Type: "password", Required: true},
		{Name: "file", Label: "A file", Type: "file"},
	}
}

func (p *filledIn) Connect(_ context.Context, values map[string]string) ([]byte, string, error) {
	p.got = values
	if values["password"] != "right " {
		return nil, "", &calendar.Error{Kind: calendar.Unauthorized, Doing: "own: sign in", Err: errors.New("the server wants another password")}
	}
	return []byte(`{}`), values["user"] + " at " + values["url"], nil
}

// outside is a room of calendars without servers.
type outside struct {
	providers []calendar.Provider
	mu        sync.Mutex
	calendars []calendar.Info
	listErr   error
	readErr   error
	leaveErr  error
	read      []string
	left      []string
}

func (o *outside) Providers() []calendar.Provider { return o.providers }

func (o *outside) List(context.Context, string) ([]calendar.Info, error) {
	return o.calendars, o.listErr
}

func (o *outside) Read(_ context.Context, id string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.read = append(o.read, id)
	return o.readErr
}

func (o *outside) Leave(_ context.Context, id string) error {
	o.left = append(o.left, id)
	return o.leaveErr
}

var away = &calendar.Error{Kind: calendar.Unavailable, Doing: "cloud: list", Err: errors.New("no route")}

// desk is a shop with calendars that can be connected.
type desk struct {
	*shop
	outside *outside
	cloud   *signIn
	own     *filledIn
}

func openDesk(t *testing.T, edits ...func(*dashboard.Deps)) *desk {
	t.Helper()
	return openDeskAt(t, storetest.SQLite(t), edits...)
}

func openDeskAt(t *testing.T, address string, edits ...func(*dashboard.Deps)) *desk {
	t.Helper()
	d := &desk{cloud: &signIn{}, own: &filledIn{}}
	d.outside = &outside{providers: []calendar.Provider{d.cloud, d.own}, calendars: []calendar.Info{
		{ID: "holidays@cloud", Name: "Holidays"},
		{ID: "mike@example.com", Name: "Mike", Zone: "America/Chicago", Writable: true, Primary: true},
		{ID: "family:2", Name: "Family", Writable: true},
	}}
	// The server's address is known only once it listens: the provider sends people back to a path of it.
	d.shop = openAt(t, address, append([]func(*dashboard.Deps){func(x *dashboard.Deps) { x.Calendars, x.PublicURL = d.outside, "" }}, edits...)...)
	auth := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		back := r.URL.Query().Get("redirect_uri") + "?" + url.Values{"code": {"yes"}, "state": {r.URL.Query().Get("state")}}.Encode()
		if strings.HasPrefix(back, "/") {
			back = d.url + back
		}
		http.Redirect(w, r, back, http.StatusFound)
	}))
	t.Cleanup(auth.Close)
	d.cloud.at = auth.URL
	return d
}

// follow goes to an address as a browser does: with cookies, to where it is sent.
func (d *desk) follow(path string) answer {
	d.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		d.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(d.t.Context(), http.MethodGet, d.url+path, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	resp, err := (&http.Client{Jar: jar}).Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		d.t.Fatal(err)
	}
	return answer{status: resp.StatusCode, body: string(body), header: http.Header{"At": {resp.Request.URL.RequestURI()}}}
}

func (d *desk) accounts() []calendar.Account {
	d.t.Helper()
	out, err := d.db.CalendarAccounts(d.t.Context(), d.b.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

func (d *desk) inUse() map[string]calendar.Connected {
	d.t.Helper()
	found, err := d.db.Calendars(d.t.Context(), d.b.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	out := map[string]calendar.Connected{}
	for _, c := range found {
		out[c.Technician+"/"+c.Remote] = c
	}
	return out
}

func (a answer) must(t *testing.T, status int, texts ...string) {
	t.Helper()
	if a.status != status {
		t.Errorf("answered %d, want %d: %s", a.status, status, a.body)
	}
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			t.Errorf("the answer lacks %q: %s", text, a.body)
		}
	}
}

// leads checks where a form's answer leads.
func (a answer) leads(t *testing.T, to string) {
	t.Helper()
	if got := a.header.Get("Location"); a.status != http.StatusSeeOther || got != to {
		t.Errorf("%d to %q, want to be led to %q", a.status, got, to)
	}
}

func TestWithoutCalendarsThereIsNoPage(t *testing.T) {
	s := open(t)
	for _, path := range []string{"/calendars", "/calendars/cloud/connect"} {
		s.get(path).must(t, http.StatusNotFound)
	}
	if page := s.get("/jobs"); strings.Contains(page.body, `href="/calendars"`) {
		t.Error("something leads to a page that isn't there")
	}
}

func TestOwnerConnectsByFollowing(t *testing.T) {
	d := openDesk(t)
	d.get("/jobs").must(t, http.StatusOK, `href="/calendars"`)
	d.get("/calendars").must(t, http.StatusOK, "Everyone", "Mike Rossi", "Luis Ortega", `href="/calendars/cloud/connect?technician=Luis`+"+"+`Ortega"`, "Own Server")

	page := d.follow("/calendars/cloud/connect?technician=Luis+Ortega")
	page.must(t, http.StatusOK, "Connected.", "mike@example.com", "Busy times from here")
	if got := page.header.Get("At"); got != "/calendars?done=connected" {
		t.Errorf("ended at %s", got)
	}
	a := d.accounts()
	if len(a) != 1 || a[0].Technician != "Luis Ortega" || a[0].Provider != "cloud" || string(a[0].Credentials) != `{"refresh":"secret-token"}` || a[0].State != calendar.Good {
		t.Fatalf("accounts: %+v", a)
	}
	c := d.inUse()["Luis Ortega/mike@example.com"]
	if len(d.inUse()) != 1 || !c.Reads || !c.Writes || c.Zone != "America/Chicago" || c.AccountID != a[0].ID {
		t.Errorf("in use: %+v", d.inUse())
	}
	if !slices.Equal(d.outside.read, []string{a[0].ID}) {
		t.Errorf("read: %v", d.outside.read)
	}
	if strings.Contains(page.body, "secret-token") {
		t.Error("the page shows credentials")
	}

	// The same account for everybody is another one; jobs of the same person go into one calendar only.
	d.follow("/calendars/cloud/connect").must(t, http.StatusOK)
	if c := d.inUse()["/mike@example.com"]; !c.Reads || !c.Writes {
		t.Errorf("the business's: %+v", c)
	}
}

func TestSecondAccountOfAPersonTakesNoJobs(t *testing.T) {
	d := openDesk(t)
	d.follow("/calendars/cloud/connect").must(t, http.StatusOK)
	form := url.Values{"technician": {""}, "url": {"https://dav.example"}, "user": {"mike"}, "password": {"right "}}
	d.form("/calendars/own", form).leads(t, "/calendars?done=connected")
	found, err := d.db.Calendars(t.Context(), d.b.ID)
	if err != nil || len(found) != 2 {
		t.Fatalf("%v %v", found, err)
	}
	for _, c := range found {
		if !c.Reads || c.Writes != (c.Provider == "cloud") {
			t.Errorf("%s: %+v", c.Provider, c)
		}
	}
}

func TestConnectingAgainKeepsWhatWasChosen(t *testing.T) {
	d := openDesk(t)
	d.follow("/calendars/cloud/connect")
	a := d.accounts()[0]
	d.form("/calendars/choose", url.Values{"reads": {a.ID + ":family:2"}}).leads(t, "/calendars?done=chosen")
	a.State, a.Problem = calendar.Reconnect, "The access was taken back."
	d.tx(func(ctx context.Context, tx *store.Tx) error { return tx.UpdateCalendarAccount(ctx, &a) })
	d.get("/calendars").must(t, http.StatusOK, "Connect again", "The access was taken back.", `href="/calendars/cloud/connect"`)
	d.get("/parts/calendars/"+a.ID).must(t, http.StatusOK, "The access was taken back.")

	d.follow("/calendars/cloud/connect").must(t, http.StatusOK, "Connected.")
	if got := d.accounts(); len(got) != 1 || got[0].ID != a.ID || got[0].State != calendar.Good || got[0].Problem != "" || !got[0].CreatedAt.Equal(a.CreatedAt) {
		t.Errorf("accounts: %+v", got)
	}
	if got := slices.Collect(maps.Keys(d.inUse())); !slices.Equal(got, []string{"/family:2"}) {
		t.Errorf("in use: %v", got)
	}
}

func TestOnlyTheSignInThatBeganHereConnects(t *testing.T) {
	d := openDesk(t, func(x *dashboard.Deps) { x.PublicURL = "https://fixly.example" })
	here := func(r *http.Request) { r.Host = "fixly.example" }
	begun := d.get("/calendars/cloud/connect?technician=Mike+Rossi", here)
	begun.must(t, http.StatusSeeOther)
	at, err := url.Parse(begun.header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	if got := at.Query().Get("redirect_uri"); got != "https://fixly.example/calendars/cloud/callback" {
		t.Errorf("comes back to %s", got)
	}
	state, c := at.Query().Get("state"), begun.cookies[0]
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.MaxAge != 900 || c.Path != "/calendars/" || len(state) != 43 || len(d.cloud.verifier) != 43 || strings.Contains(begun.header.Get("Location"), d.cloud.verifier) {
		t.Errorf("cookie %+v, state %q, verifier %q", c, state, d.cloud.verifier)
	}
	with := func(value string) func(*http.Request) {
		return func(r *http.Request) { r.AddCookie(&http.Cookie{Name: c.Name, Value: value}) }
	}
	back := func(query string, edits ...func(*http.Request)) answer {
		return d.get("/calendars/cloud/callback?"+query, append(edits, here)...)
	}
	payload, mac, _ := strings.Cut(c.Value, ".")
	for name, page := range map[string]answer{
		"no cookie":      back("code=yes&state=" + state),
		"no state":       back("code=yes", with(c.Value)),
		"another state":  back("code=yes&state="+state[1:]+"x", with(c.Value)),
		"a forged word":  back("code=yes&state="+state, with(payload[:20]+"A"+payload[21:]+"."+mac)),
		"no signature":   back("code=yes&state="+state, with(payload)),
		"refused":        back("error=access_denied&state="+state, with(c.Value)),
		"another reason": back("error=<b>x&state="+state, with(c.Value)),
		"a wrong code":   back("code=no&state="+state, with(c.Value)),
	} {
		page.must(t, http.StatusBadRequest, "Nothing was connected", `href="/calendars"`)
		if strings.Contains(page.body, "<b>x") {
			t.Error("a foreign word becomes markup")
		}
		if len(d.accounts()) != 0 {
			t.Fatalf("%s: connected", name)
		}
		if len(page.cookies) != 1 || page.cookies[0].MaxAge >= 0 || page.cookies[0].Path != c.Path {
			t.Errorf("%s: the cookie is left: %v", name, page.cookies)
		}
	}
	d.clock.Advance(16 * time.Minute)
	back("code=yes&state="+state, with(c.Value)).must(t, http.StatusBadRequest, "quarter of an hour")

	for _, path := range []string{"/calendars/own/callback", "/calendars/none/callback", "/calendars/none/connect", "/calendars/cloud/connect?technician=Nobody"} {
		d.get(path, here).must(t, http.StatusNotFound)
	}
	if len(d.accounts()) != 0 || len(d.outside.read) != 0 {
		t.Errorf("something was connected: %+v", d.accounts())
	}
}

func TestWhatTheProviderSaysIsTold(t *testing.T) {
	d := openDesk(t)
	for kind, words := range map[calendar.Kind]string{
		calendar.Forbidden: "leave every box ticked", calendar.Unavailable: "does not answer now", calendar.Invalid: "did not take the sign-in",
	} {
		d.cloud.err = &calendar.Error{Kind: kind, Doing: "cloud: exchange", Err: errors.New("no")}
		d.follow("/calendars/cloud/connect").must(t, http.StatusBadRequest, words)
	}
	d.cloud.err, d.cloud.missing = nil, "Set FIXLY_CLOUD_ID first."
	d.get("/calendars/cloud/connect").must(t, http.StatusBadRequest, "Set FIXLY_CLOUD_ID first.")
	if page := d.get("/calendars"); !strings.Contains(page.body, "Cloud Calendar: Set FIXLY_CLOUD_ID first.") || strings.Contains(page.body, `href="/calendars/cloud/connect`) {
		t.Error("the page offers what can't be connected yet")
	}
	if len(d.accounts()) != 0 {
		t.Error("something was connected")
	}
}

func TestFirstReadingThatFailsIsToldAndNotFatal(t *testing.T) {
	d := openDesk(t)
	d.outside.readErr = away
	page := d.follow("/calendars/cloud/connect")
	page.must(t, http.StatusOK, "Connected.", "does not answer now")
	if len(d.inUse()) != 1 {
		t.Errorf("in use: %v", d.inUse())
	}
	d.outside.listErr = away
	d.follow("/calendars/cloud/connect?technician=Luis+Ortega").must(t, http.StatusOK, "Connected.", "does not answer now", "only what is in use is shown")
	if len(d.accounts()) != 2 || len(d.inUse()) != 1 {
		t.Errorf("%d accounts, in use: %v", len(d.accounts()), d.inUse())
	}
}

func TestFormConnects(t *testing.T) {
	d := openDesk(t)
	d.get("/calendars/own/connect?technician=Mike+Rossi").must(t, http.StatusOK, "App password", "As your provider tells it.", `type="password"`, `enctype="multipart/form-data"`, "A calendar of Mike Rossi.")
	post := func(values map[string]string, file string) answer {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		for k, v := range values {
			if err := w.WriteField(k, v); err != nil {
				t.Fatal(err)
			}
		}
		part, err := w.CreateFormFile("file", "mine.ics")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, file); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return d.do(http.MethodPost, "/calendars/own", func(r *http.Request) {
			r.Header.Set("Content-Type", w.FormDataContentType())
			r.Body = io.NopCloser(&body)
		})
	}
	values := map[string]string{"technician": "Mike Rossi", "url": " https://dav.example", "user": "mike<b>", "password": "wrong"}
	page := post(values, "")
	page.must(t, http.StatusOK, "the password is not right", `value="https://dav.example"`, `value="mike&lt;b&gt;"`)
	if strings.Contains(page.body, "wrong") {
		t.Error("the password comes back")
	}
	values["user"] = ""
	post(values, "").must(t, http.StatusOK, "User is missing.")
	values["user"], values["password"] = "mike", "right "
	post(values, strings.Repeat("x", 5<<20+1)).must(t, http.StatusOK, "larger than 5 MB")
	post(values, strings.Repeat("x", 6<<20)).must(t, http.StatusBadRequest, "larger than 5 MB")
	if len(d.accounts()) != 0 {
		t.Fatal("connected with a mistake")
	}
	post(values, "BEGIN:VCALENDAR").leads(t, "/calendars?done=connected")
	if d.own.got["file"] != "BEGIN:VCALENDAR" {
		t.Errorf("the provider got %v", d.own.got)
	}
	if a := d.accounts(); len(a) != 1 || a[0].Name != "mike at https://dav.example" || a[0].Technician != "Mike Rossi" {
		t.Errorf("accounts: %+v", a)
	}
	values["technician"] = "Nobody"
	post(values, "").must(t, http.StatusNotFound)
	d.form("/calendars/cloud", url.Values{}).must(t, http.StatusNotFound)
}

func TestOwnerChoosesCalendars(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		d := openDeskAt(t, address)
		d.follow("/calendars/cloud/connect")
		a := d.accounts()[0]
		mike, family, holidays := a.ID+":mike@example.com", a.ID+":family:2", a.ID+":holidays@cloud"
		synced := d.clock.Now()
		c := d.inUse()["/mike@example.com"]
		c.Cursor, c.SyncedAt = "at 7", synced
		d.tx(func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.UpdateCalendar(ctx, &c), tx.SaveCalendarEvent(ctx, &c, &calendar.Event{ID: "e", Title: "Dentist", Start: synced, End: synced.Add(time.Hour)}))
		})
		d.outside.read = nil

		// Another one for busy times, and jobs go there: what is read already stays as it is.
		d.form("/calendars/choose", url.Values{"reads": {mike, family}, "writes": {family}}).leads(t, "/calendars?done=chosen")
		in := d.inUse()
		if len(in) != 2 || !in["/mike@example.com"].Reads || in["/mike@example.com"].Writes || in["/mike@example.com"].Cursor != "at 7" || !in["/family:2"].Reads || !in["/family:2"].Writes {
			t.Fatalf("in use: %+v", in)
		}
		if !slices.Equal(d.outside.read, []string{a.ID}) {
			t.Errorf("read: %v", d.outside.read)
		}
		// Jobs only: its appointments keep nobody busy, and it is read from the beginning.
		d.form("/calendars/choose", url.Values{"writes": {mike}}).leads(t, "/calendars?done=chosen")
		in = d.inUse()
		if c := in["/mike@example.com"]; len(in) != 1 || c.Reads || !c.Writes || c.Cursor != "" || !c.SyncedAt.IsZero() {
			t.Fatalf("in use: %+v", in)
		}
		if events, err := d.db.CalendarEvents(t.Context(), c.ID); err != nil || len(events) != 0 {
			t.Errorf("the copy is left: %v %v", events, err)
		}
		// What can't be had changes nothing.
		before := d.inUse()
		d.form("/calendars/choose", url.Values{"writes": {holidays}}).leads(t, "/calendars?but=read_only")
		d.form("/calendars/choose", url.Values{"reads": {a.ID + ":gone"}}).leads(t, "/calendars?but=not_found")
		d.form("/calendars/choose", url.Values{"reads": {"cac_other:mike@example.com"}}).must(t, http.StatusNotFound)
		d.form("/calendars/choose", url.Values{"technician": {"Mike Rossi"}, "reads": {mike}}).must(t, http.StatusNotFound)
		d.outside.listErr = away
		d.form("/calendars/choose", url.Values{"reads": {family}}).leads(t, "/calendars?but=unlisted")
		if !maps.Equal(before, d.inUse()) {
			t.Errorf("in use: %+v", d.inUse())
		}
		d.get("/calendars?but=read_only").must(t, http.StatusOK, "no jobs can go there")
		// Nothing at all needs no provider.
		d.form("/calendars/choose", url.Values{}).leads(t, "/calendars?done=chosen")
		if len(d.inUse()) != 0 {
			t.Errorf("in use: %+v", d.inUse())
		}
	})
}

func TestOwnerReadsNowAndDisconnects(t *testing.T) {
	d := openDesk(t)
	d.follow("/calendars/cloud/connect")
	id := d.accounts()[0].ID
	c := d.inUse()["/mike@example.com"]
	c.SyncedAt, c.FailingSince, c.Failure = d.clock.Now().Add(-time.Hour), d.clock.Now().Add(-30*time.Minute), "The server is not reached."
	d.tx(func(ctx context.Context, tx *store.Tx) error { return tx.UpdateCalendar(ctx, &c) })
	d.get("/calendars").must(t, http.StatusOK, "Last read 9:05 AM.", "Mike: not read since 9:35 AM. The server is not reached.")

	d.form("/calendars/read", url.Values{"account": {id}}).leads(t, "/calendars?done=read")
	d.outside.readErr = &calendar.Error{Kind: calendar.Limited, Doing: "cloud: read", Err: errors.New("later")}
	d.form("/calendars/read", url.Values{"account": {id}}).leads(t, "/calendars?but=limited")
	d.outside.leaveErr = away
	d.form("/calendars/disconnect", url.Values{"account": {id}}).leads(t, "/calendars?but=not_left&done=disconnected")
	if len(d.accounts()) != 0 || len(d.inUse()) != 0 || !slices.Equal(d.outside.left, []string{id}) {
		t.Errorf("left: %+v %+v %v", d.accounts(), d.inUse(), d.outside.left)
	}
	for _, path := range []string{"/calendars/read", "/calendars/disconnect"} {
		d.form(path, url.Values{"account": {id}}).must(t, http.StatusNotFound)
		d.form(path, url.Values{"account": {id}}, func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }).must(t, http.StatusForbidden)
	}
	d.get("/parts/calendars/"+id).must(t, http.StatusNotFound)
}

func TestAnotherBusinessIsNotReached(t *testing.T) {
	d := openDesk(t)
	other := demo.Business()
	other.ID, other.Profile.Slug, other.Lines = "", "other", nil
	d.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveBusiness(ctx, other) })
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.InsertCalendarAccount(ctx, &calendar.Account{BusinessID: otherBusiness(d).ID, Provider: "cloud", Name: "theirs@example.com", State: calendar.Good, Credentials: []byte("{}")})
	})
	theirs, err := d.db.CalendarAccounts(t.Context(), otherBusiness(d).ID)
	if err != nil || len(theirs) != 1 {
		t.Fatalf("%v %v", theirs, err)
	}
	mine := "?business=" + d.b.Profile.Slug
	d.form("/calendars/disconnect"+mine, url.Values{"account": {theirs[0].ID}}).must(t, http.StatusNotFound)
	d.form("/calendars/read"+mine, url.Values{"account": {theirs[0].ID}}).must(t, http.StatusNotFound)
	d.form("/calendars/choose"+mine, url.Values{"reads": {theirs[0].ID + ":mike@example.com"}}).must(t, http.StatusNotFound)
	d.get("/parts/calendars/"+theirs[0].ID+mine).must(t, http.StatusNotFound)
	if page := d.get("/calendars" + mine); strings.Contains(page.body, "theirs@example.com") {
		t.Error("another business's account is shown")
	}
	// Who begins for one business and looks at the other meanwhile still connects the first one's.
	page := d.follow("/calendars/cloud/connect?business=other")
	page.must(t, http.StatusOK)
	if got := page.header.Get("At"); got != "/calendars?business=other&done=connected" {
		t.Errorf("ended at %s", got)
	}
	if len(d.accounts()) != 0 || len(d.outside.read) != 1 {
		t.Errorf("connected the wrong business's: %+v", d.accounts())
	}
}

func otherBusiness(d *desk) *business.Business {
	d.t.Helper()
	all, err := d.db.Businesses(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	for _, b := range all {
		if b.Profile.Slug == "other" {
			return b
		}
	}
	d.t.Fatal("there is no other business")
	return nil
}

func TestTroublesAreShownAndSettled(t *testing.T) {
	d := openDesk(t)
	j := d.book(24, 9, "Drain cleaning", "Luis Ortega", "Karen Whitfield", "+13125550142", "1842 North Damen Avenue", "60647", "sink", scheduling.Routine)
	for i, kind := range []calendar.TroubleKind{calendar.Overlap, calendar.Taken, calendar.CannotFollow} {
		d.tx(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.InsertTrouble(ctx, &calendar.Trouble{
				BusinessID: d.b.ID, CalendarID: "cal", EventID: string(kind), JobID: j.ID, Kind: kind, Title: "Dentist <b>",
				Start: j.Slot.Start.Add(time.Duration(i) * time.Hour), End: j.Slot.Start.Add(time.Duration(i+1) * time.Hour),
			})
			return err
		})
	}
	page := d.get("/calendars")
	page.must(t, http.StatusOK, "An appointment was put where a job is.", "could not be read, and its time was taken", "so it stayed where it was", "Dentist &lt;b&gt;, Tomorrow, 9–10 AM", `href="/jobs/`+j.ID+`"`, "Drain cleaning for Karen Whitfield, Tomorrow, 9–11 AM, Luis Ortega")
	ids := regexp.MustCompile(`name="trouble" value="([^"]+)"`).FindAllStringSubmatch(page.body, -1)
	if len(ids) != 3 {
		t.Fatalf("ids: %v", ids)
	}
	d.form("/calendars/settled", url.Values{"trouble": {ids[0][1]}}).leads(t, "/calendars?done=settled")
	part := d.form("/calendars/settled", url.Values{"trouble": {ids[1][1]}}, func(r *http.Request) { r.Header.Set("HX-Request", "true") })
	part.must(t, http.StatusOK, "so it stayed where it was")
	if strings.Contains(part.body, "put where a job is") || strings.Contains(part.body, "<html") {
		t.Errorf("the part: %s", part.body)
	}
	d.form("/calendars/settled", url.Values{"trouble": {""}}).must(t, http.StatusNotFound)
}

func TestEveryKindOfTroubleAndRefusalHasWords(t *testing.T) {
	d := openDesk(t)
	for _, kind := range []calendar.Kind{
		calendar.Unavailable, calendar.Limited, calendar.Unauthorized, calendar.Forbidden, calendar.NotFound, calendar.Conflict, calendar.Expired, calendar.Invalid,
	} {
		d.get("/calendars?but="+string(kind)).must(t, http.StatusOK, `role="alert"`)
	}
	if page := d.get("/calendars?but=nonsense&done=nonsense"); strings.Contains(page.body, "notice") {
		t.Error("a word of the address is shown unlooked at")
	}
}
