package google

import (
	"context"
	"errors"
	"net/http"

	"fixly/scheduling/calendar"
)

// Notices takes in what Google tells of changes, at POST /calendars/google/push. A notice names the channel and nothing
// else: what changed has to be read.
type Notices struct {
	// Tell is called with each: channelID is Channel.ID, and token proves that it is Google's. It has to be quick.
	// calendar.ErrNoCalendar says that there is no such channel, or that the token is another.
	Tell func(ctx context.Context, channelID, token string) error
}

// ServeHTTP answers a notice: 404 where the channel is none of ours, and 503, upon which Google tells it again, where it
// could not be kept.
func (n Notices) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "POST", http.StatusMethodNotAllowed)
		return
	}
	id := r.Header.Get("X-Goog-Channel-Id")
	if id == "" || len(id) > 64 {
		http.Error(w, "no channel", http.StatusBadRequest)
		return
	}
	if r.Header.Get("X-Goog-Resource-State") == "sync" { // the channel was opened: nothing has changed
		w.WriteHeader(http.StatusOK)
		return
	}
	switch err := n.Tell(r.Context(), id, r.Header.Get("X-Goog-Channel-Token")); {
	case err == nil:
		w.WriteHeader(http.StatusOK)
	case errors.Is(err, calendar.ErrNoCalendar):
		http.Error(w, "no such channel", http.StatusNotFound)
	default:
		http.Error(w, "try again", http.StatusServiceUnavailable)
	}
}
