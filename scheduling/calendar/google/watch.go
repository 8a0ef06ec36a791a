package google

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"fixly/scheduling/calendar"
)

// channel is a channel of notices as the API writes it.
type channel struct {
	ID         string `json:"id,omitempty"`
	Type       string `json:"type,omitempty"`
	Address    string `json:"address,omitempty"`
	Token      string `json:"token,omitempty"`
	ResourceID string `json:"resourceId,omitempty"`
	Expiration string `json:"expiration,omitempty"` // epoch milliseconds
}

// shortWatch is for how long notices are counted on where Google doesn't say; it is a week usually.
const shortWatch = 24 * time.Hour

// Watch asks to be told of changes (https://developers.google.com/workspace/calendar/api/guides/push).
func (c *Calendars) Watch(ctx context.Context, calendarID string, ch calendar.Channel) (calendar.Watch, error) {
	const doing = "google: ask for notices"
	if !strings.HasPrefix(ch.URL, "https://") && !c.p.stands { // Google would refuse it
		return calendar.Watch{}, &calendar.Error{Kind: calendar.Invalid, Doing: doing, Err: errors.New("notices go to https addresses only")}
	}
	var got channel
	err := c.do(ctx, request{
		doing: doing, method: http.MethodPost, path: eventsPath(calendarID) + "/watch",
		body: channel{ID: ch.ID, Type: "web_hook", Address: ch.URL, Token: ch.Token}, out: &got,
	})
	if err != nil {
		return calendar.Watch{}, err
	}
	if got.ResourceID == "" {
		return calendar.Watch{}, garbled(doing)
	}
	w := calendar.Watch{Channel: ch.ID, Resource: got.ResourceID, Until: c.p.clock.Now().Add(shortWatch)}
	if ms, err := strconv.ParseInt(got.Expiration, 10, 64); err == nil && ms > 0 {
		w.Until = time.UnixMilli(ms)
	}
	return w, nil
}

// Unwatch ends the notices.
func (c *Calendars) Unwatch(ctx context.Context, w calendar.Watch) error {
	err := c.do(ctx, request{
		doing: "google: end the notices", method: http.MethodPost, path: "/channels/stop",
		body: channel{ID: w.Channel, ResourceID: w.Resource},
	})
	if calendar.KindOf(err) == calendar.NotFound {
		return nil
	}
	return err
}
