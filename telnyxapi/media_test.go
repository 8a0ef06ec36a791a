package telnyxapi_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"fixly/telnyxapi"
)

// A file is fetched where its address says, without the key: that goes no further than the API.
func TestMedia(t *testing.T) {
	storage := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Error("the key went elsewhere")
		}
		switch r.URL.Path {
		case "/file":
			_, _ = w.Write([]byte("12345"))
		case "/moved":
			http.Redirect(w, r, "/file", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/inside":
			http.Redirect(w, r, "http://169.254.169.254/secret", http.StatusFound)
		default:
			http.Error(w, "expired", http.StatusForbidden)
		}
	}))
	defer storage.Close()
	hc := storage.Client()
	hc.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c, err := telnyxapi.NewClient("https://api.example.com", hc)
	if err != nil {
		t.Fatal(err)
	}
	a := c.Account("KEY0123")
	for _, path := range []string{"/file", "/moved"} {
		if body, err := a.Media(t.Context(), storage.URL+path, 5); err != nil || string(body) != "12345" {
			t.Errorf("%s: %q, %v", path, body, err)
		}
	}
	if _, err := a.Media(t.Context(), storage.URL+"/file", 4); !errors.Is(err, telnyxapi.ErrFileTooLarge) {
		t.Errorf("too large: %v", err)
	}
	for _, address := range []string{"http://169.254.169.254/secret", "file:///etc/passwd", "https://", "%", storage.URL + "/inside"} {
		if _, err := a.Media(t.Context(), address, 5); !errors.Is(err, telnyxapi.ErrNoAddress) {
			t.Errorf("%s: %v", address, err)
		}
	}
	var e *telnyxapi.Error
	if _, err := a.Media(t.Context(), storage.URL+"/gone", 5); !errors.As(err, &e) || e.Status != http.StatusForbidden {
		t.Errorf("gone: %v", err)
	}
	if _, err := a.Media(t.Context(), storage.URL+"/round", 5); !errors.As(err, &e) {
		t.Errorf("round: %v", err)
	}
}
