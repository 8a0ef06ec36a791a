package twilio

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/coder/websocket"
)

const (
	maxRelayMessage = 64 << 10 // a prompt of a minute's talking is under 2 KiB
	setupTimeout    = 10 * time.Second
	writeTimeout    = 5 * time.Second
	pingEvery       = 30 * time.Second
	pingTimeout     = 10 * time.Second
	// eventQueue bounds what waits for a session's owner. Beyond it the reader waits, and TCP makes Twilio wait.
	eventQueue = 16
	// maxGarbage is how many unreadable messages a session forgives.
	maxGarbage = 16
)

// relay accepts a ConversationRelay session and runs it to its end. The handshake must be signed by the token of
// one of our lines, and the call it then names must be of that line's business.
func (h *Handler) relay(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		onlyBy(w, http.MethodGet)
		return
	}
	token := h.signer(r)
	if token == "" {
		h.log.WarnContext(r.Context(), "relay session refused", "why", "missing or wrong signature", "url", h.public.RequestedWebSocket(r), "remote", r.RemoteAddr)
		http.Error(w, "Forbidden", http.StatusForbidden)
		return
	}
	if !h.beginSession() {
		http.Error(w, "stopping", http.StatusServiceUnavailable)
		return
	}
	defer h.sessions.Done()
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		InsecureSkipVerify: true, // the signature says who it is; an Origin is a browser's
		CompressionMode:    websocket.CompressionDisabled,
	})
	if err != nil {
		h.log.WarnContext(r.Context(), "relay handshake", "error", err)
		return
	}
	conn.SetReadLimit(maxRelayMessage)
	// The request's context ends with the handler, not with the hijacked connection; ours must not carry its
	// deadline either.
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	// Whoever leaves first, this cuts the connection; after a proper close it does nothing.
	defer func() { _ = conn.CloseNow() }()

	first, stop := context.WithTimeout(ctx, setupTimeout)
	_, b, err := conn.Read(first)
	stop()
	if err != nil {
		return // it never said what it wanted
	}
	start, err := parseSetup(b)
	if err != nil {
		_ = conn.Close(websocket.StatusUnsupportedData, "a setup message comes first")
		h.log.WarnContext(ctx, "relay session refused", "why", err)
		return
	}
	c, err := h.sessionCall(ctx, token, r.URL.Query().Get(paramCall), start)
	if err != nil {
		h.log.ErrorContext(ctx, "relay session refused", "call", start.CallSID, "why", err)
		_ = conn.Close(websocket.StatusPolicyViolation, "no such call")
		return
	}
	s := newSession(h, c, start, &relayLine{ctx: ctx, conn: conn})
	events := make(chan event, eventQueue)
	go h.read(ctx, conn, events, start.CallSID)
	go keepAlive(ctx, cancel, conn)
	reason := s.run(ctx, events, h.stopping)
	h.log.InfoContext(ctx, "relay session over", "call", start.CallSID, "why", reason)
	switch reason {
	case overEnded:
		// Twilio closes after an end message; give it the time to read it.
		awaitClose(ctx, events)
	case overStopped:
		h.cut.add(start.CallSID)
		_ = conn.Close(websocket.StatusGoingAway, "going down")
	}
}

// read hands a session's messages to its owner and closes the channel when the connection is gone.
func (h *Handler) read(ctx context.Context, conn *websocket.Conn, events chan<- event, call string) {
	defer close(events)
	garbage := 0
	for {
		kind, b, err := conn.Read(ctx)
		if err != nil {
			return
		}
		e, err := parseEvent(b)
		if err != nil || kind != websocket.MessageText {
			if garbage++; garbage > maxGarbage {
				_ = conn.Close(websocket.StatusUnsupportedData, "messages are JSON")
				return
			}
			h.log.WarnContext(ctx, "a relay message can't be read", "call", call, "error", err)
			continue
		}
		if e.partial() && len(events) > eventQueue/2 {
			continue // only a sign of life; the final words follow
		}
		select {
		case events <- e:
		case <-ctx.Done():
			return
		}
	}
}

// keepAlive pings, so that a connection lost without a word is noticed.
func keepAlive(ctx context.Context, lost context.CancelFunc, conn *websocket.Conn) {
	t := time.NewTicker(pingEvery)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		wait, stop := context.WithTimeout(ctx, pingTimeout)
		err := conn.Ping(wait)
		stop()
		if err != nil {
			lost()
			return
		}
	}
}

// awaitClose drops what still comes until the other side closes or a moment has passed.
func awaitClose(ctx context.Context, events <-chan event) {
	t := time.NewTimer(writeTimeout)
	defer t.Stop()
	for {
		select {
		case _, open := <-events:
			if !open {
				return
			}
		case <-t.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// relayLine is a session's way out: words to be spoken and commands.
type relayLine struct {
	ctx  context.Context
	conn *websocket.Conn
}

func (l *relayLine) send(message any) error {
	b, err := json.Marshal(message)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(l.ctx, writeTimeout)
	defer cancel()
	return l.conn.Write(ctx, websocket.MessageText, b)
}
