package mirror

import (
	"time"

	"fixly/scheduling/calendar"
)

// pause is how long a calendar is left alone after its provider refused or could not be reached.
type pause struct {
	until time.Time
	n     int // refusals in a row
}

// The shortest and the longest pause.
const (
	leastPause = 2 * time.Second
	mostPause  = 5 * time.Minute
)

// waits says whether a calendar is being left alone.
func (m *Mirror) waits(id string, now time.Time) bool { return m.waitOf(id, now) > 0 }

// waitOf is for how long a calendar is left alone yet; zero or less: not at all.
func (m *Mirror) waitOf(id string, now time.Time) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.waiting[id].until.Sub(now)
}

// refused leaves a calendar alone: twice as long each time, and at least as long as the provider wants.
func (m *Mirror) refused(id string, now time.Time, e *calendar.Error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.waiting[id]
	wait := min(leastPause<<min(p.n, 10), mostPause)
	if e != nil {
		wait = max(wait, e.RetryAfter)
	}
	m.waiting[id] = pause{now.Add(wait), p.n + 1}
}

// answered ends a calendar's pause.
func (m *Mirror) answered(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.waiting, id)
}
