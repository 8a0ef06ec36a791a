package caldav

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/icalendar"
)

// resource is what lies at one address of a calendar: an event, with all its exceptions if it recurs.
type resource struct {
	name string // the last part of the address, escaped
	etag string // strong; empty where the server doesn't tell
	gone bool
	data *icalendar.Component // nil: what is there can't be read
}

// strong takes the mark of a weak etag off. Those that servers call weak are made so by proxies that compress, and the
// server compares them without the mark.
func strong(etag string) string { return strings.TrimPrefix(strings.TrimSpace(etag), "W/") }

// nameOf is the name of a resource of a calendar; false for anything else, the calendar itself first of all.
func nameOf(at, of *url.URL) (string, bool) {
	name, ok := strings.CutPrefix(at.Path, of.Path)
	if !ok || name == "" || strings.Contains(name, "/") {
		return "", false
	}
	return url.PathEscape(name), true
}

// resources gives what a multistatus tells of a calendar's resources.
func (m *multistatus) resources(of *url.URL) []resource {
	var out []resource
	seen := map[string]bool{}
	for i := range m.Answers {
		a := &m.Answers[i]
		at, ok := m.address(a.Href)
		if !ok {
			continue
		}
		name, ok := nameOf(at, of)
		if !ok || seen[name] {
			continue
		}
		seen[name] = true
		r := resource{name: name}
		switch status(a.Status) {
		case http.StatusNotFound, http.StatusGone:
			r.gone = true
		default:
			p := a.found()
			r.etag = strong(p.ETag)
			if p.Data != "" {
				r.data, _ = icalendar.Read([]byte(p.Data)) // nil: it is counted by who wants to read it
			}
			if r.etag == "" && r.data == nil && len(a.Stats) > 0 && status(a.Stats[0].Status) == http.StatusNotFound {
				r.gone = true // some servers say it there
			}
		}
		out = append(out, r)
	}
	return out
}

// fetchAtOnce is how many resources are asked for in one request.
const fetchAtOnce = 50

// fetch reads resources by their names. Those that are gone are marked.
func (a *account) fetch(ctx context.Context, cal *url.URL, names []string, doing string) ([]resource, error) {
	var out []resource
	for len(names) > 0 {
		n := min(fetchAtOnce, len(names))
		var links strings.Builder
		asked := map[string]bool{}
		for _, name := range names[:n] {
			links.WriteString("<D:href>" + text(cal.EscapedPath()+name) + "</D:href>")
			asked[name] = true
		}
		names = names[n:]
		m, err := a.multi(ctx, "REPORT", cal, "1", `<C:calendar-multiget`+namespaces+`><D:prop><D:getetag/><C:calendar-data/></D:prop>`+
			links.String()+`</C:calendar-multiget>`, doing)
		if err != nil {
			return nil, err
		}
		for _, r := range m.resources(cal) {
			if asked[r.name] {
				delete(asked, r.name)
				out = append(out, r)
			}
		}
		for name := range asked { // which some servers leave out
			out = append(out, resource{name: name, gone: true})
		}
	}
	return out, nil
}

// one reads a resource; kind NotFound where there is none.
func (a *account) one(ctx context.Context, cal *url.URL, name, doing string) (*resource, error) {
	all, err := a.fetch(ctx, cal, []string{name}, doing)
	if err != nil {
		return nil, err
	}
	r := &all[0]
	switch {
	case r.gone:
		return nil, fail(doing, calendar.NotFound, fmt.Errorf("no such event"))
	case r.data == nil:
		return nil, fail(doing, calendar.Unavailable, fmt.Errorf("the event can't be read"))
	}
	return r, nil
}

// events gives the appointments of a resource, with their ids: the resource's name, followed for one of several by which
// it is. Skipped is how many could not be made sense of.
func (a *account) events(r *resource, zone *time.Location, w calendar.Window) (out []calendar.Event, skipped int) {
	if r.data == nil {
		return nil, 1
	}
	all, skipped := icalendar.Reading{Zone: zone, Window: w, Own: a.Own}.Events(r.data)
	for _, i := range all {
		e := i.Event
		e.ID, e.ETag = r.name, r.etag
		if i.UID != all[0].UID { // which a resource shouldn't have
			sum := sha256.Sum256([]byte(i.UID))
			e.ID += "/" + hex.EncodeToString(sum[:6])
		}
		switch {
		case i.Recurrence == "", i.First && e.Job != "":
		// The event of a job that somebody made recur: the first is the job's, the others are people's own.
		default:
			e.ID += "/" + i.Recurrence
			e.Job, e.Part = "", 0
		}
		out = append(out, e)
	}
	return out, skipped
}

// event finds an event among a resource's.
func (a *account) event(r *resource, id string, zone *time.Location, doing string) (calendar.Event, error) {
	all, _ := a.events(r, zone, icalendar.Around(id))
	for _, e := range all {
		if e.ID == id {
			return e, nil
		}
	}
	return calendar.Event{}, fail(doing, calendar.NotFound, fmt.Errorf("no such event"))
}

// Event reads one event.
func (a *account) Event(ctx context.Context, calendarID, eventID string) (calendar.Event, error) {
	const doing = "read an event"
	cal, err := a.collection(calendarID, doing)
	if err != nil {
		return calendar.Event{}, err
	}
	zone, err := a.zoneOf(ctx, cal, doing)
	if err != nil {
		return calendar.Event{}, err
	}
	name, _, _ := strings.Cut(eventID, "/")
	r, err := a.one(ctx, cal, name, doing)
	if err != nil {
		return calendar.Event{}, err
	}
	return a.event(r, eventID, zone, doing)
}

// zoneOf is the zone of a calendar: what its server says, or else the business's.
func (a *account) zoneOf(ctx context.Context, cal *url.URL, doing string) (*time.Location, error) {
	if known, ok := a.zones.Load(cal.String()); ok {
		return known.(*time.Location), nil
	}
	m, err := a.multi(ctx, "PROPFIND", cal, "0", propfind(`<C:calendar-timezone/><C:calendar-timezone-id/>`), doing)
	if err != nil {
		return nil, err
	}
	return a.noteZone(ctx, cal, m.first(), doing)
}

func (a *account) noteZone(ctx context.Context, cal *url.URL, p *props, doing string) (*time.Location, error) {
	zone := icalendar.Location(p.zone())
	if zone == nil && a.Zone != nil {
		var err error
		if zone, err = a.Zone(ctx, a.businessID); err != nil {
			return nil, fail(doing, calendar.Unavailable, err)
		}
	}
	if zone == nil {
		zone = time.UTC
	}
	a.zones.Store(cal.String(), zone)
	return zone, nil
}
