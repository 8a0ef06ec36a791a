package bookingpage

import (
	"sync"
	"time"

	"fixly/clock"
	"fixly/scheduling"
)

// How many times of a business may be held from the pages at once, and how many from one address. Beyond that a visitor
// goes on without a hold: the time may be gone when the form comes, but nobody can fill a calendar with holds.
const (
	maxHeld            = 12
	maxHeldFromAddress = 3
)

// holders knows who holds a time from the pages. It is this process's own knowledge: several of an installation allow as
// many times more.
type holders struct {
	clock clock.Clock
	mu    sync.Mutex
	held  map[string]map[string]holding // by business, by visitor
}

type holding struct {
	address string
	until   time.Time
}

func newHolders(c clock.Clock) *holders {
	return &holders{clock: c, held: map[string]map[string]holding{}}
}

// may says whether a visitor may hold a time, and notes that they do.
func (h *holders) may(businessID, visitor, address string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.clock.Now()
	all := h.held[businessID]
	if all == nil {
		all = map[string]holding{}
		h.held[businessID] = all
	}
	near := 0
	for who, x := range all {
		switch {
		case !now.Before(x.until):
			delete(all, who)
		case x.address == address && who != visitor:
			near++
		}
	}
	if _, holds := all[visitor]; !holds && len(all) >= maxHeld || near >= maxHeldFromAddress {
		return false
	}
	all[visitor] = holding{address, now.Add(scheduling.DefaultHold)}
	return true
}

// done forgets a visitor who holds nothing any more.
func (h *holders) done(businessID, visitor string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.held[businessID], visitor)
}

// holder is the name of a visitor's holds.
func holder(visitor string) string { return "web:" + visitor }
