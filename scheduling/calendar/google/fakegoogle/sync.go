package fakegoogle

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// query is what a list of events was asked for. A sync token stands for all of it.
type query struct {
	From   time.Time `json:"f"`
	To     time.Time `json:"t"`
	Single bool      `json:"s"`
	Since  int64     `json:"c"` // the last change that is known; 0: none
}

func (q query) token() string {
	b, _ := json.Marshal(q) // times and numbers: it cannot fail
	return base64.RawURLEncoding.EncodeToString(b)
}

// ExpireSyncTokens makes every sync token given so far expire.
func (g *Google) ExpireSyncTokens() {
	g.locked(func() {
		for _, b := range g.shelf {
			b.expired = g.changes + 1
		}
		g.changes++
	})
}

func (g *Google) listEvents(r *http.Request, who *session) (any, *refusal) {
	b, no := g.book(r, who, readScopes, false)
	if no != nil {
		return nil, no
	}
	return g.page(r, 250, 2500, func() (*snapshot, *refusal) { return g.list(r, b) })
}

func (g *Google) list(r *http.Request, b *listed) (*snapshot, *refusal) {
	p := r.URL.Query()
	for _, k := range []string{"q", "iCalUID", "updatedMin", "sharedExtendedProperty", "eventTypes"} {
		if p.Has(k) {
			return nil, invalid("this stand-in for Google does not know " + k)
		}
	}
	q, deleted := query{Single: p.Get("singleEvents") == "true"}, p.Get("showDeleted") == "true"
	if t := p.Get("syncToken"); t != "" {
		for _, k := range []string{"timeMin", "timeMax", "orderBy", "privateExtendedProperty"} {
			if p.Has(k) {
				return nil, invalid("Sync token cannot be used with " + k)
			}
		}
		single := q.Single
		raw, err := base64.RawURLEncoding.DecodeString(t)
		if err != nil || json.Unmarshal(raw, &q) != nil || p.Get("showDeleted") == "false" || q.Single != single {
			return nil, invalid("Invalid sync token value.")
		}
		if q.Since < b.expired {
			return nil, fullSync()
		}
		deleted = true
	} else {
		for k, to := range map[string]*time.Time{"timeMin": &q.From, "timeMax": &q.To} {
			if !p.Has(k) {
				continue
			}
			t, err := time.Parse(time.RFC3339, p.Get(k))
			if err != nil {
				return nil, invalid("Bad Request")
			}
			*to = t
		}
		if !q.From.IsZero() && !q.To.IsZero() && !q.From.Before(q.To) {
			return nil, refuse(http.StatusBadRequest, "calendar", "timeRangeEmpty", "The specified time range is empty.")
		}
	}
	found := b.search(q, deleted)
	if key, value, ok := strings.Cut(p.Get("privateExtendedProperty"), "="); ok {
		found = slices.DeleteFunc(found, func(d *doc) bool {
			extended, _ := d.body["extendedProperties"].(map[string]any)
			private, _ := extended["private"].(map[string]any)
			return private[key] != value
		})
	}
	if p.Get("orderBy") == "startTime" {
		slices.SortStableFunc(found, func(x, y *doc) int { return x.start.in(b.zone).Compare(y.start.in(b.zone)) })
	}
	s := &snapshot{rest: map[string]any{
		"kind": "calendar#events", "etag": etag(g.changes), "summary": b.summary, "timeZone": b.zone.String(),
		"updated": "2027-01-02T03:04:05.000Z", "accessRole": b.role, "defaultReminders": []any{},
	}}
	most, _ := strconv.Atoi(p.Get("maxAttendees")) // none: all
	for _, d := range found {
		s.items = append(s.items, fewer(d.show(b.book, false), most))
	}
	q.Since = g.changes
	s.token = q.token()
	return s, nil
}

// search finds what was asked for. With a sync token that is whatever changed since, wherever it is by now; of a series,
// what lies in the window.
func (b *book) search(q query, deleted bool) []*doc {
	var found []*doc
	add := func(d *doc) {
		if (q.Since > 0 || d.overlaps(q.From, q.To, b.zone)) && d.change > q.Since && (deleted || !d.cancelled()) {
			found = append(found, d)
		}
	}
	for _, d := range b.docs {
		if !q.Single || d.rule == nil {
			add(d)
			continue
		}
		if d.change <= q.Since || d.cancelled() && !deleted {
			continue
		}
		for _, one := range d.expand(q.From, q.To, b.zone) {
			if _, apart := b.docs[one.id]; !apart {
				add(one)
			}
		}
	}
	slices.SortFunc(found, func(x, y *doc) int { return cmp.Compare(x.id, y.id) })
	return found
}

// fewer leaves of many attendees the one whose calendar it is.
func fewer(event map[string]any, most int) map[string]any {
	all, _ := event["attendees"].([]any)
	if most < 1 || len(all) <= most {
		return event
	}
	event["attendeesOmitted"] = true
	event["attendees"] = slices.DeleteFunc(slices.Clone(all), func(a any) bool {
		m, _ := a.(map[string]any)
		return m["self"] != true
	})
	return event
}

func (g *Google) listInstances(r *http.Request, who *session) (any, *refusal) {
	b, no := g.book(r, who, readScopes, false)
	if no != nil {
		return nil, no
	}
	d, ok := b.docs[r.PathValue("event")]
	if !ok || d.rule == nil {
		return nil, notFound()
	}
	return g.page(r, 250, 2500, func() (*snapshot, *refusal) {
		s := &snapshot{token: "none", rest: map[string]any{
			"kind": "calendar#events", "etag": etag(g.changes), "summary": b.summary, "timeZone": b.zone.String(),
			"updated": "2027-01-02T03:04:05.000Z", "accessRole": b.role, "defaultReminders": []any{},
		}}
		for _, one := range d.expand(time.Time{}, time.Time{}, b.zone) {
			if apart, ok := b.docs[one.id]; ok {
				one = apart
			}
			if !one.cancelled() {
				s.items = append(s.items, one.show(b.book, false))
			}
		}
		return s, nil
	})
}
