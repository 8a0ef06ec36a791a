package graph

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"fixly/scheduling/calendar"
)

const (
	// watchFor is how long notices are asked for. Graph gives events less than three days in some of its pages, 4,230
	// minutes, and less than seven in others.
	watchFor = 4200 * time.Minute
	// watched is what notices are asked of: every event of the mailbox, which is the only kind of subscription to events
	// that is documented. A notice therefore may be of another calendar of the account; reading ours tells.
	watched = "me/events"
	// challengeFor is how long a challenge is remembered; Graph repeats them.
	challengeFor = 24 * time.Hour
)

// subscription is a subscription as the API writes it
// (https://learn.microsoft.com/en-us/graph/api/resources/subscription).
type subscription struct {
	ID         string `json:"id,omitempty"`
	ChangeType string `json:"changeType"`
	Resource   string `json:"resource"`
	Address    string `json:"notificationUrl"`
	Lifecycle  string `json:"lifecycleNotificationUrl"`
	State      string `json:"clientState"`
	Until      string `json:"expirationDateTime"`
}

// Watch asks to be told of changes. Graph gives the channel an id of its own.
func (c *Calendars) Watch(ctx context.Context, _ string, ch calendar.Channel) (calendar.Watch, error) {
	const doing = "microsoft: ask for notices"
	until := c.p.clock.Now().Add(watchFor)
	var got subscription
	err := c.do(ctx, request{
		doing: doing, method: http.MethodPost, path: "/subscriptions", out: &got,
		body: subscription{
			ChangeType: "created,updated,deleted", Resource: watched, Address: ch.URL, Lifecycle: ch.URL, State: ch.Token,
			Until: until.UTC().Format(time.RFC3339),
		},
	})
	if err != nil {
		return calendar.Watch{}, err
	}
	if got.ID == "" {
		return calendar.Watch{}, garbled(doing)
	}
	if t, err := time.Parse(time.RFC3339, got.Until); err == nil {
		until = t
	}
	return calendar.Watch{Channel: got.ID, Resource: watched, Until: until}, nil
}

// Unwatch ends the notices.
func (c *Calendars) Unwatch(ctx context.Context, w calendar.Watch) error {
	err := c.do(ctx, request{doing: "microsoft: end the notices", method: http.MethodDelete, path: "/subscriptions/" + url.PathEscape(w.Channel)})
	if calendar.KindOf(err) == calendar.NotFound {
		return nil
	}
	return err
}

// challenge notes that Graph wants a subscription to be authorised again; who reads the account's calendars next does.
func (p *Provider) challenge(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.challenged[id] = p.clock.Now()
}

// challenges lists the subscriptions that have to be authorised again.
func (p *Provider) challenges() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []string
	for id, at := range p.challenged {
		if p.clock.Now().Sub(at) > challengeFor {
			delete(p.challenged, id)
			continue
		}
		all = append(all, id)
	}
	return all
}

// reauthorize authorises the subscriptions of this account for which Graph asked that. One of another account is not found
// by this one's token, and is left to the other. What fails is asked for again by Graph.
func (c *Calendars) reauthorize(ctx context.Context) {
	for _, id := range c.p.challenges() {
		err := c.do(ctx, request{doing: "microsoft: authorise the notices again", method: http.MethodPost, path: "/subscriptions/" + url.PathEscape(id) + "/reauthorize"})
		if err == nil {
			c.p.mu.Lock()
			delete(c.p.challenged, id)
			c.p.mu.Unlock()
		}
	}
}
