package graph

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"fixly/scheduling/calendar"
)

// Bounds of what Graph sends.
const (
	maxNotices    = 1 << 20 // bytes
	maxValidation = 4 << 10
)

// Notices takes in what Graph tells of changes, and of the subscriptions themselves, at POST /calendars/microsoft/push
// (https://learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks).
type Notices struct {
	Provider *Provider
	// Tell is called with each subscription that a delivery names: its id is Watch.Channel, and clientState, Channel.Token,
	// proves that it is Graph's. It has to be quick. calendar.ErrNoCalendar says that there is no such subscription, or that
	// the state is another.
	Tell func(ctx context.Context, subscriptionID, clientState string) error
}

// notice is one notice of a delivery.
type notice struct {
	Subscription string `json:"subscriptionId"`
	State        string `json:"clientState"`
	Lifecycle    string `json:"lifecycleEvent"` // reauthorizationRequired, subscriptionRemoved, missed; empty: a change
}

// ServeHTTP answers the question whether the address is ours, by the token that came with it, and takes deliveries: 202
// whether or not a subscription is known, since Graph does nothing about one that isn't, and 503, upon which it delivers
// again, where a notice could not be kept.
func (n Notices) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "POST", http.StatusMethodNotAllowed)
		return
	}
	if token := r.URL.Query().Get("validationToken"); token != "" {
		if len(token) > maxValidation {
			http.Error(w, "too long", http.StatusBadRequest)
			return
		}
		// As plain text, which no browser takes for a page.
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = w.Write([]byte(token)) //nolint:gosec // G705: plain text; and who asked may have gone
		return
	}
	var delivery struct {
		Value []notice `json:"value"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxNotices)).Decode(&delivery); err != nil {
		http.Error(w, "no notices", http.StatusBadRequest)
		return
	}
	told := map[notice]bool{}
	for _, x := range delivery.Value {
		if x.Subscription == "" || told[x] {
			continue
		}
		told[x] = true
		switch err := n.Tell(r.Context(), x.Subscription, x.State); {
		case errors.Is(err, calendar.ErrNoCalendar):
		case err != nil:
			http.Error(w, "try again", http.StatusServiceUnavailable)
			return
		case x.Lifecycle == "reauthorizationRequired" && n.Provider != nil:
			n.Provider.challenge(x.Subscription)
		}
	}
	w.WriteHeader(http.StatusAccepted)
}
