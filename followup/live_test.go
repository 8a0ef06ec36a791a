package followup_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/demo"
	"fixly/followup"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/messaging/messagingtest"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
)

// live is the follow-ups worked by the real queue, in real time.
type live struct {
	t       *testing.T
	db      *store.DB
	clock   clock.Clock
	shop    *business.Business
	carrier *messagingtest.Carrier

	mu       sync.Mutex
	accepted map[string]time.Time // when a number's first text arrived
	arrived  chan string
}

// eachLive runs a test on each database, with nodes that work the same queue.
func eachLive(t *testing.T, nodes int, test func(l *live)) {
	storetest.Each(t, func(t *testing.T, address string) {
		c := clock.StartingAt(start)
		l := &live{t: t, clock: c, carrier: messagingtest.NewCarrier(c), accepted: map[string]time.Time{}, arrived: make(chan string, 10_000)}
		l.carrier.OnSend(func(m messaging.Message) {
			l.mu.Lock()
			if _, ok := l.accepted[m.To]; !ok {
				l.accepted[m.To] = c.Now()
			}
			l.mu.Unlock()
			l.arrived <- m.To
		})
		for range nodes {
			db := storetest.Open(t, address, c)
			if l.db == nil {
				l.db, l.shop = db, demo.Business()
				if err := db.SaveBusiness(t.Context(), l.shop); err != nil {
					t.Fatal(err)
				}
			}
			err := db.StartJobs(t.Context(), followup.Workers(followup.Deps{
				Storage: db.FollowUp(), Clock: c, Log: slog.New(slog.DiscardHandler),
				Carriers: func(*business.Business, business.Line) (messaging.Carrier, error) { return l.carrier, nil },
			}), followup.Periodic()...)
			if err != nil {
				t.Fatal(err)
			}
		}
		test(l)
	})
}

// hangUp ends a call of a caller who left, as telephony does.
func (l *live) hangUp(from string) time.Time {
	now := l.clock.Now()
	err := l.db.FollowUp().InTx(l.t.Context(), func(ctx context.Context, tx followup.Tx) error {
		c := &telephony.Call{
			BusinessID: l.shop.ID, CarrierID: "CA" + from, Line: line, From: from, Direction: "inbound", StartedAt: now, HandledBy: ledger.ByReceptionist,
		}
		if _, err := tx.InsertCall(ctx, c); err != nil {
			return err
		}
		return telephony.End(ctx, tx, c, now)
	})
	if err != nil {
		l.t.Error(err)
	}
	return now
}

// wait waits for so many texts to arrive at the carrier.
func (l *live) wait(n int) {
	l.t.Helper()
	late := time.After(time.Minute)
	for range n {
		select {
		case <-l.arrived:
		case <-late:
			l.t.Fatalf("%d texts arrived within a minute, not %d", len(l.carrier.Accepted()), n)
		}
	}
}

func TestTwoHundredMissedCallersAtOnce(t *testing.T) {
	for _, nodes := range []int{1, 2} {
		t.Run(fmt.Sprint(nodes, " nodes"), func(t *testing.T) {
			eachLive(t, nodes, func(l *live) {
				const callers = 200
				var all sync.WaitGroup
				left := make([]time.Time, callers)
				for i := range callers {
					all.Go(func() { left[i] = l.hangUp(number(i)) })
				}
				all.Wait()
				l.wait(2 * callers) // a text-back and a summary each
				l.settled()
				byNumber := map[string]int{}
				for _, a := range l.carrier.Accepted() {
					byNumber[a.To]++
				}
				took := make([]time.Duration, callers)
				for i := range callers {
					if byNumber[number(i)] != 1 {
						l.t.Errorf("%s got %d texts", number(i), byNumber[number(i)])
					}
					took[i] = l.accepted[number(i)].Sub(left[i])
				}
				if byNumber[owner] != callers {
					l.t.Errorf("the owner got %d summaries", byNumber[owner])
				}
				slices.Sort(took)
				l.t.Logf("hang-up to text-back: p50 %s, p99 %s", took[callers/2], took[callers*99/100])
			})
		})
	}
}

// number is one of the callers', of the numbers reserved for fiction.
func number(i int) string { return fmt.Sprintf("+1%d5550%03d", 201+i/100, 100+i%100) }

// settled waits until every text's fate is noted.
func (l *live) settled() {
	l.t.Helper()
	poll := time.NewTicker(20 * time.Millisecond) // the feed of changes knows those of one node only
	defer poll.Stop()
	late := time.After(30 * time.Second)
	for {
		all, err := l.db.ListMessages(l.t.Context(), l.shop.ID, messaging.MessageFilter{})
		if err != nil {
			l.t.Fatal(err)
		}
		if !slices.ContainsFunc(all, func(m messaging.Message) bool { return m.Status == messaging.Queued || m.Status == messaging.Sending }) {
			return
		}
		select {
		case <-poll.C:
		case <-late:
			l.t.Fatal("texts are still on their way after half a minute")
		}
	}
}

// The carrier fails for a while under the real queue: all go out, in order, once.
func TestAnOutageUnderTheRealQueue(t *testing.T) {
	eachLive(t, 2, func(l *live) {
		dropped, taken := messagingtest.LostRequest, messagingtest.LostAnswer
		dropped.Err.Err, taken.Err.Err = io.EOF, io.EOF
		l.carrier.Fail(taken, dropped)
		var want []string
		for i := range 4 {
			want = append(want, fmt.Sprint("text ", i))
			err := l.db.Messaging().InTx(l.t.Context(), func(ctx context.Context, tx messaging.Tx) error {
				_, _, err := messaging.Write(ctx, tx, l.clock.Now(), messaging.Message{
					BusinessID: l.shop.ID, From: line, To: customer, Body: want[i], Kind: messaging.Talk, Key: want[i],
				}, messaging.Known{Live: true})
				return err
			})
			if err != nil {
				l.t.Fatal(err)
			}
		}
		l.settled()
		var got []string
		for _, a := range l.carrier.Accepted() {
			got = append(got, a.Body)
		}
		if !slices.Equal(got, want) {
			l.t.Errorf("accepted %q", got)
		}
	})
}
