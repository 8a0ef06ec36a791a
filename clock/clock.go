// Package clock is the time, as a value that can be moved: by tests, and by `fixly serve --now`.
package clock

import (
	"sync"
	"time"
)

// Clock tells the time.
type Clock interface{ Now() time.Time }

// Real is the machine's clock.
func Real() Clock { return real{} }

type real struct{}

func (real) Now() time.Time { return time.Now() }

// StartingAt runs on from t at the machine's pace.
func StartingAt(t time.Time) Clock { return offset{time.Until(t)} }

type offset struct{ by time.Duration }

func (o offset) Now() time.Time { return time.Now().Add(o.by) }

// Manual stands still until it is moved. It is safe for concurrent use.
type Manual struct {
	mu sync.Mutex
	t  time.Time
}

// NewManual gives a clock that stands at t.
func NewManual(t time.Time) *Manual { return &Manual{t: t} }

// Now is where the clock stands.
func (m *Manual) Now() time.Time { m.mu.Lock(); defer m.mu.Unlock(); return m.t }

// Advance moves the clock on by d.
func (m *Manual) Advance(d time.Duration) { m.mu.Lock(); defer m.mu.Unlock(); m.t = m.t.Add(d) }
