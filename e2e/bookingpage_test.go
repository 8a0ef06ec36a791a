package e2e

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// reader is somebody with a browser who follows links and fills in forms. It keeps no cookies, as some don't.
type reader struct {
	s      *shop
	client *http.Client // nil: Go's own
	status int
	page   string
}

func (r *reader) open(path string) {
	r.s.t.Helper()
	r.ask(http.MethodGet, path, nil)
}

// ask asks for a page, with a form if there is one.
func (r *reader) ask(method, path string, form url.Values) {
	r.s.t.Helper()
	req, err := http.NewRequestWithContext(r.s.t.Context(), method, r.s.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		r.s.t.Fatal(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := r.client
	if client == nil {
		client = http.DefaultClient
	}
	resp, err := client.Do(req)
	if err != nil {
		r.s.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		r.s.t.Fatal(err)
	}
	r.status, r.page = resp.StatusCode, html.UnescapeString(string(b))
}

var (
	formAction = regexp.MustCompile(`<form method="post" action="([^"]*)"`)
	hiddenIn   = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
)

// send sends the form of the page, with more filled in.
func (r *reader) send(pairs ...string) {
	r.s.t.Helper()
	to := formAction.FindStringSubmatch(r.page)
	if to == nil {
		r.s.t.Fatalf("no form (%d): %s", r.status, r.page)
	}
	f := url.Values{}
	for _, m := range hiddenIn.FindAllStringSubmatch(r.page, -1) {
		f.Set(m[1], m[2])
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	r.ask(http.MethodPost, to[1], f)
}

func (r *reader) has(words string) {
	r.s.t.Helper()
	if !strings.Contains(r.page, words) {
		r.s.t.Fatalf("the page (%d) lacks %q:\n%s", r.status, words, r.page)
	}
}

var (
	codeIn = regexp.MustCompile(`^([0-9]{6}) is your code`)
	linkIn = regexp.MustCompile(`https://phone\.example\.com(/visit/[a-z0-9]+)$`)
)

// TestBookedOnThePage books on the page, follows the link of the confirmation, moves the visit and cancels it.
func TestBookedOnThePage(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database, behindAProxy("https://phone.example.com"))
		r := &reader{s: s}
		r.open("/book/mikes-plumbing")
		r.has("Drain cleaning")
		r.open("/book/mikes-plumbing/times?service=Drain+cleaning&day=2026-11-24")
		r.has("2026-11-24T15:00:00Z")
		r.send("start", "2026-11-24T15:00:00Z")
		r.has("Where do we come to?")
		details := []string{"problem", "the kitchen sink is backed up", "name", "Karen Whitfield", "phone", "312 555 0142", "street", "1842 North Damen Avenue", "zip", "60647"}
		r.send(details...)
		r.has("That was quick") // as a program is
		shown := s.now()
		s.await("a person's time to read the form", patience, func() bool { return s.now().Sub(shown) > 2*time.Second })
		r.send(details...)
		r.has(`name="code"`)
		code := ""
		s.await("the code", patience, func() bool {
			for _, x := range s.Texts(karen) {
				if m := codeIn.FindStringSubmatch(x.Body); m != nil {
					code = m[1]
				}
			}
			return code != ""
		})
		r.send("code", code)
		r.has("You're booked")
		jobs := list[job](s, "/jobs?")
		if len(jobs) != 1 || jobs[0].Source != "web" || jobs[0].Status != "booked" || jobs[0].Customer.Phone != karen {
			t.Fatalf("jobs %+v", jobs)
		}
		link := ""
		s.await("a confirmation with the link", patience, func() bool {
			for _, x := range s.Texts(karen) {
				if m := linkIn.FindStringSubmatch(x.Body); m != nil {
					link = m[1]
				}
			}
			return link != ""
		})
		s.await("the owner's summary", patience, func() bool { return len(s.Texts(owner)) == 1 })

		r.open(link)
		r.has("Tuesday, Nov 24, 9 to 11 AM")
		r.open(link + "/times?day=2026-11-25")
		r.send("start", "2026-11-25T16:00:00Z")
		r.has("New: Wednesday, Nov 25, 10 AM to 12 PM")
		r.send()
		r.has("has been moved")
		s.await("the confirmation of the move", patience, func() bool { return len(s.Texts(karen)) == 3 })
		r.open(link + "/cancel")
		if got := list[job](s, "/jobs?")[0]; got.Status != "booked" || got.ID != jobs[0].ID || got.StartsAt.UTC().Hour() != 16 {
			t.Fatalf("after opening the links: %+v", got)
		}
		r.send()
		r.has("This visit is cancelled")
		s.await("the confirmation of the cancelling", patience, func() bool { return len(s.Texts(karen)) == 4 })
		if got := list[job](s, "/jobs?")[0]; got.Status != "cancelled" {
			t.Errorf("job %+v", got)
		}
		s.await("the owner's summaries", patience, func() bool { return len(s.Texts(owner)) == 3 })
		s.gotTexts(karen, "is your code", "you're booked with mike's", "has been moved", "has been cancelled")
		s.gotTexts(owner, "Booked: Karen Whitfield", "Moved: Karen Whitfield", "Cancelled: Karen Whitfield")
	})
}
