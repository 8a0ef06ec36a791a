package calendartest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"fixly/scheduling/calendar"
)

// MemoryID is the id of the one calendar of a Memory.
const MemoryID = "cal_memory"

// Memory is a calendar in memory. It is safe for concurrent use, and so is its hand.
type Memory struct {
	zone *time.Location

	mu       sync.Mutex
	events   map[string]*kept
	last     int // the number of the last change
	expired  int // cursors up to this change are no longer good
	series   map[string][]string
	made     int
	requests int

	fault   Fault
	drop    bool
	revoked bool
}

// kept is an event with the number of its last change.
type kept struct {
	calendar.Event
	change   int
	invited  bool
	declined bool
	noted    bool
}

// NewMemory makes an empty calendar of a zone.
func NewMemory(zone *time.Location) *Memory {
	return &Memory{zone: zone, events: map[string]*kept{}, series: map[string][]string{}}
}

// Requests counts what Calendars was asked, failures too.
func (m *Memory) Requests() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.requests
}

// ask begins a request: it takes the lock, which done gives back, or fails as it was told to.
func (m *Memory) ask(ctx context.Context, doing, calendarID string) (done func(), err error) {
	fail := func(k calendar.Kind, why error) error {
		return &calendar.Error{Kind: k, Doing: "memory: " + doing, Err: why}
	}
	if err := ctx.Err(); err != nil {
		return nil, fail(calendar.Unavailable, err)
	}
	m.mu.Lock()
	m.requests++
	fault, revoked := m.fault, m.revoked
	switch {
	case fault == Hung:
		m.mu.Unlock()
		<-ctx.Done()
		return nil, fail(calendar.Unavailable, ctx.Err())
	case fault == Throttled:
		err = &calendar.Error{Kind: calendar.Limited, RetryAfter: RetryAfter, Doing: "memory: " + doing, Err: errors.New("asked too often")}
	case fault != "":
		err = fail(calendar.Unavailable, errors.New(string(fault)))
	case revoked:
		err = fail(calendar.Unauthorized, errors.New("access was revoked"))
	case calendarID != MemoryID:
		err = fail(calendar.NotFound, errors.New("no such calendar"))
	}
	if err != nil {
		m.mu.Unlock()
		return nil, err
	}
	return m.mu.Unlock, nil
}

// reply ends a request that wrote something. The lock is held.
func (m *Memory) reply(doing string) error {
	if !m.drop {
		return nil
	}
	m.drop = false
	return &calendar.Error{Kind: calendar.Unavailable, Doing: "memory: " + doing, Err: errors.New("the reply was lost")}
}

// save keeps an event as changed just now. The lock is held.
func (m *Memory) save(e *kept) {
	m.last++
	e.change = m.last
	e.ETag = strconv.Quote(strconv.Itoa(m.last))
	m.events[e.ID] = e
}

// remove leaves of an event that it is gone. The lock is held.
func (m *Memory) remove(id string) {
	e := m.events[id]
	m.save(&kept{Event: calendar.Event{ID: id, Job: e.Job, Part: e.Part, Gone: true}})
}

// here gives an event that is not gone. The lock is held.
func (m *Memory) here(id string) (*kept, bool) {
	e, ok := m.events[id]
	return e, ok && !e.Gone
}

// told is an event as Calendars tells it.
func (e *kept) told() calendar.Event {
	t := e.Event
	t.Free = t.Free || e.declined
	return t
}

// List gives the one calendar.
func (m *Memory) List(ctx context.Context) ([]calendar.Info, error) {
	done, err := m.ask(ctx, "list the calendars", MemoryID)
	if err != nil {
		return nil, err
	}
	defer done()
	return []calendar.Info{{ID: MemoryID, Name: "Memory", Zone: m.zone.String(), Writable: true, Primary: true}}, nil
}

// Changes gives what changed since a cursor.
func (m *Memory) Changes(ctx context.Context, calendarID, cursor string, w calendar.Window) (calendar.Changes, error) {
	done, err := m.ask(ctx, "read changes", calendarID)
	if err != nil {
		return calendar.Changes{}, err
	}
	defer done()
	since := 0
	if cursor != "" {
		if since, err = strconv.Atoi(cursor); err != nil || since <= m.expired {
			return calendar.Changes{}, &calendar.Error{Kind: calendar.Expired, Doing: "memory: read changes", Err: errors.New("the cursor is not known")}
		}
	}
	// Cursors begin at 1, so that one from the beginning can expire, too.
	ch := calendar.Changes{Whole: cursor == "", Cursor: strconv.Itoa(m.last + 1)}
	for _, e := range m.events {
		if ch.Whole && !e.Gone && w.Overlaps(&e.Event) || !ch.Whole && e.change >= since {
			ch.Events = append(ch.Events, e.told())
		}
	}
	return ch, nil
}

// Event reads one event.
func (m *Memory) Event(ctx context.Context, calendarID, eventID string) (calendar.Event, error) {
	done, err := m.ask(ctx, "read an event", calendarID)
	if err != nil {
		return calendar.Event{}, err
	}
	defer done()
	e, ok := m.events[eventID]
	if !ok {
		return calendar.Event{}, &calendar.Error{Kind: calendar.NotFound, Doing: "memory: read an event", Err: errors.New("no such event")}
	}
	return e.told(), nil
}

// Insert writes the event of a job, once.
func (m *Memory) Insert(ctx context.Context, calendarID string, e calendar.Event) (calendar.Event, bool, error) {
	done, err := m.ask(ctx, "insert an event", calendarID)
	if err != nil {
		return calendar.Event{}, false, err
	}
	defer done()
	e.ID = fmt.Sprintf("%s-%d", e.Job, e.Part)
	if now, ok := m.here(e.ID); ok {
		return now.told(), true, nil
	}
	e.Gone = false
	k := &kept{Event: e}
	m.save(k)
	if err := m.reply("insert an event"); err != nil {
		return calendar.Event{}, false, err
	}
	return k.told(), false, nil
}

// Update changes the event of a job.
func (m *Memory) Update(ctx context.Context, calendarID string, e calendar.Event) (calendar.Event, error) {
	done, err := m.ask(ctx, "update an event", calendarID)
	if err != nil {
		return calendar.Event{}, err
	}
	defer done()
	now, ok := m.here(e.ID)
	if !ok {
		return calendar.Event{}, &calendar.Error{Kind: calendar.NotFound, Doing: "memory: update an event", Err: errors.New("no such event")}
	}
	if now.ETag != e.ETag {
		return calendar.Event{}, &calendar.Error{Kind: calendar.Conflict, Doing: "memory: update an event", Err: errors.New("it was changed since")}
	}
	now.Title, now.Place, now.Notes = e.Title, e.Place, e.Notes
	now.Start, now.End, now.AllDay, now.Tentative = e.Start, e.End, e.AllDay, e.Tentative
	m.save(now)
	if err := m.reply("update an event"); err != nil {
		return calendar.Event{}, err
	}
	return now.told(), nil
}

// Delete deletes an event.
func (m *Memory) Delete(ctx context.Context, calendarID, eventID, etag string) error {
	done, err := m.ask(ctx, "delete an event", calendarID)
	if calendar.KindOf(err) == calendar.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	defer done()
	e, ok := m.here(eventID)
	if !ok {
		return nil
	}
	if etag != "" && etag != e.ETag {
		return &calendar.Error{Kind: calendar.Conflict, Doing: "memory: delete an event", Err: errors.New("it was changed since")}
	}
	m.remove(eventID)
	return m.reply("delete an event")
}

// Busy gives the hours of events that are not free.
func (m *Memory) Busy(ctx context.Context, calendarIDs []string, w calendar.Window) ([]calendar.Window, error) {
	done, err := m.ask(ctx, "ask when it is busy", cmp.Or(calendarIDs...))
	if err != nil {
		return nil, err
	}
	defer done()
	var busy []calendar.Window
	for _, e := range m.events {
		if told := e.told(); !told.Gone && !told.Free && w.Overlaps(&told) {
			busy = append(busy, calendar.Window{From: told.Start, To: told.End})
		}
	}
	return busy, nil
}
