package fakegraph

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// item is an event: one that stands alone, or a series with its exceptions.
type item struct {
	id                      string
	change                  int64 // the number of its last change
	created                 int64 // the number of its first
	transaction             string
	subject, content, where string
	start, end              time.Time // of a series: of its first
	allDay                  bool
	showAs                  string // free, tentative, busy, oof, workingElsewhere
	response                string // organizer, notResponded, declined
	cancelled               bool
	deleted                 bool
	categories              []string
	guests                  int
	properties              map[string]string

	times int // of a weekly series; zero: it stands alone
	// What became of single ones of a series, by their number.
	moved map[int]*item
	gone  map[int]bool
}

// etag is the version of an event.
func (i *item) etag() string { return fmt.Sprintf(`W/"ck%06d=="`, i.change) }

// overlaps says whether an event lies in a window, if only in part.
func (i *item) overlaps(from, to time.Time) bool { return i.start.Before(to) && from.Before(i.end) }

// nth gives the nth of a series as it is: its exception, or what the series says; nil when it was cancelled.
func (i *item) nth(n int, place *time.Location) *item {
	if i.gone[n] {
		return nil
	}
	if x := i.moved[n]; x != nil {
		return x
	}
	one := *i
	one.id = i.occurrenceID(n)
	one.start, one.end = week(i.start, n, place), week(i.end, n, place)
	return &one
}

func (i *item) occurrenceID(n int) string {
	return strings.TrimSuffix(i.id, "=") + fmt.Sprintf("x%03d=", n)
}

// week is the same time of day so many weeks later.
func week(t time.Time, n int, place *time.Location) time.Time { return t.In(place).AddDate(0, 0, 7*n) }

// look finds an event by its id, one of a series included: what it is of, and which.
func (b *book) look(id string) (it, master *item, n int) {
	if it := b.items[id]; it != nil {
		return it, nil, 0
	}
	for _, m := range b.items {
		for n := range m.times {
			if m.occurrenceID(n) == id {
				return m.nth(n, b.place), m, n
			}
		}
	}
	return nil, nil, 0
}

// stamp is how Graph writes times.
const stamp = "2006-01-02T15:04:05.0000000"

// kind is the type of an event.
func kind(it, master *item, n int) string {
	switch {
	case master == nil && it.times > 0:
		return "seriesMaster"
	case master == nil:
		return "singleInstance"
	case master.moved[n] != nil:
		return "exception"
	}
	return "occurrence"
}

// show is an event as the API shows it, in UTC and with a plain body.
func (b *book) show(it, master *item, n int) map[string]any {
	start, end := b.when(it.start, it.allDay), b.when(it.end, it.allDay)
	out := map[string]any{
		"@odata.etag": it.etag(), "id": it.id, "changeKey": it.etag()[3 : len(it.etag())-1], "type": kind(it, master, n), "seriesMasterId": nil,
		"subject": it.subject, "body": map[string]any{"contentType": "text", "content": crlf(it.content)}, "bodyPreview": "",
		"location": map[string]any{"displayName": it.where, "locationType": "default"}, "start": start, "end": end,
		"isAllDay": it.allDay, "isCancelled": it.cancelled, "showAs": it.showAs, "sensitivity": "normal", "importance": "normal",
		"responseStatus": map[string]any{"response": it.response, "time": "0001-01-01T00:00:00Z"}, "isOrganizer": it.response == "organizer",
		"originalStartTimeZone": b.owner.zone, "originalEndTimeZone": b.owner.zone, "transactionId": nil, "categories": it.categories,
		"hasAttachments": false, "isReminderOn": true, "reminderMinutesBeforeStart": 15,
	}
	if it.transaction != "" {
		out["transactionId"] = it.transaction
	}
	if it.categories == nil {
		out["categories"] = []string{}
	}
	if master != nil {
		out["seriesMasterId"] = master.id
	}
	return out
}

// brief is an occurrence as a delta shows it: without what it has of its series.
func (b *book) brief(it, master *item) map[string]any {
	return map[string]any{
		"@odata.etag": it.etag(), "id": it.id, "type": "occurrence", "seriesMasterId": master.id,
		"start": b.when(it.start, it.allDay), "end": b.when(it.end, it.allDay),
	}
}

// when writes a time; the days of an all-day event are dates, whatever zone is asked for.
func (b *book) when(t time.Time, allDay bool) map[string]any {
	if allDay {
		return map[string]any{"dateTime": t.In(b.place).Format(stamp), "timeZone": "UTC"}
	}
	return map[string]any{"dateTime": t.UTC().Format(stamp), "timeZone": "UTC"}
}

// crlf is a body as Exchange keeps it: with the line ends of Windows, and one more.
func crlf(s string) string {
	if s == "" {
		return ""
	}
	return strings.ReplaceAll(s, "\n", "\r\n") + "\r\n"
}

// touch notes a change and tells who wants to hear of it. The lock is held.
func (g *Graph) touch(b *book, it *item) {
	g.changes++
	it.change = g.changes
	if it.created == 0 {
		it.created = g.changes
	}
	b.items[it.id] = it
	for _, s := range g.subscriptions {
		if s.account == b.owner {
			s.tell(notice{resource: it.id})
		}
	}
}

// remove deletes an event, or one of a series. The lock is held.
func (g *Graph) remove(b *book, it, master *item, n int) {
	if master != nil {
		master.gone[n] = true
		delete(master.moved, n)
		g.touch(b, master)
		return
	}
	it.deleted = true
	g.touch(b, it)
}

// seek gives the event of a request, with the lock held.
func (b *book) seek(r *http.Request) (it, master *item, n int, no *refusal) {
	id := r.PathValue("event")
	if !strings.HasSuffix(id, "=") {
		return nil, nil, 0, refuse(http.StatusBadRequest, "ErrorInvalidIdMalformed", "Id is malformed.")
	}
	it, master, n = b.look(id)
	if it == nil || it.deleted || master != nil && master.deleted {
		return nil, nil, 0, notFound()
	}
	return it, master, n, nil
}
