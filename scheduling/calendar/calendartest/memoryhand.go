package calendartest

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"fixly/scheduling/calendar"
)

// MemoryHand is the hand of the owner of a Memory. It has every ability but that of letting access expire.
type MemoryHand struct{ m *Memory }

// Hand gives the hand of its owner.
func (m *Memory) Hand() *MemoryHand { return &MemoryHand{m} }

// Add puts an appointment into the calendar.
func (h *MemoryHand) Add(_ testing.TB, a Appointment) string {
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	return h.add(a, false)
}

func (h *MemoryHand) add(a Appointment, invited bool) string {
	h.m.made++
	e := &kept{Event: calendar.Event{ID: fmt.Sprintf("hand%d", h.m.made)}, invited: invited}
	e.see(a)
	h.m.save(e)
	return e.ID
}

// see makes an event what people see of it.
func (e *kept) see(a Appointment) {
	e.Title, e.Place, e.Notes = a.Title, a.Place, a.Notes
	e.Start, e.End, e.AllDay, e.Free = a.Start, a.End, a.AllDay, a.Free
}

// Change changes an appointment.
func (h *MemoryHand) Change(t testing.TB, id string, change func(*Appointment)) {
	t.Helper()
	h.on(t, id, func(e *kept) {
		a := Appointment{Title: e.Title, Place: e.Place, Notes: e.Notes, Start: e.Start, End: e.End, AllDay: e.AllDay, Free: e.Free}
		change(&a)
		e.see(a)
	})
}

// on does something to an event that is there.
func (h *MemoryHand) on(t testing.TB, id string, do func(*kept)) {
	t.Helper()
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	e, ok := h.m.here(id)
	if !ok {
		t.Fatalf("memory: there is no event %s", id)
	}
	do(e)
	h.m.save(e)
}

// Delete deletes an appointment or a series.
func (h *MemoryHand) Delete(t testing.TB, id string) {
	t.Helper()
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	all, ok := h.m.series[id]
	if !ok {
		all = []string{id}
	}
	for _, id := range all {
		if _, ok := h.m.here(id); ok {
			h.m.remove(id)
		} else if len(all) == 1 {
			t.Fatalf("memory: there is no event %s to delete", id)
		}
	}
}

// Events gives what is in the calendar, by id, whether Calendars answers or not.
func (h *MemoryHand) Events() []calendar.Event {
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	var out []calendar.Event
	for _, id := range slices.Sorted(maps.Keys(h.m.events)) {
		if e := h.m.events[id]; !e.Gone {
			out = append(out, e.told())
		}
	}
	return out
}

// AddWeekly adds a weekly series.
func (h *MemoryHand) AddWeekly(_ testing.TB, a Appointment, times int) string {
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	h.m.made++
	series := fmt.Sprintf("series%d", h.m.made)
	start, end := a.Start.In(h.m.zone), a.End.In(h.m.zone)
	for i := range times {
		a.Start, a.End = start.AddDate(0, 0, 7*i), end.AddDate(0, 0, 7*i)
		h.m.series[series] = append(h.m.series[series], h.add(a, false))
	}
	return series
}

// MoveOne moves one of a series.
func (h *MemoryHand) MoveOne(t testing.TB, series string, at, to time.Time) {
	t.Helper()
	h.on(t, h.one(t, series, at), func(e *kept) { e.Start, e.End = to, to.Add(e.End.Sub(e.Start)) })
}

// CancelOne cancels one of a series.
func (h *MemoryHand) CancelOne(t testing.TB, series string, at time.Time) {
	t.Helper()
	h.Delete(t, h.one(t, series, at))
}

// one is the id of the one that a series has at a time.
func (h *MemoryHand) one(t testing.TB, series string, at time.Time) string {
	t.Helper()
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	for _, id := range h.m.series[series] {
		if e, ok := h.m.here(id); ok && e.Start.Equal(at) {
			return id
		}
	}
	t.Fatalf("memory: series %s has none at %v", series, at)
	return ""
}

// AddInvitation adds an appointment that somebody else made.
func (h *MemoryHand) AddInvitation(_ testing.TB, a Appointment) string {
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	return h.add(a, true)
}

// Decline says no to an invitation.
func (h *MemoryHand) Decline(t testing.TB, id string) {
	t.Helper()
	h.on(t, id, func(e *kept) { e.declined = e.invited })
}

// Annotate adds to an event what Fixly knows nothing of.
func (h *MemoryHand) Annotate(t testing.TB, id string) {
	t.Helper()
	h.on(t, id, func(e *kept) { e.noted = true })
}

// Annotated says whether that is there.
func (h *MemoryHand) Annotated(_ testing.TB, id string) bool {
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	e, ok := h.m.here(id)
	return ok && e.noted
}

// ExpireCursors makes every cursor given so far expire.
func (h *MemoryHand) ExpireCursors() {
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	h.m.last++
	h.m.expired = h.m.last
}

// Break makes every request fail in a way.
func (h *MemoryHand) Break(f Fault) {
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	h.m.fault = f
}

// Mend ends that.
func (h *MemoryHand) Mend() { h.Break("") }

// DropReply loses the reply to the next request that writes an event.
func (h *MemoryHand) DropReply() {
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	h.m.drop = true
}

// Revoke takes access away.
func (h *MemoryHand) Revoke() {
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	h.m.revoked = true
}
