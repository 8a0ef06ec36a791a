package webpush_test

import (
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"fixly/webpush"
	"fixly/webpush/webpushtest"
)

func TestWhereNoPushServiceIs(t *testing.T) {
	for address, want := range map[string]bool{
		"142.250.190.10:443": true, "[2a00:1450:4001:80b::200a]:443": true, "8.8.8.8:8443": true,
		"127.0.0.1:443": false, "10.1.2.3:443": false, "172.16.0.1:443": false, "192.168.1.1:443": false, "169.254.169.254:443": false,
		"100.64.0.1:443": false, "0.0.0.0:443": false, "255.255.255.255:443": false, "224.0.0.1:443": false, "240.0.0.1:443": false,
		"[::1]:443": false, "[::]:443": false, "[fe80::1%eth0]:443": false, "[fd00::1]:443": false, "[::ffff:10.0.0.1]:443": false,
		"[64:ff9b::a00:1]:443": false, "[2002:a00:1::]:443": false, "[ff02::1]:443": false, "": false, "push.example.com:443": false,
	} {
		if got := webpush.Public(address) == nil; got != want {
			t.Errorf("%q: %t", address, got)
		}
	}
}

// A browser's address leads to no server of the shop's own network, by a name as little as by a number.
func TestOwnNetworksAreNotReached(t *testing.T) {
	reached := webpushtest.New(t) // at 127.0.0.1
	keys, err := webpush.NewKeys([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	s := webpush.NewSender(keys, "mailto:mike@example.com", nil)
	to := reached.Subscribe()
	var refused *webpush.SendError
	if err := s.Send(t.Context(), to, webpush.Push{Urgency: webpush.Normal}, time.Now()); !errors.As(err, &refused) || refused.Retry || !errors.Is(err, webpush.ErrNotPublic) {
		t.Errorf("by number: %v", err)
	}
	to.Endpoint = "https://localhost" + to.Endpoint[len("https://127.0.0.1"):]
	if err := s.Send(t.Context(), to, webpush.Push{Urgency: webpush.Normal}, time.Now()); !errors.Is(err, webpush.ErrNotPublic) {
		t.Errorf("by name: %v", err)
	}
	if got := reached.Got(); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestHowLongToWait(t *testing.T) {
	now := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, "-5": 0, "soon": 0, "Mon, 23 Nov 2026 16:00:30 GMT": 30 * time.Second, "Mon, 23 Nov 2026 15:00:00 GMT": 0,
		"99999999999999999999": 0,
	} {
		resp := httptest.NewRecorder().Result()
		resp.Header.Set("Retry-After", header)
		if got := webpush.RetryAfter(resp, now); got != want {
			t.Errorf("%q: %s", header, got)
		}
	}
}
