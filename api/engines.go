package api

import (
	"sync"

	"fixly/business"
	"fixly/receptionist/understanding"
)

// engines keeps what was compiled from each business until the business changes.
type engines struct {
	mu   sync.Mutex
	byID map[string]compiled
}

type compiled struct {
	from   *business.Business
	tag    string
	engine Engine
}

func newEngines() *engines { return &engines{byID: map[string]compiled{}} }

func (e *engines) of(b *business.Business) Engine {
	e.mu.Lock()
	defer e.mu.Unlock()
	c, known := e.byID[b.ID]
	if known && c.from == b { // a business is read-only: the same one is the same
		return c.engine
	}
	tag, err := fingerprint(b)
	if err != nil || !known || c.tag != tag {
		c = compiled{tag: tag, engine: understanding.NewEngine(b)}
	}
	c.from = b
	e.byID[b.ID] = c
	return c.engine
}
