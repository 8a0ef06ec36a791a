package fakegoogle

import (
	"fmt"
	"net/http"
)

func (g *Google) listCalendars(r *http.Request, who *session) (any, *refusal) {
	if no := who.needs(listScopes); no != nil {
		return nil, no
	}
	return g.page(r, 100, 250, func() (*snapshot, *refusal) {
		s := &snapshot{rest: map[string]any{"kind": "calendar#calendarList", "etag": etag(g.changes)}, token: "none"}
		for _, b := range who.account.books {
			s.items = append(s.items, entry(who.account, b))
		}
		return s, nil
	})
}

func (g *Google) getCalendar(r *http.Request, who *session) (any, *refusal) {
	if no := who.needs(listScopes); no != nil {
		return nil, no
	}
	b, ok := who.account.find(r.PathValue("calendar"))
	if !ok {
		return nil, notFound()
	}
	return entry(who.account, b), nil
}

func entry(a *account, b *listed) map[string]any {
	e := map[string]any{
		"kind": "calendar#calendarListEntry", "etag": etag(0), "id": b.id, "summary": b.summary,
		"timeZone": b.zone.String(), "accessRole": b.role, "selected": true, "defaultReminders": []any{},
		"colorId": "1", "backgroundColor": "#ac725e", "foregroundColor": "#1d1d1d",
	}
	if b == a.books[0] {
		e["primary"] = true
	}
	return e
}

// etag is the etag of what a change made.
func etag(change int64) string { return fmt.Sprintf("\"%d\"", 3580000000000000+change) }
