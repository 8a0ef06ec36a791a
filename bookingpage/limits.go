package bookingpage

import (
	"container/list"
	"sync"
	"time"

	"fixly/clock"
)

// limits are how much one address, one number or one form may ask for; beyond what people do, but not by much.
type limits struct {
	looks *meter // pages, by address
	sends *meter // forms, by address
	codes *meter // codes texted, by number
	tries *meter // codes typed in, by the code that was texted
	guess *meter // codes typed in, by number
	spent *meter // forms that were used, by nonce
}

func newLimits(c clock.Clock) limits {
	return limits{
		looks: newMeter(c, 120, time.Minute),
		sends: newMeter(c, 40, 10*time.Minute),
		codes: newMeter(c, 4, time.Hour),
		tries: newMeter(c, 3, maxAge),
		guess: newMeter(c, 9, time.Hour),
		spent: newMeter(c, 1, maxAge),
	}
}

// maxCounted bounds what a meter remembers. Whoever makes more than that count forgets the oldest first.
const maxCounted = 20_000

// meter counts what each key asks for in a stretch of time that begins with its first request.
type meter struct {
	clock clock.Clock
	most  int
	per   time.Duration

	mu    sync.Mutex
	byKey map[string]*list.Element // of *count
	order *list.List               // oldest first
}

type count struct {
	key   string
	since time.Time
	n     int
}

func newMeter(c clock.Clock, most int, per time.Duration) *meter {
	return &meter{clock: c, most: most, per: per, byKey: map[string]*list.Element{}, order: list.New()}
}

// take counts one more for a key and says whether that is still allowed.
func (m *meter) take(key string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.clock.Now()
	m.forget(now)
	e := m.byKey[key]
	if e == nil {
		for m.order.Len() >= maxCounted {
			m.drop(m.order.Front())
		}
		e = m.order.PushBack(&count{key: key, since: now})
		m.byKey[key] = e
	}
	c := e.Value.(*count)
	if c.n >= m.most {
		return false
	}
	c.n++
	return true
}

// forget drops what is over. All stretches are equally long, so the oldest ends first.
func (m *meter) forget(now time.Time) {
	for e := m.order.Front(); e != nil && now.Sub(e.Value.(*count).since) >= m.per; e = m.order.Front() {
		m.drop(e)
	}
}

func (m *meter) drop(e *list.Element) {
	delete(m.byKey, e.Value.(*count).key)
	m.order.Remove(e)
}
