package telnyx_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"fixly/clock"
	"fixly/messaging"
)

// What can't be had by trying again, and what may.
func TestPictures(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/picture":
			_, _ = io.WriteString(w, "12345")
		case "/huge":
			_, _ = w.Write(make([]byte, messaging.MaxMedia+1))
		case "/ended":
			w.WriteHeader(http.StatusForbidden)
		case "/none":
			w.WriteHeader(http.StatusNotFound)
		default:
			w.WriteHeader(http.StatusBadGateway)
		}
	}))
	defer s.Close()
	c := newCarrier(t, s.URL, clock.Real(), "")
	if b, err := c.Media(t.Context(), s.URL+"/picture"); err != nil || string(b) != "12345" {
		t.Errorf("%q, %v", b, err)
	}
	for address, want := range map[string]error{
		s.URL + "/huge": messaging.ErrMediaTooLarge, s.URL + "/ended": messaging.ErrNoMedia, s.URL + "/none": messaging.ErrNoMedia,
		"http://169.254.169.254/secret": messaging.ErrNoMedia,
	} {
		if _, err := c.Media(t.Context(), address); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", address, err, want)
		}
	}
	var e *messaging.SendError
	if _, err := c.Media(t.Context(), s.URL+"/trouble"); !errors.As(err, &e) || !e.Retry {
		t.Errorf("in trouble: %v", err)
	}
}
