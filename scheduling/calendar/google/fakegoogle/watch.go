package fakegoogle

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// week is how long a channel lives where nobody asks for less.
const week = 7 * 24 * time.Hour

// channel is where the changes of a calendar are told. One goroutine of its own sends the notices, in order.
type channel struct {
	id, token, address, resource string
	book                         *book
	until                        time.Time
	wake                         chan struct{} // one notice stands for any number of changes
	stop                         chan struct{}
}

// tell makes a notice due.
func (c *channel) tell() {
	select {
	case c.wake <- struct{}{}:
	default: // one is due already
	}
}

func (g *Google) watchEvents(r *http.Request, who *session) (any, *refusal) {
	b, no := g.book(r, who, readScopes, false)
	if no != nil {
		return nil, no
	}
	body, no := readBody(r)
	if no != nil {
		return nil, no
	}
	text := func(k string) string { s, _ := body[k].(string); return s }
	id := text("id")
	switch _, taken := g.channels[id]; {
	case id == "" || len(id) > 64 || strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=") != "":
		return nil, invalid("Invalid channel id")
	case taken:
		return nil, refuse(http.StatusBadRequest, "global", "channelIdNotUnique", "Channel id "+id+" not unique")
	case text("type") != "web_hook" && text("type") != "webhook", len(text("token")) > 256:
		return nil, invalid("Invalid Value")
	case !allowed(text("address")):
		return nil, refuse(http.StatusBadRequest, "global", "push.webhookUrlNotHttps", "WebHook callback must be HTTPS: "+text("address"))
	}
	now := g.o.Clock.Now()
	until := now.Add(week)
	if ms, err := strconv.ParseInt(text("expiration"), 10, 64); err == nil && time.UnixMilli(ms).Before(until) {
		until = time.UnixMilli(ms)
	}
	c := &channel{
		id: id, token: text("token"), address: text("address"), resource: "res" + g.newID(), book: b.book, until: until,
		wake: make(chan struct{}, 1), stop: make(chan struct{}),
	}
	select {
	case <-g.stop:
	default:
		g.channels[id] = c
		g.notices.Go(func() { g.send(c) })
	}
	return map[string]any{
		"kind": "api#channel", "id": id, "resourceId": c.resource, "token": c.token, "expiration": strconv.FormatInt(until.UnixMilli(), 10),
		"resourceUri": "https://www.googleapis.com/calendar/v3/calendars/" + url.PathEscape(b.id) + "/events?alt=json",
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

func (g *Google) stopChannel(r *http.Request, _ *session) (any, *refusal) {
	body, no := readBody(r)
	if no != nil {
		return nil, no
	}
	id, _ := body["id"].(string)
	c, ok := g.channels[id]
	if !ok || c.resource != body["resourceId"] {
		return nil, refuse(http.StatusNotFound, "global", "notFound", "Channel '"+id+"' not found for project")
	}
	delete(g.channels, id)
	close(c.stop)
	return nil, nil
}

// send sends the notices of a channel, the first of which says that it is open, until it ends.
func (g *Google) send(c *channel) {
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DialContext: (&net.Dialer{}).DialContext}}
	defer client.CloseIdleConnections()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		select {
		case <-g.stop:
		case <-c.stop:
		case <-ctx.Done():
		}
		cancel()
	}()
	state := "sync"
	for number := 1; ; number++ {
		if !g.o.Clock.Now().Before(c.until) {
			return
		}
		// 5xx is told again, after waiting longer each time.
		for wait := 50 * time.Millisecond; wait < 2*time.Second && c.post(ctx, client, state, number); wait *= 2 {
			t := time.NewTimer(wait)
			select {
			case <-t.C:
			case <-ctx.Done():
				t.Stop()
				return
			}
		}
		state = "exists"
		select {
		case <-c.wake:
		case <-ctx.Done():
			return
		}
	}
}

// post sends a notice, and says whether it has to be sent again.
func (c *channel) post(ctx context.Context, client *http.Client, state string, number int) (again bool) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.address, nil)
	if err != nil {
		return false
	}
	for k, v := range map[string]string{
		"X-Goog-Channel-ID": c.id, "X-Goog-Channel-Token": c.token, "X-Goog-Channel-Expiration": c.until.UTC().Format(http.TimeFormat),
		"X-Goog-Resource-ID": c.resource, "X-Goog-Resource-State": state, "X-Goog-Message-Number": strconv.Itoa(number),
		"X-Goog-Resource-URI": "https://www.googleapis.com/calendar/v3/calendars/" + url.PathEscape(c.book.id) + "/events?alt=json",
	} {
		req.Header.Set(k, v)
	}
	resp, err := client.Do(req)
	if err != nil {
		return true
	}
	_ = resp.Body.Close() // what it says is nothing to Google
	return resp.StatusCode >= 500
}

// Channels counts the channels that are open.
func (g *Google) Channels() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.channels)
}
