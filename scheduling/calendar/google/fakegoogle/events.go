package fakegoogle

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
)

// readOnly are the fields that are made when an event is shown; what a writer says of them is not looked at.
var readOnly = []string{"kind", "etag", "id", "htmlLink", "created", "updated", "creator", "organizer", "iCalUID", "recurringEventId", "originalStartTime"}

// book finds the calendar that a request is about and checks that it may be used so. The lock is held.
func (g *Google) book(r *http.Request, who *session, scopes []string, writes bool) (*listed, *refusal) {
	if no := who.needs(scopes); no != nil {
		return nil, no
	}
	b, ok := who.account.find(r.PathValue("calendar"))
	switch {
	case !ok:
		return nil, notFound()
	case b.role != "owner" && who.onlyOwned(scopes), writes && b.role != "owner" && b.role != "writer":
		return nil, refuse(http.StatusForbidden, "calendar", "requiredAccessLevel", "You need to have writer access to this calendar.")
	}
	return b, nil
}

// save keeps an event as changed just now, and tells of it. The lock is held.
func (g *Google) save(b *book, d *doc) *doc {
	g.changes++
	d.change = g.changes
	b.docs[d.id] = d
	for _, c := range g.channels {
		if c.book == b {
			c.tell()
		}
	}
	return d
}

// find gives an event, which may be one of a series that nothing was done to so far. The lock is held.
func (b *book) find(id string) (*doc, bool) {
	if d, ok := b.docs[id]; ok {
		return d, true
	}
	series, stamp, ok := strings.Cut(id, "_")
	d := b.docs[series]
	if !ok || d == nil || d.rule == nil {
		return nil, false
	}
	for _, one := range d.expand(time.Time{}, time.Time{}, b.zone) {
		if one.at.stamp() == stamp {
			return one, true
		}
	}
	return nil, false
}

// readBody reads the event of a request.
func readBody(r *http.Request) (map[string]any, *refusal) {
	b, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return nil, invalid("the body broke off")
	}
	body := map[string]any{}
	if err := json.Unmarshal(b, &body); err != nil {
		return nil, refuse(http.StatusBadRequest, "global", "parseError", "Parse Error")
	}
	return body, nil
}

// matches checks If-Match.
func matches(r *http.Request, d *doc) *refusal {
	if m := r.Header.Get("If-Match"); m != "" && m != "*" && m != etag(d.change) {
		return refuse(http.StatusPreconditionFailed, "global", "conditionNotMet", "Precondition Failed")
	}
	return nil
}

func (g *Google) getEvent(r *http.Request, who *session) (any, *refusal) {
	b, no := g.book(r, who, readScopes, false)
	if no != nil {
		return nil, no
	}
	d, ok := b.find(r.PathValue("event"))
	if !ok {
		return nil, notFound()
	}
	return d.show(b.book, true), nil
}

func (g *Google) insertEvent(r *http.Request, who *session) (any, *refusal) {
	b, no := g.book(r, who, writeScopes, true)
	if no != nil {
		return nil, no
	}
	body, no := readBody(r)
	if no != nil {
		return nil, no
	}
	id, given := body["id"].(string)
	if !given {
		id = g.newID()
	}
	if len(id) < 5 || len(id) > 1024 || strings.Trim(id, "0123456789abcdefghijklmnopqrstuv") != "" {
		return nil, invalid("Invalid resource id value.")
	}
	if _, taken := b.docs[id]; taken { // deleted ones, too
		return nil, refuse(http.StatusConflict, "global", "duplicate", "The requested identifier already exists.")
	}
	for _, k := range readOnly {
		delete(body, k)
	}
	d, no := newDoc(id, merge(nil, body), b.zone) // nulls are nothing
	if no != nil {
		return nil, no
	}
	return g.save(b.book, d).show(b.book, true), nil
}

func (g *Google) patchEvent(r *http.Request, who *session) (any, *refusal) {
	return g.change(r, who, func(old, body map[string]any) map[string]any { return merge(old, body) })
}

func (g *Google) updateEvent(r *http.Request, who *session) (any, *refusal) {
	return g.change(r, who, func(old, body map[string]any) map[string]any {
		body = merge(nil, body)
		for _, k := range readOnly {
			if v, ok := old[k]; ok {
				body[k] = v
			}
		}
		return body
	})
}

func (g *Google) change(r *http.Request, who *session, to func(old, body map[string]any) map[string]any) (any, *refusal) {
	b, no := g.book(r, who, writeScopes, true)
	if no != nil {
		return nil, no
	}
	d, ok := b.find(r.PathValue("event"))
	if !ok {
		return nil, notFound()
	}
	if no := matches(r, d); no != nil {
		return nil, no
	}
	body, no := readBody(r)
	if no != nil {
		return nil, no
	}
	for _, k := range readOnly {
		delete(body, k)
	}
	d, no = g.rewrite(b.book, d, to(d.body, body))
	if no != nil {
		return nil, no
	}
	return d.show(b.book, true), nil
}

// rewrite changes an event to other fields. What a series no longer has is left behind as cancelled. The lock is held.
func (g *Google) rewrite(b *book, d *doc, body map[string]any) (*doc, *refusal) {
	changed, no := newDoc(d.id, body, b.zone)
	if no != nil {
		return nil, no
	}
	if d.rule != nil {
		g.leave(b, d, changed)
	}
	return g.save(b, changed), nil
}

// leave keeps as cancelled what a series had and has no longer, for those who synchronize. The lock is held.
func (g *Google) leave(b *book, was, is *doc) {
	have := map[string]bool{}
	if is.rule != nil {
		for _, one := range is.expand(time.Time{}, time.Time{}, b.zone) {
			have[one.id] = true
		}
	}
	for _, one := range was.expand(time.Time{}, time.Time{}, b.zone) {
		if there := b.docs[one.id]; !have[one.id] && (there == nil || !there.cancelled()) {
			g.cancel(b, one)
		}
	}
}

// cancel deletes an event; of a series, what was done to any of it, too. The lock is held.
func (g *Google) cancel(b *book, d *doc) {
	gone := *d
	gone.body = merge(d.body, map[string]any{"status": "cancelled"})
	g.save(b, &gone)
	if d.rule == nil {
		return
	}
	for _, other := range b.docs {
		if other.series == d.id && !other.cancelled() {
			g.cancel(b, other)
		}
	}
}

func (g *Google) deleteEvent(r *http.Request, who *session) (any, *refusal) {
	b, no := g.book(r, who, writeScopes, true)
	if no != nil {
		return nil, no
	}
	d, ok := b.find(r.PathValue("event"))
	if !ok {
		return nil, notFound()
	}
	if d.cancelled() {
		return nil, refuse(http.StatusGone, "global", "deleted", "Resource has been deleted")
	}
	if no := matches(r, d); no != nil {
		return nil, no
	}
	g.cancel(b.book, d)
	return nil, nil
}
