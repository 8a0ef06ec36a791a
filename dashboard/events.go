package dashboard

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

const (
	maxStreams = 64 // open pages that are kept up to date at once
	// coalesce is how long changes are gathered before a page is told: a turn writes a handful.
	coalesce     = 150 * time.Millisecond
	heartbeat    = 20 * time.Second // keeps proxies from closing a quiet stream
	writeTimeout = 10 * time.Second
)

// events tells an open page which kinds of thing changed, as server-sent events without content; the page then
// fetches the parts that show them. A page that connects, or connects again, is told to fetch everything once, so
// it can't miss what happened meanwhile.
func (s *server) events(q *request) error {
	if s.Watch == nil {
		q.w.WriteHeader(http.StatusNoContent) // tells EventSource not to come back
		return nil
	}
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		http.Error(q.w, "Too many open pages.", http.StatusServiceUnavailable)
		return nil
	}
	ctx, cancel := context.WithCancel(q.Context())
	defer cancel()

	// One change of each kind is enough: kinds pile up here, never changes.
	kinds := make(chan string, 16)
	watching := make(chan struct{})
	go func() {
		defer close(watching)
		s.Watch(ctx, q.b.ID, func(kind string) {
			select {
			case kinds <- kind:
			default: // the page is behind: it will be told to fetch everything
				select {
				case <-kinds:
				default:
				}
				select {
				case kinds <- "resync":
				default:
				}
			}
		})
	}()
	defer func() { cancel(); <-watching }()

	q.w.Header().Set("Content-Type", "text/event-stream")
	q.w.Header().Set("X-Accel-Buffering", "no") // nginx would gather the events
	return stream(ctx, q.w, kinds)
}

// stream writes events until the browser is gone or reads too slowly.
func stream(ctx context.Context, w http.ResponseWriter, kinds <-chan string) error {
	out := http.NewResponseController(w)
	write := func(format string, args ...any) bool {
		_ = out.SetWriteDeadline(time.Now().Add(writeTimeout)) // a deadline of the socket: the machine's time
		if _, err := fmt.Fprintf(w, format, args...); err != nil {
			return false
		}
		return out.Flush() == nil
	}
	if !write("retry: 2000\nevent: resync\ndata:\n\n") {
		return nil
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
			if !write(":\n\n") {
				return nil
			}
		case kind := <-kinds:
			for _, k := range gather(ctx, kind, kinds) {
				if !write("event: %s\ndata:\n\n", k) {
					return nil
				}
			}
		}
	}
}

// gather collects the kinds that come within the next moment, each once, in the order of their first coming.
func gather(ctx context.Context, first string, kinds <-chan string) []string {
	seen := map[string]bool{first: true}
	out := []string{first}
	timer := time.NewTimer(coalesce)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
			return out
		case k := <-kinds:
			if !seen[k] {
				seen[k] = true
				out = append(out, k)
			}
		}
	}
}
