package fakegoogle

import (
	"fmt"
	"testing"
	"time"

	"fixly/scheduling/calendar/calendartest"
)

// Hand is the owner's hand in one of their calendars. It is a calendartest.Hand with every ability but to open accounts
// again, which needs a provider.
type Hand struct {
	*Google
	book *book
}

// Hand gives the hand in a calendar.
func (g *Google) Hand(calendarID string) *Hand {
	g.mu.Lock()
	defer g.mu.Unlock()
	return &Hand{g, g.shelf[calendarID]}
}

// Add puts an appointment into the calendar.
func (h *Hand) Add(t testing.TB, a calendartest.Appointment) string {
	t.Helper()
	return h.AddEvent(t, h.fields(a))
}

// AddEvent puts an event with any of the API's fields into the calendar.
func (h *Hand) AddEvent(t testing.TB, fields map[string]any) string {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	d, no := newDoc(h.newID(), fields, h.book.zone)
	if no != nil {
		t.Fatalf("fakegoogle: add an event: %s", no.message)
	}
	return h.save(h.book, d).id
}

// fields are those of an appointment.
func (h *Hand) fields(a calendartest.Appointment) map[string]any {
	f := map[string]any{"summary": a.Title, "location": a.Place, "description": a.Notes, "transparency": "opaque"}
	if a.Free {
		f["transparency"] = "transparent"
	}
	for k, at := range map[string]time.Time{"start": a.Start, "end": a.End} {
		at = at.In(h.book.zone)
		f[k] = map[string]any{"dateTime": at.Format(time.RFC3339), "timeZone": h.book.zone.String()}
		if a.AllDay {
			f[k] = map[string]any{"date": at.Format(time.DateOnly)}
		}
	}
	return f
}

// Change changes an appointment.
func (h *Hand) Change(t testing.TB, id string, change func(*calendartest.Appointment)) {
	t.Helper()
	h.rewriteAs(t, id, func(d *doc) map[string]any {
		text := func(k string) string { s, _ := d.body[k].(string); return s }
		a := calendartest.Appointment{
			Title: text("summary"), Place: text("location"), Notes: text("description"), Free: text("transparency") == "transparent",
			Start: d.start.in(h.book.zone), End: d.end.in(h.book.zone), AllDay: d.start.day,
		}
		change(&a)
		body := merge(d.body, map[string]any{"start": nil, "end": nil}) // a day may become an hour
		return merge(body, h.fields(a))
	})
}

// rewriteAs changes the fields of an event that is there.
func (h *Hand) rewriteAs(t testing.TB, id string, to func(*doc) map[string]any) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	d, ok := h.book.find(id)
	if !ok || d.cancelled() {
		t.Fatalf("fakegoogle: there is no event %s", id)
	}
	if _, no := h.rewrite(h.book, d, to(d)); no != nil {
		t.Fatalf("fakegoogle: change event %s: %s", id, no.message)
	}
}

// Delete deletes an appointment or a series.
func (h *Hand) Delete(t testing.TB, id string) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	d, ok := h.book.find(id)
	if !ok || d.cancelled() {
		t.Fatalf("fakegoogle: there is no event %s to delete", id)
	}
	h.cancel(h.book, d)
}

// AddWeekly adds a weekly series.
func (h *Hand) AddWeekly(t testing.TB, a calendartest.Appointment, times int) string {
	t.Helper()
	return h.AddEvent(t, merge(h.fields(a), map[string]any{"recurrence": []any{fmt.Sprintf("RRULE:FREQ=WEEKLY;COUNT=%d", times)}}))
}

// MoveOne moves one of a series.
func (h *Hand) MoveOne(t testing.TB, series string, at, to time.Time) {
	t.Helper()
	h.Change(t, h.one(t, series, at), func(a *calendartest.Appointment) { a.Start, a.End = to, to.Add(a.End.Sub(a.Start)) })
}

// CancelOne cancels one of a series.
func (h *Hand) CancelOne(t testing.TB, series string, at time.Time) {
	t.Helper()
	h.Delete(t, h.one(t, series, at))
}

// one is the id of the one that a series has at a time.
func (h *Hand) one(t testing.TB, series string, at time.Time) string {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	if d := h.book.docs[series]; d != nil && d.rule != nil {
		for _, one := range d.expand(time.Time{}, time.Time{}, h.book.zone) {
			if one.start.in(h.book.zone).Equal(at) {
				return one.id
			}
		}
	}
	t.Fatalf("fakegoogle: series %s has none at %v", series, at)
	return ""
}

// AddInvitation adds an appointment that somebody else made.
func (h *Hand) AddInvitation(t testing.TB, a calendartest.Appointment) string {
	t.Helper()
	return h.AddEvent(t, merge(h.fields(a), map[string]any{"attendees": h.attendees("needsAction")}))
}

// Decline says no to it.
func (h *Hand) Decline(t testing.TB, id string) {
	t.Helper()
	h.rewriteAs(t, id, func(d *doc) map[string]any {
		return merge(d.body, map[string]any{"attendees": h.attendees("declined")})
	})
}

// attendees are somebody who invites and the owner, who answers.
func (h *Hand) attendees(answer string) []any {
	return []any{
		map[string]any{"email": "sam@example.com", "organizer": true, "responseStatus": "accepted"},
		map[string]any{"email": h.book.id, "self": true, "responseStatus": answer},
	}
}

// Annotate adds a colour, a guest and a property of another program to an event.
func (h *Hand) Annotate(t testing.TB, id string) {
	t.Helper()
	h.rewriteAs(t, id, func(d *doc) map[string]any {
		return merge(d.body, map[string]any{
			"colorId": "11", "attendees": h.attendees("accepted"), "extendedProperties": map[string]any{"private": map[string]any{"other": "kept"}},
		})
	})
}

// Annotated says whether all of that is there.
func (h *Hand) Annotated(_ testing.TB, id string) bool {
	f := h.Fields(id)
	guests, _ := f["attendees"].([]any)
	extended, _ := f["extendedProperties"].(map[string]any)
	private, _ := extended["private"].(map[string]any)
	return f["colorId"] == "11" && len(guests) == 2 && private["other"] == "kept"
}

// Fields gives the fields of an event, as the API shows them; nil: there is none.
func (h *Hand) Fields(id string) map[string]any {
	h.mu.Lock()
	defer h.mu.Unlock()
	d, ok := h.book.find(id)
	if !ok {
		return nil
	}
	return d.show(h.book, true)
}

// Events gives the events of the calendar that are not deleted, as the API shows them; series as such.
func (h *Hand) Events() []map[string]any {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []map[string]any
	for _, d := range h.book.search(query{}, false) {
		all = append(all, d.show(h.book, true))
	}
	return all
}

// ExpireCursors makes every sync token expire.
func (h *Hand) ExpireCursors() { h.ExpireSyncTokens() }

// Revoke takes away all access to the account whose primary calendar this is.
func (h *Hand) Revoke() { h.RevokeAccess(h.book.id) }
