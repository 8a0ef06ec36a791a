package bookingpage_test

import (
	"context"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/bookingpage"
	"fixly/business"
	"fixly/clock"
	"fixly/demo"
	"fixly/followup"
	"fixly/receptionist"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
)

// monday is a working morning at the demo business.
var monday = time.Date(2026, 11, 23, 16, 5, 0, 0, time.UTC)

var secret = []byte("0123456789abcdef0123456789abcdef")

// engine is compiled once: that takes a while.
var engine = sync.OnceValue(func() *understanding.Engine { return understanding.NewEngine(demo.Business()) })

// shop is the booking pages over a database with the demo business in it.
type shop struct {
	t     testing.TB
	db    *store.DB
	clock *clock.Manual
	b     *business.Business
	links bookingpage.Links
	url   string

	mu    sync.Mutex
	texts []followup.TextPageCode
	told  []string // what was enqueued about jobs
}

// storage is the database, with what is enqueued noted.
type storage struct {
	s *shop
}

type tx struct {
	*store.Tx
	codes *[]followup.TextPageCode
	told  *[]string
}

func (t tx) TextPageCode(_ context.Context, c followup.TextPageCode) error {
	*t.codes = append(*t.codes, c)
	return nil
}

func (t tx) JobChanged(_ context.Context, _ *scheduling.Job, change string, _ bool) error {
	*t.told = append(*t.told, change)
	return nil
}

func (x storage) InTx(ctx context.Context, f func(context.Context, bookingpage.Tx) error) error {
	var codes []followup.TextPageCode
	var told []string
	err := x.s.db.InTx(ctx, func(ctx context.Context, t *store.Tx) error {
		codes, told = nil, nil
		return f(ctx, tx{t, &codes, &told})
	})
	if err == nil {
		x.s.mu.Lock()
		defer x.s.mu.Unlock()
		x.s.texts, x.s.told = append(x.s.texts, codes...), append(x.s.told, told...)
	}
	return err
}

// open starts the pages; edits change the business.
func open(t testing.TB, edits ...func(*business.Business)) *shop {
	t.Helper()
	return openAt(t, storetest.SQLite(t), edits...)
}

func openAt(t testing.TB, address string, edits ...func(*business.Business)) *shop {
	t.Helper()
	c := clock.NewManual(monday)
	s := &shop{t: t, db: storetest.Open(t, address, c), clock: c, links: bookingpage.NewLinks(secret, "https://fixly.example.com")}
	b := demo.Business()
	if len(edits) > 0 {
		b = b.Clone()
		for _, edit := range edits {
			edit(b)
		}
	}
	if err := s.db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error { return tx.SaveBusiness(ctx, b) }); err != nil {
		t.Fatal(err)
	}
	all, err := s.db.Businesses(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	s.b = all[0]
	s.serve()
	return s
}

// openWith starts the pages with other things to work with.
func openWith(t testing.TB, change func(*bookingpage.Deps)) *shop {
	t.Helper()
	s := open(t)
	s.serve(change)
	return s
}

func (s *shop) serve(changes ...func(*bookingpage.Deps)) {
	d := bookingpage.Deps{
		Reader: s.db, Storage: storage{s}, Clock: s.clock, Log: slog.New(slog.DiscardHandler), Links: s.links,
		Engine: func(*business.Business) bookingpage.Understander { return engine() },
		Codes:  receptionist.NewCodes(secret), Secret: secret, PublicURL: "https://fixly.example.com",
	}
	for _, change := range changes {
		change(&d)
	}
	srv := httptest.NewServer(bookingpage.New(d))
	s.t.Cleanup(srv.Close)
	s.url = srv.URL
}

// jobs are all jobs of the shop.
func (s *shop) jobs() []scheduling.Job {
	s.t.Helper()
	all, err := s.db.ListJobs(context.Background(), s.b.ID, scheduling.JobFilter{})
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// taken are the times that nobody else can have.
func (s *shop) taken() []scheduling.Busy {
	s.t.Helper()
	all, err := s.db.Busy(context.Background(), s.b.ID, monday, monday.Add(60*24*time.Hour), s.clock.Now(), "", "")
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// code is the last code that was texted to a number.
func (s *shop) code(phone string) string {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.texts) - 1; i >= 0; i-- {
		if x := s.texts[i]; x.Phone == phone {
			return receptionist.NewCodes(secret).Of(x.Subject, x.Phone, 1)
		}
	}
	s.t.Fatalf("no code was texted to %s", phone)
	return ""
}

// visitor is a browser at the pages.
type visitor struct {
	s      *shop
	client *http.Client
	header http.Header

	status int
	path   string
	page   string
}

// visitor opens a browser; each comes from an address of its own.
func (s *shop) visitor(address string) *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	// The pages are at https, as far as they know: their cookies come back there alone.
	return &visitor{s: s, client: &http.Client{Jar: secureJar{jar}}, header: http.Header{"X-Forwarded-For": {address}}}
}

// secureJar keeps cookies as a browser at https would.
type secureJar struct{ http.CookieJar }

func (j secureJar) SetCookies(u *url.URL, c []*http.Cookie) { j.CookieJar.SetCookies(secured(u), c) }

func (j secureJar) Cookies(u *url.URL) []*http.Cookie { return j.CookieJar.Cookies(secured(u)) }

func secured(u *url.URL) *url.URL {
	v := *u
	v.Scheme = "https"
	return &v
}

func (v *visitor) do(method, path string, form url.Values) *visitor {
	v.s.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(context.Background(), method, v.s.url+path, body)
	if err != nil {
		v.s.t.Fatal(err)
	}
	for k, x := range v.header {
		req.Header[k] = x
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := v.client.Do(req)
	if err != nil {
		v.s.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		v.s.t.Fatal(err)
	}
	v.status, v.path, v.page = resp.StatusCode, resp.Request.URL.RequestURI(), string(b)
	return v
}

func (v *visitor) get(path string) *visitor { v.s.t.Helper(); return v.do(http.MethodGet, path, nil) }

// says checks the status and the words of the page.
func (v *visitor) says(status int, words ...string) *visitor {
	v.s.t.Helper()
	text := v.text()
	if v.status != status {
		v.s.t.Fatalf("%s is answered %d, not %d:\n%s", v.path, v.status, status, text)
	}
	for _, w := range words {
		if !strings.Contains(text, w) {
			v.s.t.Errorf("%s does not say %q:\n%s", v.path, w, text)
		}
	}
	return v
}

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	action = regexp.MustCompile(`<form method="post" action="([^"]*)"`)
	starts = regexp.MustCompile(`<button[^>]* name="start" value="([^"]*)"`)
	inputs = regexp.MustCompile(`<(?:input|textarea)([^>]*)>([^<]*)`)
	name   = regexp.MustCompile(` name="([^"]*)"`)
	value  = regexp.MustCompile(` value="([^"]*)"`)
)

// text is what the page says, without its markup.
func (v *visitor) text() string {
	_, body, _ := strings.Cut(v.page, "<body>")
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(body, " "))), " ")
}

// form is the page's form as it would be sent: what is hidden in it and what is typed in.
func (v *visitor) form() (path string, f url.Values) {
	v.s.t.Helper()
	m := action.FindStringSubmatch(v.page)
	if m == nil {
		v.s.t.Fatalf("%s (%d) has no form:\n%s", v.path, v.status, v.text())
	}
	f = url.Values{}
	for _, x := range inputs.FindAllStringSubmatch(v.page, -1) {
		n, in := name.FindStringSubmatch(x[1]), x[2]
		if a := value.FindStringSubmatch(x[1]); a != nil {
			in = a[1]
		}
		f.Set(n[1], html.UnescapeString(in))
	}
	return html.UnescapeString(m[1]), f
}

// starts are the times that the page offers.
func (v *visitor) starts() []string {
	var out []string
	for _, m := range starts.FindAllStringSubmatch(v.page, -1) {
		out = append(out, m[1])
	}
	return out
}

// send sends the page's form a while after it was opened, with more typed in: names and values.
func (v *visitor) send(pairs ...string) *visitor {
	v.s.t.Helper()
	v.s.clock.Advance(20 * time.Second)
	return v.sendNow(pairs...)
}

func (v *visitor) sendNow(pairs ...string) *visitor {
	v.s.t.Helper()
	path, f := v.form()
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return v.do(http.MethodPost, path, f)
}

const (
	karen = "+13125550142"
	owen  = "+13125550143"
)

// chooses goes to the times of a service and takes one, by its place or its RFC 3339.
func (v *visitor) chooses(service, start string) *visitor {
	v.s.t.Helper()
	v.get("/book/mikes-plumbing/times?" + url.Values{"service": {service}}.Encode()).says(http.StatusOK)
	if start == "" {
		start = v.starts()[0]
	}
	return v.send("start", start)
}

// details are what a visitor types in.
func details(phone string, pairs ...string) []string {
	return append([]string{
		"problem", "the kitchen sink is backed up", "name", "Karen Whitfield", "phone", phone, "street", "1842 North Damen Avenue", "zip", "60647",
	}, pairs...)
}

// books goes the whole way, the code that is texted included.
func (v *visitor) books(service, start, phone string) *visitor {
	v.s.t.Helper()
	v.chooses(service, start).says(http.StatusOK)
	v.send(details(phone)...)
	if strings.Contains(v.page, `name="code"`) {
		v.send("code", v.s.code(phone))
	}
	return v
}
