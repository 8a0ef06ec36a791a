package month

import (
	"cmp"
	"container/heap"
	"time"
)

// event is something that happens at an instant.
type event struct {
	at time.Time
	n  int // the order in which they were arranged, for those at one instant
	do func() error
}

// events are what is to come, the soonest first.
type events []event

func (e events) Len() int      { return len(e) }
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e events) Less(i, j int) bool {
	return cmp.Or(e[i].at.Compare(e[j].at), cmp.Compare(e[i].n, e[j].n)) < 0
}

// Push is heap.Push's.
func (e *events) Push(x any) {
	if v, ok := x.(event); ok {
		*e = append(*e, v)
	}
}

// Pop is heap.Pop's.
func (e *events) Pop() any {
	last := len(*e) - 1
	v := (*e)[last]
	*e = (*e)[:last]
	return v
}

// at arranges for something to happen at an instant.
func (m *month) at(when time.Time, do func() error) {
	m.arranged++
	heap.Push(&m.coming, event{when, m.arranged, do})
}

// after arranges for something to happen in a while.
func (m *month) after(d time.Duration, do func() error) { m.at(m.clock.Now().Add(d), do) }

// next takes the next event that happens before an instant.
func (m *month) next(before time.Time) (event, bool) {
	if len(m.coming) == 0 || !m.coming[0].at.Before(before) {
		return event{}, false
	}
	e, ok := heap.Pop(&m.coming).(event)
	return e, ok
}
