package store

import (
	"sync"
	"sync/atomic"
)

// ChangeKind says what sort of thing changed.
type ChangeKind string

// The kinds of change.
const (
	CallChanged       ChangeKind = "call"       // ID: the call
	TurnChanged       ChangeKind = "turn"       // ID: the conversation
	JobChanged        ChangeKind = "job"        // ID: the job
	MessageChanged    ChangeKind = "message"    // ID: the message
	CallbackChanged   ChangeKind = "callback"   // ID: the callback, or the number whose callbacks were closed
	BusinessChanged   ChangeKind = "business"   // ID: the business
	CalendarChanged   ChangeKind = "calendar"   // ID: the account, calendar or trouble
	BlockChanged      ChangeKind = "block"      // ID: the block
	OutgoingChanged   ChangeKind = "outgoing"   // ID: the call that we place
	PageChanged       ChangeKind = "page"       // ID: the page
	LedgerChanged     ChangeKind = "ledger"     // ID: the job
	ForwardingChanged ChangeKind = "forwarding" // ID: the test
	DeviceChanged     ChangeKind = "device"     // ID: the device
)

// Change says that something was written. It carries no content: whoever wants to know reads the database, which
// by then holds the change.
type Change struct {
	BusinessID string
	Kind       ChangeKind
	ID         string
}

// subscriptionBuffer is how many changes a subscriber may lag behind before it loses some.
const subscriptionBuffer = 64

// Feed tells subscribers in this process what was committed by it. It never waits for a subscriber: one that lags
// loses changes and can see how many.
type Feed struct {
	mu          sync.Mutex
	subscribers map[*Subscription]struct{}
}

func newFeed() *Feed { return &Feed{subscribers: map[*Subscription]struct{}{}} }

// Subscription receives the changes of one business, or of all.
type Subscription struct {
	// C brings the changes, those of one transaction in order. It is closed by Close.
	C <-chan Change

	c          chan Change
	feed       *Feed
	businessID string
	dropped    atomic.Int64
}

// Subscribe begins to receive the changes of a business; of all of them when businessID is empty.
func (f *Feed) Subscribe(businessID string) *Subscription {
	c := make(chan Change, subscriptionBuffer)
	s := &Subscription{C: c, c: c, feed: f, businessID: businessID}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.subscribers[s] = struct{}{}
	return s
}

// Dropped is how many changes were lost because the subscriber lagged. A subscriber that sees it grow should read
// everything again.
func (s *Subscription) Dropped() int64 { return s.dropped.Load() }

// Close ends the subscription. It may be called more than once.
func (s *Subscription) Close() {
	s.feed.mu.Lock()
	defer s.feed.mu.Unlock()
	if _, ok := s.feed.subscribers[s]; ok {
		delete(s.feed.subscribers, s)
		close(s.c)
	}
}

func (f *Feed) publish(changes []Change) {
	if len(changes) == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for s := range f.subscribers {
		for _, c := range changes {
			if s.businessID != "" && s.businessID != c.BusinessID {
				continue
			}
			select {
			case s.c <- c:
			default:
				s.dropped.Add(1)
			}
		}
	}
}
