package scheduling_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
)

// saved is the demo business in a database.
func saved(t testing.TB, db *store.DB, edit func(b *business.Business)) *business.Business {
	t.Helper()
	b := edited(t, edit)
	if err := db.SaveBusiness(context.Background(), b); err != nil {
		t.Fatal(err)
	}
	b, err := db.BusinessBySlug(context.Background(), b.Profile.Slug)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// inTx runs f in a transaction, again when someone else took the time meanwhile.
func inTx(db *store.DB, f func(ctx context.Context, tx *store.Tx) error) error {
	for {
		err := db.InTx(context.Background(), f)
		var refusal *scheduling.Refusal
		if !errors.Is(err, scheduling.ErrTaken) || errors.As(err, &refusal) {
			return err
		}
	}
}

// caller is one of many; each has a number.
func caller(i int) contact.Customer {
	return contact.Customer{Name: fmt.Sprintf("Caller %d", i), Phone: fmt.Sprintf("+1312556%04d", i)}
}

const tuesday = "2026-11-24"

// fillTuesday leaves one time open that Tuesday for the drains, which only Luis clears: half past three.
func fillTuesday(t *testing.T, s *scheduling.Scheduler, db *store.DB, b *business.Business) {
	t.Helper()
	for i, start := range []string{"08:00", "10:00", "12:00"} {
		if err := inTx(db, func(ctx context.Context, tx *store.Tx) error {
			_, err := s.Book(ctx, tx, b, scheduling.BookRequest{Service: "Drain cleaning", Start: at(t, tuesday+" "+start), Customer: caller(9000 + i)})
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := inTx(db, func(ctx context.Context, tx *store.Tx) error {
		_, err := s.Book(ctx, tx, b, scheduling.BookRequest{Service: "Free estimate", Technician: "Luis Ortega", Start: at(t, tuesday+" 14:00"), Customer: caller(9003)})
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// noOverlaps reads the calendar back and wants no technician in two places, travel included.
func noOverlaps(t testing.TB, db *store.DB, b *business.Business) []scheduling.Job {
	t.Helper()
	jobs, err := db.ListJobs(context.Background(), b.ID, scheduling.JobFilter{})
	if err != nil {
		t.Fatal(err)
	}
	until := map[string]time.Time{}
	for _, j := range jobs { // by start
		if j.Slot.Start.Before(until[j.Slot.Technician]) {
			t.Errorf("%s is booked twice at %v", j.Slot.Technician, j.Slot.Start)
		}
		until[j.Slot.Technician] = j.BusyUntil
	}
	return jobs
}

// TestFiftyBookTheLastTime has fifty people book the last open time of a day in the same moment: one gets it, and
// forty-nine are told so with the next open times. Then those book what they were offered, until everyone has a time.
func TestFiftyBookTheLastTime(t *testing.T) {
	storetest.RunAt(t, clock.NewManual(at(t, "2026-11-23 18:00")), func(t *testing.T, db *store.DB) {
		b := saved(t, db, func(b *business.Business) { b.Scheduling.Horizon = business.Duration(60 * 24 * time.Hour) })
		s := scheduling.New(clock.NewManual(at(t, "2026-11-23 18:00")), nil)
		fillTuesday(t, s, db, b)

		var won, lost atomic.Int64
		last := at(t, tuesday+" 15:30")
		var wg sync.WaitGroup
		for i := range 50 {
			wg.Go(func() {
				start, first := last, true
				for {
					err := inTx(db, func(ctx context.Context, tx *store.Tx) error {
						_, err := s.Book(ctx, tx, b, scheduling.BookRequest{Service: "Drain cleaning", Start: start, Customer: caller(i)})
						return err
					})
					var refusal *scheduling.Refusal
					switch {
					case err == nil:
						if first {
							won.Add(1)
						}
						return
					case !errors.As(err, &refusal):
						t.Error(err)
						return
					case len(refusal.Alternatives) == 0 || refusal.Reason != scheduling.Full || refusal.Alternatives[0].Start.Equal(start):
						t.Errorf("refused %v with %+v", start, refusal)
						return
					}
					if first {
						lost.Add(1)
					}
					start, first = refusal.Alternatives[0].Start, false
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 || lost.Load() != 49 {
			t.Errorf("%d got the last time, %d were offered others", won.Load(), lost.Load())
		}
		if jobs := noOverlaps(t, db, b); len(jobs) != 4+50 {
			t.Errorf("%d jobs", len(jobs))
		}
	})
}

// TestFiftyAreOfferedTheLastTime is the same as callers meet it: who is offered the time holds it while answering, the
// others are told that the day is full and hold the next times, each of them others; all fifty then book what they
// hold.
func TestFiftyAreOfferedTheLastTime(t *testing.T) {
	storetest.RunAt(t, clock.NewManual(at(t, "2026-11-23 18:00")), func(t *testing.T, db *store.DB) {
		b := saved(t, db, func(b *business.Business) { b.Scheduling.Horizon = business.Duration(60 * 24 * time.Hour) })
		s := scheduling.New(clock.NewManual(at(t, "2026-11-23 18:00")), nil)
		fillTuesday(t, s, db, b)

		var offered, full atomic.Int64
		var wg sync.WaitGroup
		for i := range 50 {
			wg.Go(func() {
				holder := fmt.Sprintf("conv_%d", i)
				q := scheduling.Query{Service: "Drain cleaning", Wanted: []scheduling.Interval{between(t, tuesday)}, Holder: holder, Limit: 1}
				var got scheduling.Offered
				if err := inTx(db, func(ctx context.Context, tx *store.Tx) error {
					var err error
					if got, err = s.Offers(ctx, tx, b, q); err != nil {
						return err
					}
					_, err = s.Hold(ctx, tx, b, holder, got.Slots)
					return err
				}); err != nil || len(got.Slots) != 1 {
					t.Errorf("offered %+v, %v", got, err)
					return
				}
				switch {
				case got.Refusal == nil:
					offered.Add(1)
				case got.Refusal.Reason == scheduling.Full:
					full.Add(1)
				default:
					t.Errorf("refused: %v", got.Refusal)
				}
				if err := inTx(db, func(ctx context.Context, tx *store.Tx) error {
					_, err := s.Book(ctx, tx, b, scheduling.BookRequest{
						Service: "Drain cleaning", Start: got.Slots[0].Start, Technician: got.Slots[0].Technician, Holder: holder, Customer: caller(i),
					})
					return err
				}); err != nil {
					t.Errorf("what was held can't be booked: %v", err)
				}
			})
		}
		wg.Wait()
		if offered.Load() != 1 || full.Load() != 49 {
			t.Errorf("%d were offered the last time, %d others", offered.Load(), full.Load())
		}
		if jobs := noOverlaps(t, db, b); len(jobs) != 4+50 {
			t.Errorf("%d jobs", len(jobs))
		}
	})
}

const rivals, times = 32, 500

// BenchmarkBookRace is 32 rivals for the same 500 times, each trying every one in an order of its own, under all the
// rules of booking: exactly 500 jobs, and no technician in two places. Each round is 16,000 transactions, of which 500
// write.
func BenchmarkBookRace(b *testing.B) {
	eachDatabase(b, func(b *testing.B, address string) {
		bookings(b, address, func(r, i int) (int, bool) { return (i + r*times/rivals) % times, true })
	})
}

// BenchmarkBookAll is 32 clerks who fill the same 500 times between them: each transaction writes.
func BenchmarkBookAll(b *testing.B) {
	eachDatabase(b, func(b *testing.B, address string) {
		bookings(b, address, func(r, i int) (int, bool) { return i, i%rivals == r })
	})
}

// eachDatabase runs a benchmark on SQLite, which syncs each commit to the disk, and on PostgreSQL, which in tests does
// not.
func eachDatabase(b *testing.B, run func(b *testing.B, address string)) {
	b.Run("sqlite", func(b *testing.B) { run(b, storetest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { run(b, storetest.Postgres(b)) })
}

// bookings lets rivals book times; turn says which time, if any, a rival tries in its i-th turn.
func bookings(b *testing.B, address string, turn func(rival, i int) (int, bool)) {
	c := clock.NewManual(at(b, "2026-11-22 12:00"))
	db := storetest.Open(b, address, c)
	s := scheduling.New(c, nil)
	booked, attempts := 0, int64(0)
	for round := 0; b.Loop(); round++ {
		b.StopTimer()
		shop := saved(b, db, func(s *business.Business) {
			s.Profile.Slug = fmt.Sprintf("shop-%d", round)
			s.Lines[0].Number = fmt.Sprintf("+1773555%04d", round)
			for i := range 8 {
				s.Team = append(s.Team, business.Member{Name: fmt.Sprintf("Technician %d", i), Skills: []string{"plumbing"}})
			}
		})
		slots := apart(b, shop, c.Now(), times)
		b.StartTimer()

		var wins, tries atomic.Int64
		var wg sync.WaitGroup
		for r := range rivals {
			wg.Go(func() {
				for i := range times {
					which, any := turn(r, i)
					if !any {
						continue
					}
					err := db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
						_, err := s.Book(ctx, tx, shop, scheduling.BookRequest{
							Service: "Leak repair", Start: slots[which].Start, Technician: slots[which].Technician,
							Customer: caller(r), WithoutAlternatives: true,
						})
						return err
					})
					tries.Add(1)
					switch {
					case err == nil:
						wins.Add(1)
					case !errors.Is(err, scheduling.ErrTaken):
						b.Error(err)
					}
				}
			})
		}
		wg.Wait()

		b.StopTimer()
		if jobs := noOverlaps(b, db, shop); wins.Load() != times || len(jobs) != times {
			b.Fatalf("%d bookings and %d jobs of %d times", wins.Load(), len(jobs), times)
		}
		booked, attempts = booked+times, attempts+tries.Load()
		b.StartTimer()
	}
	b.ReportMetric(float64(booked)/b.Elapsed().Seconds(), "commits/s")
	b.ReportMetric(float64(attempts)/b.Elapsed().Seconds(), "attempts/s")
}

// apart chooses times that can all be booked: each technician's one after the other.
func apart(b *testing.B, shop *business.Business, now time.Time, count int) []scheduling.Slot {
	b.Helper()
	var out []scheduling.Slot
	for _, m := range shop.Team {
		var free time.Time
		for _, slot := range scheduling.Open(shop, nil, now, scheduling.Query{Service: "Leak repair", Technician: m.Name}) {
			if !slot.Start.Before(free) {
				out = append(out, slot)
				free = slot.End.Add(shop.Scheduling.TravelBuffer.Std())
			}
		}
	}
	if len(out) < count {
		b.Fatalf("%d times", len(out))
	}
	return out[:count]
}
