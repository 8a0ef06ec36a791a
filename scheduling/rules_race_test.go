package scheduling_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
)

// TestManyBookAWindowThatHoldsTwo has twenty people book one window in the same moment, half of them by holding it first:
// two get it, however many technicians are free, and nobody is in two places.
func TestManyBookAWindowThatHoldsTwo(t *testing.T) {
	storetest.RunAt(t, clock.NewManual(at(t, "2026-11-23 18:00")), func(t *testing.T, db *store.DB) {
		b := saved(t, db, func(b *business.Business) {
			for _, name := range []string{"Ann Cole", "Bo Dean", "Cy Ford", "Di Hart"} {
				b.Team = append(b.Team, business.Member{Name: name, Skills: []string{"plumbing"}})
			}
			b.Service("Leak repair").Crew = 2
			b.Scheduling.Windows = []business.Window{{Name: "morning", Hours: "08:00-10:00", Capacity: 2}}
		})
		s := scheduling.New(clock.NewManual(at(t, "2026-11-23 18:00")), nil)
		start := at(t, tuesday+" 08:00")
		var won atomic.Int64
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				holder := ""
				if i%2 == 0 {
					holder = caller(i).Phone
				}
				err := inTx(db, func(ctx context.Context, tx *store.Tx) error {
					if holder == "" {
						return nil
					}
					got, err := s.Offers(ctx, tx, b, scheduling.Query{
						Service: "Leak repair", Wanted: []scheduling.Interval{{From: start, To: start.Add(time.Minute)}}, Holder: holder, Limit: 1,
					})
					if err != nil {
						return err
					}
					_, err = s.Hold(ctx, tx, b, holder, got.Slots)
					return err
				})
				if err != nil {
					t.Error(err)
				}
				err = inTx(db, func(ctx context.Context, tx *store.Tx) error {
					_, err := s.Book(ctx, tx, b, scheduling.BookRequest{Service: "Leak repair", Start: start, Holder: holder, Customer: caller(i)})
					return err
				})
				var refused *scheduling.Refusal
				switch {
				case err == nil:
					won.Add(1)
				case !errors.As(err, &refused) || refused.Reason != scheduling.WindowFull:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		jobs := noOverlaps(t, db, b)
		if len(jobs) != int(won.Load()) || len(jobs) > 2 {
			t.Errorf("%d jobs, %d bookings, in a window that holds two", len(jobs), won.Load())
		}
		seen := map[string]bool{}
		for _, j := range jobs {
			for _, name := range j.Slot.Crew() {
				if seen[name] {
					t.Errorf("%s is on two visits at once", name)
				}
				seen[name] = true
			}
			if j.Slot.Helper == "" {
				t.Errorf("one alone: %+v", j.Slot)
			}
		}
	})
}

// TestAnEmergencyOverARoutineJobInTheDatabase: the job in the way keeps what is left of its time, nobody else gets into
// it, and has all of it back when the emergency is called off.
func TestAnEmergencyOverARoutineJobInTheDatabase(t *testing.T) {
	now := clock.NewManual(at(t, tuesday+" 08:00"))
	storetest.RunAt(t, now, func(t *testing.T, db *store.DB) {
		b := saved(t, db, func(b *business.Business) {
			b.Team, b.Scheduling.Notice = b.Team[:2], 0
			b.Emergencies.Overbook, b.Emergencies.OverbookWithin = true, business.Duration(2*time.Hour)
		})
		s, ctx := scheduling.New(now, nil), context.Background()
		var emergency, routine *scheduling.Job
		do := func(f func(ctx context.Context, tx *store.Tx) error) {
			t.Helper()
			if err := inTx(db, f); err != nil {
				t.Fatal(err)
			}
		}
		taken := func() (out []scheduling.Busy) {
			t.Helper()
			all, err := db.Busy(ctx, b.ID, at(t, tuesday+" 00:00"), at(t, tuesday+" 23:00"), now.Now(), "", "")
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range all {
				if x.Visit == routine.ID {
					out = append(out, x)
				}
			}
			return out
		}
		do(func(ctx context.Context, tx *store.Tx) (err error) {
			if routine, err = s.Book(ctx, tx, b, scheduling.BookRequest{Service: "Drain cleaning", Start: at(t, tuesday+" 09:30"), Customer: caller(1)}); err != nil {
				return err
			}
			_, err = s.Book(ctx, tx, b, scheduling.BookRequest{Service: "Furnace repair", Start: at(t, tuesday+" 09:00"), Urgency: scheduling.Urgent, Customer: caller(2)})
			return err
		})
		// Luis is free until half past nine: not long enough.
		do(func(ctx context.Context, tx *store.Tx) (err error) {
			emergency, err = s.Book(ctx, tx, b, scheduling.BookRequest{Service: "Leak repair", Start: at(t, tuesday+" 08:45"), Urgency: scheduling.Emergency, Customer: caller(3)})
			return err
		})
		j, err := db.Job(ctx, b.ID, routine.ID)
		if err != nil || j.DisplacedBy != emergency.ID {
			t.Fatalf("in the way: %+v, %v", j, err)
		}
		// 9:30 to 11:30 with the drive, of which the emergency has until 10:45.
		if left := taken(); len(left) != 1 || !left[0].From.Equal(at(t, tuesday+" 10:45")) || !left[0].To.Equal(at(t, tuesday+" 11:30")) || left[0].Yields {
			t.Errorf("left of it: %+v", left)
		}
		j.Problem = "kitchen sink" // words change, its place doesn't
		do(func(ctx context.Context, tx *store.Tx) error { return tx.UpdateJob(ctx, j) })
		do(func(ctx context.Context, tx *store.Tx) error {
			_, err := s.Cancel(ctx, tx, b, emergency.ID)
			return err
		})
		if j, err = db.Job(ctx, b.ID, routine.ID); err != nil || j.DisplacedBy != "" {
			t.Errorf("after the emergency was called off: %+v, %v", j, err)
		}
		if all := taken(); len(all) != 1 || !all[0].From.Equal(at(t, tuesday+" 09:30")) || !all[0].Yields {
			t.Errorf("its time again: %+v", all)
		}
	})
}
