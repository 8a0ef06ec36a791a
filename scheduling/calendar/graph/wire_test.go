package graph_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// wire stands between a client and the fake Graph, holds what goes through against Graph's metadata, and keeps the
// requests.
type wire struct {
	t    testing.TB
	api  *metadata
	next http.Handler

	mu   sync.Mutex
	sent []sent
}

// sent is a request as it was sent.
type sent struct {
	Method, Path string
	Query        url.Values
	Header       http.Header
	Body         string
}

// requests gives the requests since it was called last.
func (w *wire) requests() []sent {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.sent
	w.sent = nil
	return all
}

// about says of which type what goes to and comes from an address is; empty: it is described elsewhere.
func about(path string) string {
	switch {
	case strings.Contains(path, "/events"), strings.Contains(path, "/calendarView"):
		return "graph.event"
	case strings.HasPrefix(path, "/v1.0/me/calendars"):
		return "graph.calendar"
	case path == "/v1.0/subscriptions":
		return "graph.subscription"
	}
	return ""
}

func (w *wire) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler) // the client has gone
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	w.mu.Lock()
	w.sent = append(w.sent, sent{r.Method, r.URL.EscapedPath(), r.URL.Query(), r.Header.Clone(), string(body)})
	w.mu.Unlock()
	of := about(r.URL.Path)
	if of == "" {
		w.next.ServeHTTP(rw, r)
		return
	}
	if len(body) > 0 {
		if err := w.api.checkJSON(of, body); err != nil {
			w.t.Errorf("%s %s: the request: %v\n%s", r.Method, r.URL, err, body)
		}
	}
	kept := httptest.NewRecorder()
	w.next.ServeHTTP(kept, r)
	answer, b := kept.Result(), kept.Body.Bytes()
	if answer.StatusCode < 300 && len(b) > 0 && answer.Header.Get("Content-Type") == "application/json" {
		if err := w.api.checkJSON(of, b); err != nil {
			w.t.Errorf("%s %s: the answer: %v\n%s", r.Method, r.URL, err, b)
		}
	}
	for k, v := range answer.Header {
		rw.Header()[k] = v
	}
	rw.WriteHeader(answer.StatusCode)
	_, _ = rw.Write(b) // the client may have gone
}
