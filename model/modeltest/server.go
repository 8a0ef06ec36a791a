// Package modeltest is a stand-in for the vendors' servers: it speaks OpenAI's chat completions and Anthropic's Messages,
// streams as they do, and fails in every way they can. Its requests and answers are held against the vendors' published
// schemas, as their official libraries carry them.
package modeltest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Vendor is whose protocol a request came in.
type Vendor string

// The vendors.
const (
	OpenAI    Vendor = "openai"
	Anthropic Vendor = "anthropic"
)

// Asked is one request as the server took it.
type Asked struct {
	Vendor    Vendor
	Key       string
	Model     string
	System    string
	Data      string
	Schema    map[string]any
	MaxTokens int
}

// Behaviour is how one request is answered. The zero value answers with an empty text.
type Behaviour struct {
	Text   string        // what the model says
	Wait   time.Duration // before the first byte
	Status int           // an error in place of an answer
	// Stall holds the stream open without a word after half of the text, until the client goes away.
	Stall bool
	// Drop closes the connection after half of the text; Hangup before a single byte.
	Drop, Hangup bool
	// Error sends the vendor's error in the stream after half of the text.
	Error bool
	// Refuse ends as the vendor's models do that would rather not answer; Cut as those that ran into the limit of tokens.
	Refuse, Cut bool
	// Garbage sends events that are no JSON.
	Garbage bool
	// Endless repeats the text until the client goes away.
	Endless bool
}

// Says is a model that answers at once.
func Says(text string) Behaviour { return Behaviour{Text: text} }

// Server is the stand-in.
type Server struct {
	URL string // of the server; OpenAI's protocol is found with and without /v1

	answer func(Asked) Behaviour
	server *httptest.Server
	gone   chan struct{} // closed when the test ends, so that no stalled answer outlives it

	mu         sync.Mutex
	asked      []Asked
	complaints []string
}

// NewServer starts a stand-in that answers as a function says. It is stopped when the test ends; a request that the
// vendors would not take fails the test then.
func NewServer(t testing.TB, answer func(Asked) Behaviour) *Server {
	s := &Server{answer: answer, gone: make(chan struct{})}
	s.server = httptest.NewServer(s)
	s.URL = s.server.URL
	t.Cleanup(func() {
		close(s.gone)
		s.server.CloseClientConnections()
		s.server.Close()
		for _, c := range s.Complaints() {
			t.Errorf("the vendor would not take a request: %s", c)
		}
	})
	return s
}

// Asked lists the requests that came, in order.
func (s *Server) Asked() []Asked {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// Complaints lists what was wrong with requests.
func (s *Server) Complaints() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.complaints)
}

// ServeHTTP answers in the protocol of the path.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var read func(*http.Request, []byte) (Asked, error)
	var write func(*stream, Asked, Behaviour)
	switch path := strings.TrimPrefix(r.URL.Path, "/v1"); {
	case r.Method != http.MethodPost:
		http.NotFound(w, r)
		return
	case path == "/chat/completions":
		read, write = readOpenAI, writeOpenAI
	case r.URL.Path == "/v1/messages":
		read, write = readAnthropic, writeAnthropic
	default:
		http.NotFound(w, r)
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return // the client went away
	}
	asked, err := read(r, body)
	if err != nil {
		s.complain(fmt.Sprintf("%v in %s", err, body))
		http.Error(w, `{"error":{"type":"invalid_request_error","message":"`+err.Error()+`"}}`, http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.asked = append(s.asked, asked)
	s.mu.Unlock()
	b := s.answer(asked)
	if b.Wait > 0 && !s.wait(r, b.Wait) {
		return
	}
	switch {
	case b.Hangup:
		panic(http.ErrAbortHandler)
	case b.Status != 0:
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(b.Status)
		_, _ = io.WriteString(w, errorBody(asked.Vendor, b.Status))
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	write(&stream{w: w, r: r, gone: s.gone}, asked, b)
}

func (s *Server) complain(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.complaints = append(s.complaints, what)
}

// wait holds a request, and says whether the client is still there.
func (s *Server) wait(r *http.Request, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
	case <-s.gone:
	}
	return false
}

// stream writes server-sent events.
type stream struct {
	w    http.ResponseWriter
	r    *http.Request
	gone <-chan struct{}
}

func (s *stream) event(name, data string) {
	if name != "" {
		_, _ = fmt.Fprintf(s.w, "event: %s\n", name)
	}
	_, _ = fmt.Fprintf(s.w, "data: %s\n\n", data)
	_ = http.NewResponseController(s.w).Flush()
}

// left says whether the client has gone.
func (s *stream) left() bool {
	select {
	case <-s.r.Context().Done():
		return true
	case <-s.gone:
		return true
	default:
		return false
	}
}

func (s *stream) hold() {
	select {
	case <-s.r.Context().Done():
	case <-s.gone:
	}
}

// pieces cuts a text as vendors stream it, and keeps the first half of it where the stream will not reach the end.
func (b Behaviour) pieces() []string {
	text := b.Text
	if b.Stall || b.Drop || b.Error || b.Cut {
		text = text[:len(text)/2]
	}
	var out []string
	for len(text) > 0 {
		n := min(12, len(text))
		if b.Endless {
			n = len(text) // what is looked at is that it is cut off, not how it comes
		}
		for n < len(text) && text[n]&0xC0 == 0x80 {
			n++
		}
		out = append(out, text[:n])
		text = text[n:]
	}
	return out
}

// midway does what a stream does that will not reach the end, and says whether it was one.
func (s *stream) midway(b Behaviour, vendorError func()) bool {
	switch {
	case b.Stall:
		s.hold()
	case b.Drop:
		panic(http.ErrAbortHandler)
	case b.Error:
		vendorError()
	default:
		return false
	}
	return true
}
