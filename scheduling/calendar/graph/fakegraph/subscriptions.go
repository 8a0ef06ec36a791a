package fakegraph

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/rs/xid"
)

// longest is how long a subscription to events may be.
const longest = 4230 * time.Minute

// subscription is where the changes of a mailbox are told. One goroutine of its own sends the notices, in order.
type subscription struct {
	id, state, address, lifecycle string
	account                       *account
	until                         time.Time
	authorised                    int // how often it was authorised again
	due                           chan notice
	stop                          chan struct{}
}

// notice is of a change, or of the subscription itself.
type notice struct{ resource, lifecycle string }

// tell makes a notice due; one that finds no place is lost, as Graph's may be.
func (s *subscription) tell(n notice) {
	select {
	case s.due <- n:
	default:
	}
}

// subscribe begins a subscription, once its address has given back the token that it is asked with.
func (g *Graph) subscribe(r *http.Request, who *session) (int, any, *refusal) {
	var body struct {
		ChangeType string `json:"changeType"`
		Address    string `json:"notificationUrl"`
		Lifecycle  string `json:"lifecycleNotificationUrl"`
		Resource   string `json:"resource"`
		Until      string `json:"expirationDateTime"`
		State      string `json:"clientState"`
	}
	in := json.NewDecoder(r.Body)
	in.DisallowUnknownFields()
	if err := in.Decode(&body); err != nil {
		return 0, nil, invalid(err.Error())
	}
	if no := who.needs("Calendars.ReadWrite"); no != nil {
		return 0, nil, no
	}
	now := g.o.Clock.Now()
	until, err := time.Parse(time.RFC3339, body.Until)
	switch {
	case body.Resource != "me/events", body.ChangeType == "", len(body.State) > 128, !allowed(body.Address), !allowed(body.Lifecycle):
		return 0, nil, refuse(http.StatusBadRequest, "InvalidRequest", "The subscription is not as Graph takes it.")
	case err != nil || !until.After(now) || until.Sub(now) > longest:
		return 0, nil, refuse(http.StatusBadRequest, "ExtensionError", "Subscription expiration can only be 4230 minutes in the future.")
	}
	// The address answers while nothing else waits.
	g.mu.Unlock()
	valid := validates(r.Context(), body.Address) && validates(r.Context(), body.Lifecycle)
	g.mu.Lock()
	if !valid {
		return 0, nil, refuse(http.StatusBadRequest, "ValidationError", "Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.")
	}
	s := &subscription{
		id: xid.New().String(), state: body.State, address: body.Address, lifecycle: body.Lifecycle, account: who.account, until: until,
		due: make(chan notice, 64), stop: make(chan struct{}),
	}
	select {
	case <-g.stop:
	default:
		g.subscriptions[s.id] = s
		g.notices.Go(func() { g.send(s) })
	}
	return http.StatusCreated, map[string]any{
		"id": s.id, "changeType": body.ChangeType, "resource": body.Resource, "notificationUrl": s.address, "lifecycleNotificationUrl": s.lifecycle,
		"clientState": s.state, "expirationDateTime": until.UTC().Format("2006-01-02T15:04:05.0000000Z"), "latestSupportedTlsVersion": "v1_2",
	}, nil
}

// allowed says whether an address may hear of changes: one with a certificate or, here alone, one of this machine.
func allowed(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || err == nil && ip.IsLoopback())
}

// validates asks an address for the token that it is given.
func validates(ctx context.Context, address string) bool {
	const token = "Validation: Testing client application reachability for subscription Request-Id: <1&2>"
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"?"+url.Values{"validationToken": {token}}.Encode(), nil)
	if err != nil {
		return false
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
	_ = resp.Body.Close() // it was read
	return err == nil && resp.StatusCode == http.StatusOK && string(b) == token && strings.HasPrefix(resp.Header.Get("Content-Type"), "text/plain")
}

// held gives the subscription of a request, if it is of the account that asks.
func (g *Graph) held(r *http.Request, who *session) (*subscription, *refusal) {
	s := g.subscriptions[r.PathValue("subscription")]
	if s == nil || s.account != who.account || !g.o.Clock.Now().Before(s.until) {
		return nil, refuse(http.StatusNotFound, "ResourceNotFound", "The object was not found.")
	}
	return s, nil
}

func (g *Graph) unsubscribe(r *http.Request, who *session) (int, any, *refusal) {
	s, no := g.held(r, who)
	if no != nil {
		return 0, nil, no
	}
	delete(g.subscriptions, s.id)
	close(s.stop)
	return http.StatusNoContent, nil, nil
}

func (g *Graph) reauthorize(r *http.Request, who *session) (int, any, *refusal) {
	s, no := g.held(r, who)
	if no != nil {
		return 0, nil, no
	}
	s.authorised++
	return http.StatusOK, nil, nil
}

// Challenge makes a lifecycle notice due at every subscription: "reauthorizationRequired", "missed" or
// "subscriptionRemoved".
func (g *Graph) Challenge(event string) {
	g.locked(func() {
		for _, s := range g.subscriptions {
			s.tell(notice{lifecycle: event})
		}
	})
}

// Subscriptions counts the subscriptions that are open, and how often they were authorised again.
func (g *Graph) Subscriptions() (open, authorised int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range g.subscriptions {
		authorised += s.authorised
	}
	return len(g.subscriptions), authorised
}

// send sends the notices of a subscription until it ends.
func (g *Graph) send(s *subscription) {
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DialContext: (&net.Dialer{}).DialContext}}
	defer client.CloseIdleConnections()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		select {
		case <-g.stop:
		case <-s.stop:
		case <-ctx.Done():
		}
		cancel()
	}()
	for {
		select {
		case n := <-s.due:
			// What isn't taken is delivered again, after waiting longer each time.
			for wait := 50 * time.Millisecond; wait < 2*time.Second && s.post(ctx, client, n); wait *= 2 {
				t := time.NewTimer(wait)
				select {
				case <-t.C:
				case <-ctx.Done():
					t.Stop()
					return
				}
			}
		case <-ctx.Done():
			return
		}
	}
}

// post delivers a notice, and says whether it has to be delivered again.
func (s *subscription) post(ctx context.Context, client *http.Client, n notice) (again bool) {
	one := map[string]any{
		"subscriptionId": s.id, "clientState": s.state, "tenantId": "00000000-0000-0000-0000-000000000000",
		"subscriptionExpirationDateTime": s.until.UTC().Format("2006-01-02T15:04:05.0000000Z"),
	}
	address := s.address
	if n.lifecycle != "" {
		address, one["lifecycleEvent"] = s.lifecycle, n.lifecycle
	} else {
		one["changeType"], one["resource"] = "updated", "Users/1/Events/"+n.resource
		one["resourceData"] = map[string]any{"@odata.type": "#Microsoft.Graph.Event", "id": n.resource}
	}
	b, err := json.Marshal(map[string]any{"value": []any{one}})
	if err != nil {
		return false
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(b))
	if err != nil {
		return false
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return true
	}
	_ = resp.Body.Close() // what it says is nothing to Graph
	return resp.StatusCode >= 300
}
