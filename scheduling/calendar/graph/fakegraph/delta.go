package fakegraph

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// round is what a link of a delta stands for: where the next round begins, and what is left of this one.
type round struct {
	book     *book
	age      int
	from, to time.Time
	since    int64 // the number of the last change that was told
	rest     []any // rows still to come
	last     int64 // where the round after them begins
}

// delta tells what changed in a calendar view (https://learn.microsoft.com/en-us/graph/api/event-delta): all of it at
// first, then what a link stands for.
func (g *Graph) delta(r *http.Request, who *session) (int, any, *refusal) {
	b, no := g.find(r, who)
	if no != nil {
		return 0, nil, no
	}
	q := r.URL.Query()
	if !prefers(r, `outlook.timezone="UTC"`) || !prefers(r, `outlook.body-content-type="text"`) {
		return 0, nil, invalid("the fake tells times in UTC and texts as texts only")
	}
	if token := q.Get("$skiptoken") + q.Get("$deltatoken"); token != "" {
		if no := only(r, "$skiptoken", "$deltatoken"); no != nil {
			return 0, nil, no
		}
		at := g.rounds[token]
		if at == nil || at.book != b || at.age != g.age {
			return 0, nil, syncStateNotFound()
		}
		now := *at
		if q.Has("$deltatoken") {
			now.rest, now.last = g.rows(&now), g.changes
		}
		return http.StatusOK, g.page(r, now), nil
	}
	if no := only(r, "startDateTime", "endDateTime"); no != nil {
		return 0, nil, no
	}
	from, err1 := time.Parse(time.RFC3339, q.Get("startDateTime"))
	to, err2 := time.Parse(time.RFC3339, q.Get("endDateTime"))
	if err1 != nil || err2 != nil || !from.Before(to) {
		return 0, nil, refuse(http.StatusBadRequest, "ErrorInvalidParameter", "startDateTime and endDateTime are needed.")
	}
	first := round{book: b, age: g.age, from: from, to: to, last: g.changes}
	first.rest = g.rows(&first)
	return http.StatusOK, g.page(r, first), nil
}

// view lists a calendar view, its occurrences in full and its series left out.
func (g *Graph) view(r *http.Request, who *session) (int, any, *refusal) {
	b, no := g.find(r, who)
	if no == nil {
		no = only(r, "startDateTime", "endDateTime", "$select", "$skip")
	}
	if no != nil {
		return 0, nil, no
	}
	q := r.URL.Query()
	from, err1 := time.Parse(time.RFC3339, q.Get("startDateTime"))
	to, err2 := time.Parse(time.RFC3339, q.Get("endDateTime"))
	if err1 != nil || err2 != nil || !from.Before(to) {
		return 0, nil, refuse(http.StatusBadRequest, "ErrorInvalidParameter", "startDateTime and endDateTime are needed.")
	}
	all := []any{}
	for _, it := range b.items {
		for n := range max(1, it.times) {
			one, master := it, (*item)(nil)
			if it.times > 0 {
				one, master = it.nth(n, b.place), it
			}
			if it.deleted || one == nil || !one.overlaps(from, to) {
				continue
			}
			all = append(all, pick(b.show(one, master, n), q.Get("$select")))
		}
	}
	return http.StatusOK, map[string]any{"value": all}, nil
}

// pick leaves of an event what was chosen, with its id and etag, which come in any case.
func pick(fields map[string]any, chosen string) map[string]any {
	if chosen == "" {
		return fields
	}
	names := append(strings.Split(chosen, ","), "id")
	for k := range fields {
		if !strings.HasPrefix(k, "@") && !slices.Contains(names, k) {
			delete(fields, k)
		}
	}
	return fields
}

// page is the next page of a round.
func (g *Graph) page(r *http.Request, at round) map[string]any {
	size := 200
	for _, p := range r.Header.Values("Prefer") {
		if n, ok := strings.CutPrefix(p, "odata.maxpagesize="); ok {
			size, _ = strconv.Atoi(n)
		}
	}
	if g.most > 0 {
		size = min(size, g.most)
	}
	rows := at.rest
	kind := "deltatoken"
	if len(rows) > size {
		rows, at.rest, kind = rows[:size], rows[size:], "skiptoken"
	} else {
		at.rest, at.since = nil, at.last
	}
	g.made++
	token := fmt.Sprintf("R0usmc%08d", g.made)
	g.rounds[token] = &at
	link := here(r) + "/v1.0/me/calendars/" + url.PathEscape(at.book.id) + "/calendarView/delta?$" + kind + "=" + token
	body := map[string]any{"value": append([]any{}, rows...)}
	if kind == "deltatoken" {
		body["@odata.deltaLink"] = link
	} else {
		body["@odata.nextLink"] = link
	}
	return body
}

// rows are what changed since a round began. Of a series that changed, the series and all that is left of it in the window
// come, and nothing of those that are gone; of one that was deleted, the series alone. An event that changed outside of the
// window comes as removed.
func (g *Graph) rows(at *round) []any {
	b := at.book
	var changed []*item
	for _, it := range b.items {
		if it.change > at.since {
			changed = append(changed, it)
		}
	}
	slices.SortFunc(changed, func(x, y *item) int { return int(x.change - y.change) })
	all := []any{}
	first := at.since == 0
	for _, it := range changed {
		removed := map[string]any{"id": it.id, "@removed": map[string]any{"reason": "deleted"}}
		var of []any
		if it.times > 0 && !it.deleted {
			for n := range it.times {
				one := it.nth(n, b.place)
				switch {
				case one == nil || !one.overlaps(at.from, at.to):
				case it.moved[n] != nil:
					of = append(of, b.show(one, it, n))
				default:
					of = append(of, b.brief(one, it))
				}
			}
		}
		switch {
		case it.times > 0 && len(of) > 0:
			all = append(append(all, b.show(it, nil, 0)), of...)
		case it.times == 0 && !it.deleted && it.overlaps(at.from, at.to):
			all = append(all, b.show(it, nil, 0))
		case !first:
			all = append(all, removed)
		}
	}
	return all
}
