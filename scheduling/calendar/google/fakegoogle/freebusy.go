package fakegoogle

import (
	"net/http"
	"slices"
	"time"
)

func (g *Google) queryBusy(r *http.Request, who *session) (any, *refusal) {
	if no := who.needs(busyScopes); no != nil {
		return nil, no
	}
	body, no := readBody(r)
	if no != nil {
		return nil, no
	}
	min, _ := body["timeMin"].(string)
	max, _ := body["timeMax"].(string)
	from, err1 := time.Parse(time.RFC3339, min)
	to, err2 := time.Parse(time.RFC3339, max)
	items, _ := body["items"].([]any)
	if err1 != nil || err2 != nil || len(items) > 50 {
		return nil, invalid("Bad Request")
	}
	if !from.Before(to) {
		return nil, refuse(http.StatusBadRequest, "calendar", "timeRangeEmpty", "The specified time range is empty.")
	}
	all := map[string]any{}
	for _, i := range items {
		m, _ := i.(map[string]any)
		id, _ := m["id"].(string)
		b, ok := who.account.find(id)
		if !ok {
			all[id] = map[string]any{"busy": []any{}, "errors": []any{map[string]any{"domain": "global", "reason": "notFound"}}}
			continue
		}
		all[id] = map[string]any{"busy": b.busy(from, to)}
	}
	return map[string]any{"kind": "calendar#freeBusy", "timeMin": min, "timeMax": max, "calendars": all}, nil
}

// busy gives the hours of a calendar that are taken, those that touch as one.
func (b *book) busy(from, to time.Time) []any {
	type hours struct{ from, to time.Time }
	var taken []hours
	for _, d := range b.search(query{From: from, To: to, Single: true}, false) {
		if d.busy() {
			start, end := d.start.in(b.zone), d.end.in(b.zone)
			if start.Before(from) {
				start = from
			}
			if end.After(to) {
				end = to
			}
			taken = append(taken, hours{start, end})
		}
	}
	slices.SortFunc(taken, func(x, y hours) int { return x.from.Compare(y.from) })
	var merged []hours
	for _, h := range taken {
		if last := len(merged) - 1; last >= 0 && !h.from.After(merged[last].to) {
			if h.to.After(merged[last].to) {
				merged[last].to = h.to
			}
			continue
		}
		merged = append(merged, h)
	}
	out := []any{}
	for _, h := range merged {
		out = append(out, map[string]any{"start": h.from.UTC().Format(time.RFC3339), "end": h.to.UTC().Format(time.RFC3339)})
	}
	return out
}
