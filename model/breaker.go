package model

import (
	"sync"
	"time"

	"fixly/clock"
)

// Breaker keeps a model that does not answer from costing every caller the deadline. It opens after some failures in a
// row, lets one request through after a pause, and closes when that one is answered; a pause doubles with each probe
// that fails, up to ten times the first. It is safe for concurrent use.
type Breaker struct {
	failures int
	pause    time.Duration
	clock    clock.Clock

	mu      sync.Mutex
	row     int       // failures in a row
	opens   int       // probes that failed in a row, the opening among them
	until   time.Time // open: when the next probe may go; zero: closed
	probing bool      // one is out
}

// NewBreaker makes a closed breaker that opens after a number of failures in a row and waits for pause before it tries
// again.
func NewBreaker(failures int, pause time.Duration, c clock.Clock) *Breaker {
	return &Breaker{failures: failures, pause: pause, clock: c}
}

// Allow says whether a request may go out. Whoever is allowed must call Done.
func (b *Breaker) Allow() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.until.IsZero() {
		return true
	}
	if b.probing || b.clock.Now().Before(b.until) {
		return false
	}
	b.probing = true
	return true
}

// Done notes how a request ended, and says whether that opened or closed the breaker.
func (b *Breaker) Done(ok bool) (changed bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	was := !b.until.IsZero()
	b.probing = false
	if ok {
		b.row, b.opens, b.until = 0, 0, time.Time{}
		return was
	}
	if b.row++; b.row < b.failures {
		return false
	}
	wait := b.pause << min(b.opens, 4)
	b.opens++
	b.until = b.clock.Now().Add(min(wait, 10*b.pause))
	return !was
}

// Open says whether requests are held back.
func (b *Breaker) Open() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return !b.until.IsZero()
}
