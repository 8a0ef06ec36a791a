package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
)

// eachDatabase runs a benchmark on SQLite and on PostgreSQL. The test server does not sync (fsync=off), so
// PostgreSQL's figures say what our side costs, not what a durable commit does.
func eachDatabase(b *testing.B, run func(b *testing.B, db *store.DB)) {
	b.Run("sqlite", func(b *testing.B) { run(b, storetest.Open(b, storetest.SQLite(b), clock.Real())) })
	b.Run("postgres", func(b *testing.B) { run(b, storetest.Open(b, storetest.Postgres(b), clock.Real())) })
}

// BenchmarkCommitAlone is one writer that waits for the disk after each small fact.
func BenchmarkCommitAlone(b *testing.B) {
	eachDatabase(b, func(b *testing.B, db *store.DB) {
		for i := 0; b.Loop(); i++ {
			if err := note(db, i); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
	})
}

// BenchmarkCommit is durable commits of small facts by 64 writers at once.
func BenchmarkCommit(b *testing.B) {
	eachDatabase(b, func(b *testing.B, db *store.DB) {
		var n atomic.Int64
		b.SetParallelism(32)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if err := note(db, int(n.Add(1))); err != nil {
					b.Error(err)
				}
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
	})
}

func note(db *store.DB, i int) error {
	return db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.FirstTime(ctx, fmt.Sprintf("SM%032d", i))
		return err
	})
}

// BenchmarkIncomingCall is what a carrier's webhook costs the database: the business by its line, the event noted,
// the call stored. 64 at once.
func BenchmarkIncomingCall(b *testing.B) {
	eachDatabase(b, func(b *testing.B, db *store.DB) {
		shop(b, db, "mikes", "+13125550100")
		var n atomic.Int64
		b.SetParallelism(32)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				i := n.Add(1)
				if err := db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
					shop, err := tx.BusinessByLine(ctx, "+13125550100")
					if err != nil {
						return err
					}
					if _, err := tx.FirstTime(ctx, fmt.Sprintf("voice:CA%032d", i)); err != nil {
						return err
					}
					_, err = tx.InsertCall(ctx, newCall(shop.ID, fmt.Sprintf("CA%032d", i)))
					return err
				}); err != nil {
					b.Error(err)
				}
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
	})
}

// BenchmarkTurn is one exchange of a conversation saved: the conversation read and locked, two turns appended, the
// conversation updated. 64 conversations at once.
func BenchmarkTurn(b *testing.B) {
	eachDatabase(b, func(b *testing.B, db *store.DB) {
		shop := shop(b, db, "mikes", "+13125550100")
		var latencies samples
		b.SetParallelism(32)
		b.RunParallel(func(pb *testing.PB) {
			id := openConversation(b, db, shop)
			for pb.Next() {
				began := time.Now()
				if err := saveTurn(db, id); err != nil {
					b.Error(err)
				}
				latencies.add(time.Since(began))
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
		latencies.report(b)
	})
}

func openConversation(t testing.TB, db *store.DB, b *business.Business) string {
	t.Helper()
	c := &receptionist.Conversation{BusinessID: b.ID, Channel: receptionist.ByCall, State: make([]byte, 0), StartedAt: monday, UpdatedAt: monday}
	write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertConversation(ctx, c) })
	return c.ID
}

var (
	someState = []byte(`{"flow":"book","details":{"service":"Drain cleaning","name":"Ann Lee","phone":"+13125550111"},"offers":[1,2,3],"padding":"` + fmt.Sprintf("%0600d", 1) + `"}`)
	someReply = []byte(`{"sentences":["Got it, a clogged drain.","I have Tuesday between eight and ten, or Wednesday after one. Which is better?"]}`)
)

func saveTurn(db *store.DB, id string) error {
	return db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		c, err := tx.Conversation(ctx, id)
		if err != nil {
			return err
		}
		if err := tx.AppendTurn(ctx, &receptionist.Turn{ConversationID: id, At: monday, Who: "caller", Text: "my kitchen sink is clogged", Understood: someReply}); err != nil {
			return err
		}
		if err := tx.AppendTurn(ctx, &receptionist.Turn{ConversationID: id, At: monday, Who: "receptionist", Text: "Got it.", Reason: "asked_when", Reply: someReply}); err != nil {
			return err
		}
		c.State, c.UpdatedAt = someState, c.UpdatedAt.Add(time.Second)
		return tx.UpdateConversation(ctx, c)
	})
}

// BenchmarkBook is 32 rivals for the same 500 times, each trying them all in its own order: exactly 500 bookings.
func BenchmarkBook(b *testing.B) {
	eachDatabase(b, func(b *testing.B, db *store.DB) {
		const rivals, slots = 32, 500
		var latencies samples
		bookings, attempts := 0, 0
		for round := 0; b.Loop(); round++ {
			b.StopTimer()
			shop := shop(b, db, fmt.Sprintf("shop-%d", round), fmt.Sprintf("+1312555%04d", round))
			b.StartTimer()
			won, tried := race(b, db, shop.ID, rivals, slots, &latencies)
			if won != slots {
				b.Fatalf("%d bookings of %d times", won, slots)
			}
			bookings, attempts = bookings+won, attempts+tried
		}
		b.ReportMetric(float64(bookings)/b.Elapsed().Seconds(), "bookings/s")
		b.ReportMetric(float64(attempts)/b.Elapsed().Seconds(), "attempts/s")
		latencies.report(b)
	})
}

// race lets rivals book slots of one business and says how many bookings they made in how many attempts.
func race(t testing.TB, db *store.DB, businessID string, rivals, slots int, latencies *samples) (won, tried int) {
	var wg sync.WaitGroup
	var wins, tries atomic.Int64
	for r := range rivals {
		wg.Go(func() {
			for i := range slots {
				s := visit(2 * ((i + r*slots/rivals) % slots))
				began := time.Now()
				err := db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
					return tx.InsertJob(ctx, newJob(businessID, s, fmt.Sprintf("+1312556%04d", r)))
				})
				latencies.add(time.Since(began))
				tries.Add(1)
				switch {
				case err == nil:
					wins.Add(1)
				case !errors.Is(err, scheduling.ErrTaken):
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	return int(wins.Load()), int(tries.Load())
}

// BenchmarkBusinessByLine is the look-up that answering each webhook begins with, outside a transaction.
func BenchmarkBusinessByLine(b *testing.B) {
	eachDatabase(b, func(b *testing.B, db *store.DB) {
		shop(b, db, "mikes", "+13125550100")
		for b.Loop() {
			if _, err := db.BusinessByLine(context.Background(), "+13125550100"); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func newCall(businessID, carrierID string) *telephony.Call {
	return &telephony.Call{
		BusinessID: businessID, CarrierID: carrierID, Line: "+13125550100", From: "+13125550111", Direction: "inbound",
		Mode: "relay", Route: "receptionist_first", StartedAt: monday,
	}
}

// samples are latencies of many goroutines.
type samples struct {
	mu  sync.Mutex
	all []time.Duration
}

func (s *samples) add(d time.Duration) {
	s.mu.Lock()
	s.all = append(s.all, d)
	s.mu.Unlock()
}

// at is a percentile in milliseconds.
func (s *samples) at(percent int) float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.Sort(s.all)
	return float64(s.all[(len(s.all)-1)*percent/100].Microseconds()) / 1000
}

func (s *samples) report(b *testing.B) {
	b.ReportMetric(s.at(50), "p50-ms")
	b.ReportMetric(s.at(99), "p99-ms")
}
