// Package browserphone is a phone in the browser: it rings a business's line without any carrier, for trying the
// receptionist out. Its calls are calls like any other: stored, routed, answered, ended and followed up in the same
// way, with a carrier id that begins with BP.
//
// One WebSocket is one call. The browser types or recognises words and speaks the replies itself; what goes over
// the socket is in message.go.
package browserphone

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"sync"

	"github.com/coder/websocket"

	"fixly/clock"
	"fixly/receptionist"
	"fixly/telephony"
)

const (
	maxCalls   = 50       // at once; a phone for trying out needs few
	maxMessage = 16 << 10 // bytes of one message from the browser
)

// Receptionist is what this package needs of the receptionist. Every reply it returns is already saved.
type Receptionist interface {
	// Start opens the conversation of a call, its greeting the first turn.
	Start(ctx context.Context, in receptionist.StartInput) (receptionist.Reply, error)
	// Turn answers one event.
	Turn(ctx context.Context, conversationID string, in receptionist.Input) (receptionist.Reply, error)
	// Heard notes how much of the last reply the caller heard before talking over it.
	Heard(ctx context.Context, conversationID, heard string) error
}

// Deps is what the browser phone works with. All are needed unless they say otherwise.
type Deps struct {
	Storage      telephony.Storage
	Receptionist Receptionist
	Clock        clock.Clock
	Log          *slog.Logger
	// Why puts the reason for a reply into an owner's words. Nil: the reason is shown as it is.
	Why func(reason string) string
	// PublicURL is how browsers reach the server. A page of that origin may ring, as may one of the same host.
	PublicURL string
}

// Handler answers the WebSockets of browser phones. Whoever mounts it checks first that the visitor may ring.
type Handler struct {
	Deps
	origins []string

	ctx    context.Context // ends when the handler closes
	cancel context.CancelFunc
	places chan struct{}

	mu     sync.Mutex // guards closed, and calls.Add against calls.Wait
	closed bool
	calls  sync.WaitGroup
}

// New makes the handler. Close it after the HTTP server has stopped taking requests.
func New(d Deps) *Handler {
	if d.Why == nil {
		d.Why = func(reason string) string { return reason }
	}
	h := &Handler{Deps: d, places: make(chan struct{}, maxCalls)}
	if u, err := url.Parse(d.PublicURL); err == nil && u.Host != "" {
		h.origins = []string{u.Host}
	}
	h.ctx, h.cancel = context.WithCancel(context.Background())
	return h
}

// ServeHTTP holds one call. It returns when the call is over and everything about it is stored.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !h.enter() {
		http.Error(w, "All lines are busy.", http.StatusServiceUnavailable)
		return
	}
	defer h.leave()
	// Accept refuses other origins than ours.
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: h.origins})
	if err != nil {
		h.Log.InfoContext(r.Context(), "a browser phone was refused", "error", err, "origin", r.Header.Get("Origin"))
		return // Accept has answered
	}
	conn.SetReadLimit(maxMessage)
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	stop := context.AfterFunc(h.ctx, cancel)
	defer stop()
	newSession(h, conn).run(ctx)
}

// Close ends the calls under way as if the line went dead, stores them, and takes no more.
func (h *Handler) Close(ctx context.Context) error {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	h.cancel()
	done := make(chan struct{})
	go func() { h.calls.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return errors.New("browser phone: calls are still being stored")
	}
}

func (h *Handler) enter() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return false
	}
	select {
	case h.places <- struct{}{}:
		h.calls.Add(1)
		return true
	default:
		return false
	}
}

func (h *Handler) leave() {
	<-h.places
	h.calls.Done()
}
