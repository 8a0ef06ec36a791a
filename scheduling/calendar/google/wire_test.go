package google_test

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

// wire stands between a client and the fake Google, checks what goes through, and keeps the requests.
type wire struct {
	t    testing.TB
	api  *api
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

func (w *wire) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler) // the client has gone
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	w.mu.Lock()
	w.sent = append(w.sent, sent{r.Method, r.URL.EscapedPath(), r.URL.Query(), r.Header.Clone(), string(body)})
	w.mu.Unlock()
	if !strings.HasPrefix(r.URL.Path, w.api.BasePath) { // the sign-in is described elsewhere
		w.next.ServeHTTP(rw, r)
		return
	}
	if err := w.api.checkRequest(r, body); err != nil {
		w.t.Errorf("%s %s: the request: %v\n%s", r.Method, r.URL, err, body)
	}
	kept := httptest.NewRecorder()
	w.next.ServeHTTP(kept, r)
	answer := kept.Result()
	b := kept.Body.Bytes()
	if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") { // on purpose
		if err := w.api.checkAnswer(r, answer.StatusCode, answer.Header, b); err != nil {
			w.t.Errorf("%s %s: the answer: %v\n%s", r.Method, r.URL, err, b)
		}
	}
	for k, v := range answer.Header {
		rw.Header()[k] = v
	}
	rw.WriteHeader(answer.StatusCode)
	_, _ = rw.Write(b) // the client may have gone
}
