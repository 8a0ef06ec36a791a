package twilioapi_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"fixly/twilioapi"
)

// A file is fetched with the account's credentials, which go no further than the API.
func TestMedia(t *testing.T) {
	elsewhere := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, _, ok := r.BasicAuth(); ok {
			t.Error("the credentials went elsewhere")
		}
		_, _ = w.Write([]byte("12345"))
	}))
	defer elsewhere.Close()
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, token, _ := r.BasicAuth(); user != "AC1" || token != "token" {
			t.Errorf("asked as %q", user)
		}
		switch r.URL.Path {
		case "/file":
			http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusTemporaryRedirect)
		case "/inside":
			http.Redirect(w, r, "http://169.254.169.254/secret", http.StatusTemporaryRedirect)
		default:
			http.NotFound(w, r)
		}
	}))
	defer api.Close()
	hc := elsewhere.Client()
	hc.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c, err := twilioapi.NewClient(api.URL, hc)
	if err != nil {
		t.Fatal(err)
	}
	a := c.Account("AC1", "token")
	if body, err := a.Media(t.Context(), api.URL+"/file", 5); err != nil || string(body) != "12345" {
		t.Errorf("%q, %v", body, err)
	}
	if _, err := a.Media(t.Context(), api.URL+"/file", 4); !errors.Is(err, twilioapi.ErrFileTooLarge) {
		t.Errorf("too large: %v", err)
	}
	for _, address := range []string{elsewhere.URL, "http://169.254.169.254/secret", api.URL + ".example/file", api.URL + "/inside"} {
		if _, err := a.Media(t.Context(), address, 5); !errors.Is(err, twilioapi.ErrNotTwilios) {
			t.Errorf("%s: %v", address, err)
		}
	}
	var e *twilioapi.Error
	if _, err := a.Media(t.Context(), api.URL+"/none", 5); !errors.As(err, &e) || e.Status != http.StatusNotFound {
		t.Errorf("none: %v", err)
	}
	if _, err := a.Media(t.Context(), api.URL+"/round", 5); !errors.As(err, &e) {
		t.Errorf("round: %v", err)
	}
}
