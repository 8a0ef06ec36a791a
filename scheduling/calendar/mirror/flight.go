package mirror

import (
	"context"
	"errors"
)

// flight is one reading of a calendar, which those share who asked for one before it began.
type flight struct {
	number int
	done   chan struct{} // closed once err is set
	err    error
}

// share runs read, unless a reading of the calendar that begins from now on is run by somebody else in this process: then
// it waits for that one and gives what came of it. A reading that is under way already may have missed what was to be
// seen; it is waited for, too, since two at once would be in each other's way.
func (m *Mirror) share(ctx context.Context, calendarID string, read func() error) error {
	m.mu.Lock()
	asked := m.flights
	for {
		under := m.reading[calendarID]
		if under == nil {
			break
		}
		m.mu.Unlock()
		select {
		case <-under.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if under.number > asked && !errors.Is(under.err, context.DeadlineExceeded) && !errors.Is(under.err, context.Canceled) {
			return under.err
		}
		m.mu.Lock()
	}
	m.flights++
	f := &flight{number: m.flights, done: make(chan struct{})}
	m.reading[calendarID] = f
	m.mu.Unlock()
	defer func() { // whatever happens in it, nobody waits forever
		m.mu.Lock()
		delete(m.reading, calendarID)
		m.mu.Unlock()
		close(f.done)
	}()
	f.err = read()
	return f.err
}
