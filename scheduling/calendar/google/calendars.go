package google

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"

	"fixly/scheduling/calendar"
)

// Calendars are those of an account. It fulfils calendar.Calendars, calendar.Watcher and calendar.Busier, and is safe for
// concurrent use.
type Calendars struct {
	p      *Provider
	access *access
	save   func(ctx context.Context, credentials []byte) error
	zones  sync.Map // of calendars, by id: *time.Location, as Google told them last
}

// List gives the calendars of the account.
func (c *Calendars) List(ctx context.Context) ([]calendar.Info, error) {
	const doing = "google: list the calendars"
	var all []calendar.Info
	query := url.Values{"maxResults": {"250"}}
	for range maxPages {
		var page struct {
			Items []struct {
				ID              string `json:"id"`
				Summary         string `json:"summary"`
				SummaryOverride string `json:"summaryOverride"`
				TimeZone        string `json:"timeZone"`
				AccessRole      string `json:"accessRole"`
				Primary         bool   `json:"primary"`
				Deleted         bool   `json:"deleted"`
			} `json:"items"`
			Next string `json:"nextPageToken"`
		}
		if err := c.do(ctx, request{doing: doing, method: http.MethodGet, path: "/users/me/calendarList", query: query, out: &page}); err != nil {
			return nil, err
		}
		for _, i := range page.Items {
			if i.Deleted || i.ID == "" {
				continue
			}
			info := calendar.Info{ID: i.ID, Name: i.SummaryOverride, Zone: i.TimeZone, Primary: i.Primary}
			if info.Name == "" {
				info.Name = i.Summary
			}
			if info.Name == "" {
				info.Name = i.ID
			}
			// We ask to write into calendars that the account owns, as its primary one, not into those that others share.
			info.Writable = i.AccessRole == "owner" || i.Primary
			if _, err := time.LoadLocation(i.TimeZone); err != nil {
				info.Zone = "" // a zone newer than our table: as good as none
			}
			c.zoned(i.ID, i.TimeZone)
			all = append(all, info)
		}
		if page.Next == "" {
			return all, nil
		}
		query.Set("pageToken", page.Next)
	}
	return nil, endless(doing)
}

// Event reads one event.
func (c *Calendars) Event(ctx context.Context, calendarID, eventID string) (calendar.Event, error) {
	return c.event(ctx, "google: read an event", calendarID, eventID)
}

func (c *Calendars) event(ctx context.Context, doing, calendarID, id string) (calendar.Event, error) {
	return c.ask(ctx, calendarID, request{doing: doing, method: http.MethodGet, path: eventPath(calendarID, id)})
}

// Insert writes the event of a job.
func (c *Calendars) Insert(ctx context.Context, calendarID string, e calendar.Event) (calendar.Event, bool, error) {
	const doing = "google: insert an event"
	zone, err := c.zone(ctx, doing, calendarID, e.AllDay)
	if err != nil {
		return calendar.Event{}, false, err
	}
	id := eventID(&e)
	w := fresh(&e, zone)
	w.ID = id
	written, err := c.ask(ctx, calendarID, request{doing: doing, method: http.MethodPost, path: eventsPath(calendarID), body: w})
	if calendar.KindOf(err) != calendar.Conflict {
		return written, false, err
	}
	// The id is taken: by what was written before, or by what is left of it after it was deleted.
	for range 2 {
		there, err := c.event(ctx, doing, calendarID, id)
		if err != nil {
			return calendar.Event{}, false, err
		}
		if !there.Gone {
			return there, true, nil
		}
		written, err = c.ask(ctx, calendarID, request{doing: doing, method: http.MethodPatch, path: eventPath(calendarID, id), etag: there.ETag, body: again(&e, zone)})
		if calendar.KindOf(err) != calendar.Conflict {
			return written, false, err
		}
		// Somebody brought it back at the same time.
	}
	return calendar.Event{}, false, &calendar.Error{Kind: calendar.Conflict, Doing: doing, Err: errors.New("the event keeps changing")}
}

// Update changes an event. A patch leaves alone what it doesn't name.
func (c *Calendars) Update(ctx context.Context, calendarID string, e calendar.Event) (calendar.Event, error) {
	const doing = "google: update an event"
	if e.ETag == "" { // an update without would bring back an event that was deleted
		return calendar.Event{}, &calendar.Error{Kind: calendar.Conflict, Doing: doing, Err: errors.New("which version to change is not known")}
	}
	zone, err := c.zone(ctx, doing, calendarID, e.AllDay)
	if err != nil {
		return calendar.Event{}, err
	}
	written, err := c.ask(ctx, calendarID, request{doing: doing, method: http.MethodPatch, path: eventPath(calendarID, e.ID), etag: e.ETag, body: patch(&e, zone)})
	if calendar.KindOf(err) != calendar.Conflict {
		return written, err
	}
	// Deleting it changes its etag, too.
	if now, gone := c.event(ctx, doing, calendarID, e.ID); calendar.KindOf(gone) == calendar.NotFound || gone == nil && now.Gone {
		return calendar.Event{}, &calendar.Error{Kind: calendar.NotFound, Doing: doing, Err: errors.New("the event was deleted")}
	}
	return calendar.Event{}, err
}

// Delete removes an event.
func (c *Calendars) Delete(ctx context.Context, calendarID, eventID, etag string) error {
	const doing = "google: delete an event"
	err := c.do(ctx, request{doing: doing, method: http.MethodDelete, path: eventPath(calendarID, eventID), etag: etag})
	switch calendar.KindOf(err) {
	case calendar.NotFound:
		return nil
	case calendar.Conflict:
		// As above: gone is what was wanted.
		if now, gone := c.event(ctx, doing, calendarID, eventID); calendar.KindOf(gone) == calendar.NotFound || gone == nil && now.Gone {
			return nil
		}
	}
	return err
}

// Busy asks when calendars are busy, at most 50 of them.
func (c *Calendars) Busy(ctx context.Context, calendarIDs []string, w calendar.Window) ([]calendar.Window, error) {
	const doing = "google: ask when it is busy"
	type item struct {
		ID string `json:"id"`
	}
	ask := struct {
		From  string `json:"timeMin"`
		To    string `json:"timeMax"`
		Items []item `json:"items"`
	}{From: w.From.UTC().Format(time.RFC3339), To: w.To.UTC().Format(time.RFC3339)}
	for _, id := range calendarIDs {
		ask.Items = append(ask.Items, item{id})
	}
	var answer struct {
		Calendars map[string]struct {
			Errors []struct {
				Reason string `json:"reason"`
			} `json:"errors"`
			Busy []struct {
				Start time.Time `json:"start"`
				End   time.Time `json:"end"`
			} `json:"busy"`
		} `json:"calendars"`
	}
	if err := c.do(ctx, request{doing: doing, method: http.MethodPost, path: "/freeBusy", body: ask, out: &answer}); err != nil {
		return nil, err
	}
	var all []calendar.Window
	for _, id := range calendarIDs {
		of, ok := answer.Calendars[id]
		if !ok {
			return nil, garbled(doing)
		}
		if len(of.Errors) > 0 {
			kind := calendar.Unavailable
			if of.Errors[0].Reason == "notFound" {
				kind = calendar.NotFound
			}
			return nil, &calendar.Error{Kind: kind, Doing: doing, Err: errors.New("a calendar could not be read: " + word(of.Errors[0].Reason))}
		}
		for _, b := range of.Busy {
			if b.Start.Before(b.End) {
				all = append(all, calendar.Window{From: b.Start, To: b.End})
			}
		}
	}
	return all, nil
}

// ask sends a request that is answered by an event.
func (c *Calendars) ask(ctx context.Context, calendarID string, r request) (calendar.Event, error) {
	var g event
	r.out = &g
	if err := c.do(ctx, r); err != nil {
		return calendar.Event{}, err
	}
	zone, err := c.zone(ctx, r.doing, calendarID, g.Status != "cancelled" && g.Start.DateTime == "")
	if err != nil {
		return calendar.Event{}, err
	}
	e, ok := g.read(zone)
	if !ok || g.ID == "" {
		return calendar.Event{}, garbled(r.doing)
	}
	return e, nil
}

// zone gives the zone of a calendar, where it is needed; it is asked for if Google has not told it yet.
func (c *Calendars) zone(ctx context.Context, doing, calendarID string, needed bool) (*time.Location, error) {
	if z, ok := c.zones.Load(calendarID); ok {
		return z.(*time.Location), nil
	}
	if !needed {
		return time.UTC, nil
	}
	var page eventsPage
	err := c.do(ctx, request{doing: doing, method: http.MethodGet, path: eventsPath(calendarID), query: url.Values{"maxResults": {"1"}}, out: &page})
	if err != nil {
		return nil, err
	}
	return c.zoned(calendarID, page.TimeZone), nil
}

// zoned remembers the zone of a calendar, and gives what is known of it.
func (c *Calendars) zoned(calendarID, name string) *time.Location {
	if z, ok := c.zones.Load(calendarID); ok && name == "" {
		return z.(*time.Location)
	}
	z, err := time.LoadLocation(name)
	if err != nil { // a zone newer than our table
		z = time.UTC
	}
	c.zones.Store(calendarID, z)
	return z
}

func eventsPath(calendarID string) string {
	return "/calendars/" + url.PathEscape(calendarID) + "/events"
}

func eventPath(calendarID, eventID string) string {
	return eventsPath(calendarID) + "/" + url.PathEscape(eventID)
}
