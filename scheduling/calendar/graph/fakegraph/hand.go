package fakegraph

import (
	"strings"
	"testing"
	"time"

	"fixly/scheduling/calendar/calendartest"
)

// Hand is the owner's hand in one of their calendars. It is a calendartest.Hand with every ability but to open accounts
// again, which needs a provider.
type Hand struct {
	*Graph
	book *book
}

// Hand gives the hand in a calendar.
func (g *Graph) Hand(calendarID string) *Hand {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, a := range g.accounts {
		for _, b := range a.books {
			if b.id == calendarID {
				return &Hand{g, b}
			}
		}
	}
	return nil
}

// Add puts an appointment into the calendar.
func (h *Hand) Add(t testing.TB, a calendartest.Appointment) string {
	t.Helper()
	return h.add(a, func(*item) {})
}

func (h *Hand) add(a calendartest.Appointment, more func(*item)) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	it := &item{id: h.newID("AAkAL"), response: "organizer", properties: map[string]string{}, moved: map[int]*item{}, gone: map[int]bool{}}
	it.take(a)
	more(it)
	h.touch(h.book, it)
	return it.id
}

// take gives an event what people see of it.
func (i *item) take(a calendartest.Appointment) {
	i.subject, i.where, i.content, i.start, i.end, i.allDay = a.Title, a.Place, a.Notes, a.Start, a.End, a.AllDay
	switch {
	case a.Free:
		i.showAs = "free"
	case i.showAs == "" || i.showAs == "free":
		i.showAs = "busy"
	}
}

// Change changes an appointment.
func (h *Hand) Change(t testing.TB, id string, change func(*calendartest.Appointment)) {
	t.Helper()
	h.rewrite(t, id, func(it *item) {
		a := calendartest.Appointment{
			Title: it.subject, Place: it.where, Notes: it.content, Start: it.start, End: it.end, AllDay: it.allDay, Free: it.showAs == "free",
		}
		change(&a)
		it.take(a)
	})
}

func (h *Hand) rewrite(t testing.TB, id string, change func(*item)) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	it, master, n := h.book.look(id)
	if it == nil || it.deleted {
		t.Fatalf("fakegraph: there is no event %s", id)
	}
	next := *it
	change(&next)
	h.replace(h.book, &next, master, n)
}

// Delete deletes an appointment or a series.
func (h *Hand) Delete(t testing.TB, id string) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	it, master, n := h.book.look(id)
	if it == nil || it.deleted {
		t.Fatalf("fakegraph: there is no event %s to delete", id)
	}
	h.remove(h.book, it, master, n)
}

// AddWeekly adds a weekly series.
func (h *Hand) AddWeekly(t testing.TB, a calendartest.Appointment, times int) string {
	t.Helper()
	return h.add(a, func(it *item) { it.times = times })
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
	if it := h.book.items[series]; it != nil {
		for n := range it.times {
			if week(it.start, n, h.book.place).Equal(at) {
				return it.occurrenceID(n)
			}
		}
	}
	t.Fatalf("fakegraph: series %s has none at %v", series, at)
	return ""
}

// AddInvitation adds an appointment that somebody else made.
func (h *Hand) AddInvitation(t testing.TB, a calendartest.Appointment) string {
	t.Helper()
	return h.add(a, func(it *item) { it.response, it.showAs = "notResponded", "tentative" })
}

// Decline says no to it.
func (h *Hand) Decline(t testing.TB, id string) {
	t.Helper()
	h.rewrite(t, id, func(it *item) { it.response = "declined" })
}

// Annotate adds a category, a guest and a property of another program to an event.
func (h *Hand) Annotate(t testing.TB, id string) {
	t.Helper()
	h.rewrite(t, id, func(it *item) {
		it.categories, it.guests = []string{"Red category"}, 1
		it.properties["other"] = "kept"
	})
}

// Annotated says whether all of that is there.
func (h *Hand) Annotated(_ testing.TB, id string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	it, _, _ := h.book.look(id)
	return it != nil && len(it.categories) == 1 && it.guests == 1 && it.properties["other"] == "kept" && len(it.properties) > 1
}

// Copy copies an event as Outlook does, with its extended properties and without its transaction id, and gives the id of
// the copy.
func (h *Hand) Copy(id string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	next := *h.book.items[id]
	next.id, next.transaction, next.created = h.newID("AAkAL"), "", 0
	h.touch(h.book, &next)
	return next.id
}

// Written gives the ids of the events that programs wrote under a transaction id that begins so, and that are not deleted.
func (h *Hand) Written(transaction string) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var ids []string
	for _, it := range h.book.items {
		if !it.deleted && strings.HasPrefix(it.transaction, transaction) {
			ids = append(ids, it.id)
		}
	}
	return ids
}

// Count counts the events that are not deleted, series as one.
func (h *Hand) Count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, it := range h.book.items {
		if !it.deleted {
			n++
		}
	}
	return n
}

// Pages makes pages short.
func (h *Hand) Pages(size int) { h.locked(func() { h.most = size }) }

// ExpireCursors makes every link of a delta expire.
func (h *Hand) ExpireCursors() { h.locked(func() { h.age++ }) }

// Revoke takes away all access to the account whose calendar this is.
func (h *Hand) Revoke() { h.RevokeAccess(h.book.owner.email) }
