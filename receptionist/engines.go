package receptionist

import (
	"reflect"
	"sync"

	"fixly/business"
	"fixly/receptionist/guard"
	"fixly/receptionist/understanding"
)

// Understander turns a caller's words into acts and details, see understanding.Engine. It must be safe for
// concurrent use.
type Understander interface {
	Understand(text string, c understanding.Context) understanding.Understanding
}

// Engine gives what understands the callers of a version of a business. It is the receptionist's own, compiled once.
func (r *Receptionist) Engine(b *business.Business) Understander { return r.engines.of(b).engine }

// engines keeps what is compiled from each business, as long as its file stays the same.
type engines struct {
	compile func(*business.Business) Understander

	mu   sync.RWMutex
	byID map[string]*compiled
}

type compiled struct {
	business *business.Business
	engine   Understander
	guard    *guard.Guard
}

func (e *engines) of(b *business.Business) *compiled {
	e.mu.RLock()
	c := e.byID[b.ID]
	e.mu.RUnlock()
	if c != nil && c.business == b {
		return c
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.byID == nil {
		e.byID = map[string]*compiled{}
	}
	switch c = e.byID[b.ID]; {
	case c == nil || !reflect.DeepEqual(c.business, b):
		c = &compiled{b, e.compile(b), guard.New(b)}
	default:
		c = &compiled{b, c.engine, c.guard} // the same file, read anew
	}
	e.byID[b.ID] = c
	return c
}
