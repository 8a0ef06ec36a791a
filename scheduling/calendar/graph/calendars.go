package graph

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"fixly/scheduling/calendar"
)

// mostDeleted bounds how often the event of a visit is written anew after somebody deleted it.
const mostDeleted = 50

// Calendars is an account. It fulfils calendar.Calendars, calendar.Watcher and calendar.Busier, and is safe for concurrent use.
type Calendars struct {
	p      *Provider
	access *access
	turns  chan struct{} // of requests that are under way, at most mostAtOnce

	mu    sync.Mutex
	asked bool           // for the zone
	zone  *time.Location // the mailbox's; nil: not known
}

func newCalendars(p *Provider, a *access) *Calendars {
	return &Calendars{p: p, access: a, turns: make(chan struct{}, mostAtOnce)}
}

// List gives the calendars of the account.
func (c *Calendars) List(ctx context.Context) ([]calendar.Info, error) {
	const doing = "microsoft: list calendars"
	zone, err := c.mailboxZone(ctx, doing)
	if err != nil {
		return nil, err
	}
	name := ""
	if zone != nil {
		name = zone.String()
	}
	var all []calendar.Info
	r := request{doing: doing, method: http.MethodGet, path: "/me/calendars", query: url.Values{"$top": {"100"}}}
	for range maxPages {
		var page struct {
			Value []struct {
				ID      string `json:"id"`
				Name    string `json:"name"`
				CanEdit bool   `json:"canEdit"`
				Default bool   `json:"isDefaultCalendar"`
			} `json:"value"`
			Next string `json:"@odata.nextLink"`
		}
		r.out = &page
		if err := c.do(ctx, r); err != nil {
			return nil, err
		}
		for _, g := range page.Value {
			if g.ID == "" {
				continue
			}
			i := calendar.Info{ID: g.ID, Name: g.Name, Zone: name, Writable: g.CanEdit, Primary: g.Default}
			if i.Name == "" {
				i.Name = "Calendar"
			}
			all = append(all, i)
		}
		if page.Next == "" {
			return all, nil
		}
		if r.link = c.p.local(page.Next); r.link == "" {
			return nil, garbled(doing)
		}
	}
	return nil, endless(doing)
}

// mailboxZone is the zone in which days begin for the account; nil where we may not know it.
func (c *Calendars) mailboxZone(ctx context.Context, doing string) (*time.Location, error) {
	c.mu.Lock()
	zone, asked := c.zone, c.asked
	c.mu.Unlock()
	if asked {
		return zone, nil
	}
	var answer struct {
		Value string `json:"value"`
	}
	err := c.do(ctx, request{doing: doing, method: http.MethodGet, path: "/me/mailboxSettings/timeZone", out: &answer})
	if err != nil && calendar.KindOf(err) != calendar.Forbidden { // the permission is not needed for anything else
		return nil, err
	}
	zone = zoneOf(answer.Value)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.zone, c.asked = zone, true
	return zone, nil
}

// Event reads one event.
func (c *Calendars) Event(ctx context.Context, calendarID, eventID string) (calendar.Event, error) {
	return c.ask(ctx, request{doing: "microsoft: read an event", method: http.MethodGet, path: eventPath(calendarID, eventID)})
}

// Insert writes the event of a visit. Graph gives ids of its own, so what makes writing twice harmless is the transaction
// id, which Graph takes once; the property by which the event is found is looked for first.
func (c *Calendars) Insert(ctx context.Context, calendarID string, e calendar.Event) (calendar.Event, bool, error) {
	const doing = "microsoft: insert an event"
	for n := range mostDeleted {
		there, found, err := c.find(ctx, doing, calendarID, &e)
		if err != nil || found {
			return there, found, err
		}
		written, err := c.ask(ctx, request{doing: doing, method: http.MethodPost, path: eventsPath(calendarID), body: fresh(&e, n)})
		var s *status
		if errors.As(err, &s) && s.duplicate() {
			// Written before, and deleted since; or somebody else writes it right now, and it is found.
			continue
		}
		written.Job, written.Part = e.Job, e.Part
		return written, false, err
	}
	return calendar.Event{}, false, &calendar.Error{Kind: calendar.Conflict, Doing: doing, Err: errors.New("the event was deleted too often")}
}

// find looks for the event of a visit. Who copies it in Outlook copies the property, too: of several, the one that has the
// transaction id is ours.
func (c *Calendars) find(ctx context.Context, doing, calendarID string, e *calendar.Event) (calendar.Event, bool, error) {
	var page struct {
		Value []event `json:"value"`
	}
	query := url.Values{"$filter": {"singleValueExtendedProperties/Any(ep: ep/id eq '" + jobProperty + "' and ep/value eq '" + visit(e.Job, e.Part) + "')"}}
	if err := c.do(ctx, request{doing: doing, method: http.MethodGet, path: eventsPath(calendarID), query: query, out: &page}); err != nil {
		return calendar.Event{}, false, err
	}
	var found *event
	for i := range page.Value {
		g := &page.Value[i]
		if g.Cancelled || g.ID == "" || g.Series != "" {
			continue
		}
		job, part, ok := jobOf(g.TransactionID)
		if ok && job == e.Job && part == e.Part {
			found = g
			break
		}
		if found == nil {
			found = g
		}
	}
	if found == nil {
		return calendar.Event{}, false, nil
	}
	there, err := c.understand(ctx, doing, found)
	there.Job, there.Part = e.Job, e.Part
	return there, err == nil, err
}

// Update changes an event. That Graph heeds If-Match for events is seen and nowhere promised, so the version is compared
// first as well.
func (c *Calendars) Update(ctx context.Context, calendarID string, e calendar.Event) (calendar.Event, error) {
	const doing = "microsoft: update an event"
	if err := c.compare(ctx, doing, calendarID, e.ID, e.ETag); err != nil {
		return calendar.Event{}, err
	}
	written, err := c.ask(ctx, request{doing: doing, method: http.MethodPatch, path: eventPath(calendarID, e.ID), etag: e.ETag, body: patch(&e)})
	if err == nil && written.Job == "" {
		written.Job, written.Part = e.Job, e.Part
	}
	return written, err
}

// Delete removes an event.
func (c *Calendars) Delete(ctx context.Context, calendarID, eventID, etag string) error {
	const doing = "microsoft: delete an event"
	err := error(nil)
	if etag != "" {
		err = c.compare(ctx, doing, calendarID, eventID, etag)
	}
	if err == nil {
		err = c.do(ctx, request{doing: doing, method: http.MethodDelete, path: eventPath(calendarID, eventID), etag: etag})
	}
	if calendar.KindOf(err) == calendar.NotFound {
		return nil
	}
	return err
}

// compare makes sure that an event still is of a version.
func (c *Calendars) compare(ctx context.Context, doing, calendarID, eventID, etag string) error {
	var now event
	err := c.do(ctx, request{doing: doing, method: http.MethodGet, path: eventPath(calendarID, eventID), query: url.Values{"$select": {"id"}}, out: &now})
	switch {
	case err != nil:
		return err
	case now.ID == "":
		return garbled(doing)
	case now.ETag != etag:
		return &calendar.Error{Kind: calendar.Conflict, Doing: doing, Err: errors.New("the event was changed since it was read")}
	}
	return nil
}

// ask sends a request that is answered by an event.
func (c *Calendars) ask(ctx context.Context, r request) (calendar.Event, error) {
	var g event
	r.out = &g
	if err := c.do(ctx, r); err != nil {
		return calendar.Event{}, err
	}
	return c.understand(ctx, r.doing, &g)
}

// understand makes an event of ours of an answer.
func (c *Calendars) understand(ctx context.Context, doing string, g *event) (calendar.Event, error) {
	var zone *time.Location
	if g.AllDay {
		var err error
		if zone, err = c.mailboxZone(ctx, doing); err != nil {
			return calendar.Event{}, err
		}
	}
	e, ok := g.read(zone)
	if !ok || g.ID == "" {
		return calendar.Event{}, garbled(doing)
	}
	return e, nil
}

func eventsPath(calendarID string) string {
	return "/me/calendars/" + url.PathEscape(calendarID) + "/events"
}

func eventPath(calendarID, eventID string) string {
	return eventsPath(calendarID) + "/" + url.PathEscape(eventID)
}
