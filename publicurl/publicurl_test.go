package publicurl_test

import (
	"testing"

	"fixly/publicurl"
)

func TestReachable(t *testing.T) {
	for url, want := range map[string]bool{
		"https://fixly.example.com": true,
		"https://203.0.113.9:8443":  true,
		"http://192.168.1.20:8080":  true, // from the shop's own network
		"http://localhost:8080":     false,
		"http://Demo.localhost":     false,
		"http://127.0.0.1:8080":     false,
		"http://[::1]:8080":         false,
		"http://[::ffff:127.0.0.1]": false,
		"http://0.0.0.0:8080":       false,
		"fixly.example.com":         false,
		"":                          false,
	} {
		if got := publicurl.Reachable(url); got != want {
			t.Errorf("%q: %v, want %v", url, got, want)
		}
	}
}
