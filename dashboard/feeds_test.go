package dashboard_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"fixly/dashboard"
)

func TestJobsCanBeSubscribedTo(t *testing.T) {
	s := open(t, func(d *dashboard.Deps) { d.PublicURL = "https://fixly.example/" })
	local := func(r *http.Request) { r.Host = "fixly.example" }
	if page := s.get("/jobs", local); !strings.Contains(page.body, `href="/jobs/subscribe"`) {
		t.Error("nothing leads to the page")
	}
	addresses := func() []string {
		page := s.get("/jobs/subscribe", local)
		return regexp.MustCompile(`value="(https://fixly.example/calendars/[^"]+\.ics)"`).FindAllString(page.body, -1)
	}
	before := addresses()
	if len(before) != 3 {
		t.Fatalf("addresses: %v", before)
	}
	if page := s.form("/jobs/subscribe", url.Values{"technician": {"Luis Ortega"}}, local); page.status != http.StatusSeeOther {
		t.Fatalf("replacing: %d", page.status)
	}
	after := addresses()
	for i, same := range []bool{true, true, false} { // everyone, Mike, Luis
		if (before[i] == after[i]) != same {
			t.Errorf("address %d: %s, then %s", i, before[i], after[i])
		}
	}
	if page := s.form("/jobs/subscribe", url.Values{"technician": {"Nobody"}}, local); page.status != http.StatusNotFound {
		t.Errorf("replacing nobody's: %d", page.status)
	}
	if page := s.get("/jobs/subscribe", local); !strings.Contains(page.body, `href="webcal://fixly.example/calendars/`) || strings.Contains(page.body, "this machine only") {
		t.Error("the page for a public server")
	}
	if page := open(t, func(d *dashboard.Deps) { d.PublicURL = "http://127.0.0.1:8080" }).get("/jobs/subscribe"); !strings.Contains(page.body, "this machine only") {
		t.Error("the page for a local server doesn't say so")
	}
}
