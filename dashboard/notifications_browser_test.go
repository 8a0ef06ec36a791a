package dashboard_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"fixly/webpush/webpushtest"
)

// notified has two devices of the shop get notifications.
func (s *shop) notified() {
	s.t.Helper()
	service := webpushtest.New(s.t)
	s.form("/notifications", subscription(service.Subscribe(), "emergencies", "callbacks", "questions", "summaries"), iPhone)
	s.form("/notifications", subscription(service.Subscribe(), "emergencies"), func(r *http.Request) { r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)") })
}

// A device is added by keyboard, on a page whose browser has no push service to turn to: what that would give is given by
// the test, and the worker is registered for real.
func TestADeviceIsAddedByKeyboard(t *testing.T) {
	s := open(t, pushed)
	browser := webpushtest.New(t).Subscribe()
	p := tab(t, phoneLight)
	p.open(s.url + "/notifications")
	p.until(`!document.querySelector("#this-device button").disabled`)
	p.eval(`Notification.requestPermission = async () => "denied"; ""`)
	p.focus("#this-device button")
	p.press(kb.Enter)
	p.has("told not to show notifications")
	p.accessible()

	p.eval(fmt.Sprintf(`
		const read = (s) => Uint8Array.from(atob(s), (c) => c.charCodeAt(0)).buffer;
		Notification.requestPermission = async () => "granted";
		PushManager.prototype.getSubscription = async () => null;
		PushManager.prototype.subscribe = async (o) => {
			if (!o.userVisibleOnly || o.applicationServerKey.length !== 65) throw new Error("asked for " + JSON.stringify(o));
			return { endpoint: %q, getKey: (of) => read(of === "auth" ? %q : %q) };
		}; ""`,
		browser.Endpoint, base64.StdEncoding.EncodeToString(browser.Auth), base64.StdEncoding.EncodeToString(browser.Key)))
	p.focus("#this-device button")
	p.press(kb.Enter)
	p.has("This device gets notifications.")
	if all := s.devices(); len(all) != 1 || all[0].Endpoint != browser.Endpoint || len(all[0].Kinds) != 3 {
		t.Errorf("devices %+v", all)
	}
	p.until(`navigator.serviceWorker.controller !== undefined`)

	p.focus(`main form[action^="/notifications/"] button[value="remove"]`)
	p.press(kb.Enter)
	p.has("Removed.")
	if all := s.devices(); len(all) != 0 {
		t.Errorf("left %+v", all)
	}
}
