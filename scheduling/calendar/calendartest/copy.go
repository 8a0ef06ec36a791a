package calendartest

import (
	"testing"

	"fixly/scheduling/calendar"
)

// Copy is a local copy of a calendar, kept by the words of the contract.
type Copy struct {
	Events map[string]calendar.Event // by id; none is gone, all overlap the window
	Cursor string

	calendars calendar.Calendars
	id        string
	window    calendar.Window
}

// NewCopy makes an empty copy.
func NewCopy(c calendar.Calendars, calendarID string, w calendar.Window) *Copy {
	return &Copy{Events: map[string]calendar.Event{}, calendars: c, id: calendarID, window: w}
}

// Pull brings the copy up to date and gives what was told.
func (c *Copy) Pull(t testing.TB) calendar.Changes {
	t.Helper()
	ch, err := c.calendars.Changes(t.Context(), c.id, c.Cursor, c.window)
	if err != nil {
		t.Fatalf("Changes since %q: %v", c.Cursor, err)
	}
	c.Take(t, ch)
	return ch
}

// Take puts what was told since its cursor into the copy. It checks what is true of all changes.
func (c *Copy) Take(t testing.TB, ch calendar.Changes) {
	t.Helper()
	if c.Cursor == "" && !ch.Whole {
		t.Error("the first reading doesn't say that it is whole")
	}
	if ch.Cursor == "" {
		t.Error("no cursor to go on with")
	}
	c.Cursor = ch.Cursor
	if ch.Whole {
		c.Events = map[string]calendar.Event{}
	}
	told := map[string]bool{}
	for _, e := range ch.Events {
		if told[e.ID] {
			t.Errorf("event %s was told twice", e.ID)
		}
		told[e.ID] = true
		Check(t, e)
		if e.Gone || !c.window.Overlaps(&e) {
			delete(c.Events, e.ID)
			continue
		}
		c.Events[e.ID] = e
	}
}

// Titled gives the only event of a title.
func (c *Copy) Titled(t testing.TB, title string) calendar.Event {
	t.Helper()
	var found []calendar.Event
	for _, e := range c.Events {
		if e.Title == title {
			found = append(found, e)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d events are called %q, of %d", len(found), title, len(c.Events))
	}
	return found[0]
}

// Of gives the events of a job.
func (c *Copy) Of(job string) []calendar.Event {
	var found []calendar.Event
	for _, e := range c.Events {
		if e.Job == job {
			found = append(found, e)
		}
	}
	return found
}

// Check checks what is true of every event.
func Check(t testing.TB, e calendar.Event) {
	t.Helper()
	switch {
	case e.ID == "":
		t.Errorf("an event has no id: %+v", e)
	case e.Gone && (e.Title != "" || e.Place != "" || e.Notes != "" || !e.Start.IsZero() || !e.End.IsZero() || e.AllDay || e.Free || e.Tentative):
		t.Errorf("an event that is gone has more than its id, etag and job: %+v", e)
	case e.Gone:
	case e.ETag == "":
		t.Errorf("event %s has no etag", e.ID)
	case !e.Start.Before(e.End):
		t.Errorf("event %s ends at %v, before or as it starts at %v", e.ID, e.End, e.Start)
	}
}
