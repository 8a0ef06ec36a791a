package dashboard_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"fixly/dashboard"
	"fixly/notify"
	"fixly/webpush"
	"fixly/webpush/webpushtest"
)

// pushKey is a key by which browsers can subscribe.
const pushKey = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"

// pushed has the pages offer notifications.
func pushed(d *dashboard.Deps) { d.PushKey = pushKey }

// subscription is the form that a browser sends.
func subscription(s webpush.Subscription, kinds ...string) url.Values {
	return url.Values{
		"endpoint": {s.Endpoint}, "key": {base64.RawURLEncoding.EncodeToString(s.Key)}, "auth": {base64.RawURLEncoding.EncodeToString(s.Auth)}, "kind": kinds,
	}
}

func (s *shop) devices() []notify.Device {
	s.t.Helper()
	all, err := s.db.Devices(s.t.Context(), s.b.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

func iPhone(r *http.Request) {
	r.Header.Set("User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15")
}

func TestADeviceIsAddedChangedTriedAndRemoved(t *testing.T) {
	t.Parallel()
	s := open(t, pushed)
	if page := s.get("/notifications").body; !strings.Contains(page, `data-key="`+pushKey+`"`) {
		t.Fatalf("the page has no key: %s", page)
	}
	browser := webpushtest.New(t).Subscribe()
	for range 2 { // subscribing again adds nothing
		a := s.form("/notifications", subscription(browser, "emergencies", "callbacks", "weather"), iPhone)
		if a.status != http.StatusSeeOther || a.header.Get("Location") != "/notifications?done=added" {
			t.Fatalf("%d: %s", a.status, a.body)
		}
	}
	all := s.devices()
	if len(all) != 1 || all[0].Name != "iPhone" || all[0].Endpoint != browser.Endpoint || !slices.Equal(all[0].Kinds, []notify.Kind{notify.Emergencies, notify.Callbacks}) {
		t.Fatalf("devices %+v", all)
	}
	page := s.get("/notifications?done=added").body
	if !strings.Contains(page, "iPhone") || !strings.Contains(page, "This device gets notifications.") || strings.Contains(page, browser.Endpoint) {
		t.Errorf("the page: %s", page)
	}

	own := "/notifications/" + all[0].ID
	s.form(own, url.Values{"kind": {"summaries"}})
	if all = s.devices(); !slices.Equal(all[0].Kinds, []notify.Kind{notify.Summaries}) {
		t.Errorf("changed to %v", all[0].Kinds)
	}
	if a := s.form(own, url.Values{"do": {"try"}}); a.header.Get("Location") != "/notifications?done=tried" {
		t.Errorf("tried: %d %s", a.status, a.body)
	}
	if a := s.form("/notifications/dev_none", url.Values{"do": {"remove"}}); a.status != http.StatusNotFound {
		t.Errorf("somebody else's: %d", a.status)
	}
	s.form(own, url.Values{"do": {"remove"}})
	if all = s.devices(); len(all) != 0 {
		t.Errorf("left %+v", all)
	}
}

func TestWhatIsNoSubscription(t *testing.T) {
	t.Parallel()
	s := open(t, pushed)
	good := webpushtest.New(t).Subscribe()
	for name, spoil := range map[string]func(v url.Values){
		"no https":      func(v url.Values) { v.Set("endpoint", "http://push.example.com/1") },
		"a file":        func(v url.Values) { v.Set("endpoint", "file:///etc/passwd") },
		"a long one":    func(v url.Values) { v.Set("endpoint", good.Endpoint+strings.Repeat("x", 2000)) },
		"another key":   func(v url.Values) { v.Set("key", "AAAA") },
		"no base64":     func(v url.Values) { v.Set("auth", "?") },
		"nothing":       func(v url.Values) { clear(v) },
		"a huge secret": func(v url.Values) { v.Set("auth", strings.Repeat("A", 4000)) },
	} {
		v := subscription(good, "emergencies")
		spoil(v)
		if a := s.form("/notifications", v); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `role="alert"`) {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	if all := s.devices(); len(all) != 0 {
		t.Errorf("devices %+v", all)
	}
}

func TestAShopHasSoManyDevices(t *testing.T) {
	t.Parallel()
	s := open(t, pushed)
	service := webpushtest.New(t)
	first := service.Subscribe()
	s.form("/notifications", subscription(first))
	for range 29 {
		s.form("/notifications", subscription(service.Subscribe()))
	}
	if a := s.form("/notifications", subscription(service.Subscribe())); a.status != http.StatusUnprocessableEntity || len(s.devices()) != 30 {
		t.Errorf("one too many: %d, %d devices", a.status, len(s.devices()))
	}
	if a := s.form("/notifications", subscription(first, "callbacks")); a.status != http.StatusSeeOther {
		t.Errorf("a known one: %d", a.status)
	}
}

// What lets a phone show notifications is open to it: the worker at the root, and the description of the app.
func TestTheWorkerAndTheManifest(t *testing.T) {
	t.Parallel()
	s := open(t, pushed, signedIn)
	worker := s.get("/sw.js")
	if worker.status != http.StatusOK || !strings.HasPrefix(worker.header.Get("Content-Type"), "text/javascript") || worker.header.Get("Cache-Control") != "no-cache" {
		t.Errorf("the worker: %d %v", worker.status, worker.header)
	}
	manifest := s.get("/static/manifest.webmanifest")
	if manifest.status != http.StatusOK || manifest.header.Get("Content-Type") != "application/manifest+json" {
		t.Errorf("the manifest: %d %v", manifest.status, manifest.header)
	}
	for _, path := range []string{"/notifications", "/notifications/dev_1"} {
		if a := s.form(path, subscription(webpushtest.New(t).Subscribe())); a.status != http.StatusUnauthorized {
			t.Errorf("%s without a session: %d", path, a.status)
		}
	}
	if a := s.get("/notifications"); a.status != http.StatusSeeOther {
		t.Errorf("the page without a session: %d", a.status)
	}
}

func TestNoNotificationsWithoutAKey(t *testing.T) {
	t.Parallel()
	s := open(t)
	if a := s.get("/notifications"); a.status != http.StatusNotFound {
		t.Errorf("%d", a.status)
	}
	if strings.Contains(s.get("/").body, "/notifications") {
		t.Error("a page links to what isn't there")
	}
}
