package store_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/clock"
	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
)

func TestJobIsReadAsItWasWritten(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		j := newJob(b.ID, visit(1), "+13125550111")
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertJob(ctx, j) })

		got, err := db.Job(ctx, b.ID, j.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, j) {
			t.Errorf("read\n%+v, wrote\n%+v", *got, *j)
		}
		if !got.CreatedAt.Equal(monday) || got.Customer.ID == "" {
			t.Errorf("created %v for customer %q", got.CreatedAt, got.Customer.ID)
		}
		address, err := db.LastAddress(ctx, b.ID, "+13125550111")
		if err != nil || address != j.Address {
			t.Errorf("last address %v, %v", address, err)
		}
	})
}

func TestOverlapIsTaken(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b := shop(t, db, "mikes", "+13125550100")
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			return tx.InsertJob(ctx, newJob(b.ID, visit(2), "+13125550111")) // busy from 2 h to 4 h
		})
		try := func(s scheduling.Slot) error {
			return db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
				return tx.PlaceHold(ctx, hold(b.ID, "conv_1", s, 10*time.Minute), monday)
			})
		}
		for _, tt := range []struct {
			name  string
			hours int
			tech  string
			want  error
		}{
			{"the same time", 2, "Luis", scheduling.ErrTaken},
			{"into its beginning", 1, "Luis", scheduling.ErrTaken},
			{"in its travel buffer", 3, "Luis", scheduling.ErrTaken},
			{"another technician", 2, "Mike", nil},
			{"right before", 0, "Luis", nil},
			{"right after", 4, "Luis", nil},
		} {
			s := visit(tt.hours)
			s.Technician = tt.tech
			if err := try(s); !errors.Is(err, tt.want) {
				t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
			}
		}
	})
}

func TestOneOfFiftyGetsTheTime(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b := shop(t, db, "mikes", "+13125550100")
		const rivals = 50
		errs := make([]error, rivals)
		var wg sync.WaitGroup
		for i := range rivals {
			wg.Go(func() {
				errs[i] = db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
					if i%2 == 0 { // a hold and a job are rivals too
						return tx.PlaceHold(ctx, hold(b.ID, fmt.Sprint("conv_", i), visit(2), time.Hour), monday)
					}
					return tx.InsertJob(ctx, newJob(b.ID, visit(2), fmt.Sprintf("+1312555%04d", i)))
				})
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case !errors.Is(err, scheduling.ErrTaken):
				t.Errorf("a loser got %v, want %v", err, scheduling.ErrTaken)
			}
		}
		if won != 1 {
			t.Errorf("%d of %d got the time", won, rivals)
		}
	})
}

func TestRivalsForManyTimesNeverOverlap(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b := shop(t, db, "mikes", "+13125550100")
		const slots = 40
		if won, _ := race(t, db, b.ID, 8, slots, new(samples)); won != slots {
			t.Errorf("%d bookings of %d times", won, slots)
		}
		jobs, err := db.ListJobs(context.Background(), b.ID, scheduling.JobFilter{})
		if err != nil || len(jobs) != slots {
			t.Fatalf("%d jobs, %v", len(jobs), err)
		}
		for i := 1; i < len(jobs); i++ {
			if jobs[i].Slot.Start.Before(jobs[i-1].BusyUntil) {
				t.Errorf("%v overlaps %v", jobs[i].Slot, jobs[i-1].Slot)
			}
		}
	})
}

func TestHoldGivesWayOnceItExpires(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		clk := clock.NewManual(monday)
		b := shop(t, db, "mikes", "+13125550100")
		place := func(holder string) error {
			return db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
				h := hold(b.ID, holder, visit(2), 0)
				h.ExpiresAt = clk.Now().Add(5 * time.Minute)
				return tx.PlaceHold(ctx, h, clk.Now())
			})
		}
		if err := place("conv_1"); err != nil {
			t.Fatal(err)
		}
		if err := place("conv_2"); !errors.Is(err, scheduling.ErrTaken) {
			t.Errorf("while it is live: %v", err)
		}
		if n := len(busy(t, db, b.ID, clk.Now(), "", "")); n != 1 {
			t.Errorf("%d busy times while it is live", n)
		}
		if n := len(busy(t, db, b.ID, clk.Now(), "conv_1", "")); n != 0 {
			t.Errorf("%d busy times for its own holder", n)
		}
		clk.Advance(5 * time.Minute)
		if n := len(busy(t, db, b.ID, clk.Now(), "", "")); n != 0 {
			t.Errorf("%d busy times once it has expired", n)
		}
		if err := place("conv_2"); err != nil {
			t.Errorf("once it has expired: %v", err)
		}
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.ReleaseHolds(ctx, b.ID, "conv_2") })
		if err := place("conv_3"); err != nil {
			t.Errorf("once it is released: %v", err)
		}
	})
}

func TestAJobTakesOverItsHoldersTime(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b := shop(t, db, "mikes", "+13125550100")
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			return tx.PlaceHold(ctx, hold(b.ID, "conv_1", visit(2), time.Hour), monday)
		})
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.ReleaseHolds(ctx, b.ID, "conv_1"); err != nil {
				return err
			}
			return tx.InsertJob(ctx, newJob(b.ID, visit(2), "+13125550111"))
		})
	})
}

func TestMovingAndCancellingFreeTheTime(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		j := newJob(b.ID, visit(2), "+13125550111")
		other := newJob(b.ID, visit(6), "+13125550112")
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.InsertJob(ctx, j), tx.InsertJob(ctx, other))
		})
		moveTo := func(hours int) error {
			return db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
				moved := *j
				moved.Slot, moved.BusyUntil = visit(hours), visit(hours).End.Add(30*time.Minute)
				moved.UpdatedAt = monday.Add(time.Minute)
				return tx.UpdateJob(ctx, &moved)
			})
		}
		if err := moveTo(5); !errors.Is(err, scheduling.ErrTaken) {
			t.Errorf("moved onto another job: %v", err)
		}
		if got, err := db.Job(ctx, b.ID, j.ID); err != nil || !got.Slot.Start.Equal(j.Slot.Start) {
			t.Errorf("after the refusal it begins at %v, %v", got.Slot.Start, err)
		}
		if err := moveTo(3); err != nil { // overlaps its own time only
			t.Errorf("moved by an hour: %v", err)
		}
		if n := len(busy(t, db, b.ID, monday, "", j.ID)); n != 1 {
			t.Errorf("%d busy times besides its own, want 1", n)
		}
		j.Status = scheduling.StatusCancelled
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateJob(ctx, j) })
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			return tx.InsertJob(ctx, newJob(b.ID, visit(3), "+13125550113"))
		})
		err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			return tx.UpdateJob(ctx, newJob(b.ID, visit(9), "+13125550111"))
		})
		if !errors.Is(err, scheduling.ErrNoJob) {
			t.Errorf("updating a job that is not there: %v", err)
		}
	})
}

func TestJobsAreListedByStart(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			for i, hours := range []int{8, 2, 4, 6, 0} {
				j := newJob(b.ID, visit(hours), fmt.Sprintf("+1312555011%d", i%2))
				if hours == 4 {
					j.Status = scheduling.StatusCancelled
				}
				if err := tx.InsertJob(ctx, j); err != nil {
					return err
				}
			}
			same := newJob(b.ID, visit(2), "+13125550117") // at the same time as another, by another technician
			same.Slot.Technician = "Mike"
			return tx.InsertJob(ctx, same)
		})
		hours := func(f scheduling.JobFilter) []int {
			t.Helper()
			jobs, err := db.ListJobs(ctx, b.ID, f)
			if err != nil {
				t.Fatal(err)
			}
			var out []int
			for _, j := range jobs {
				out = append(out, int(j.Slot.Start.Sub(monday)/time.Hour))
			}
			return out
		}
		at := func(h int) time.Time { return monday.Add(time.Duration(h) * time.Hour) }
		for _, tt := range []struct {
			name string
			f    scheduling.JobFilter
			want []int
		}{
			{"all", scheduling.JobFilter{}, []int{0, 2, 2, 4, 6, 8}},
			{"booked", scheduling.JobFilter{Status: scheduling.StatusBooked}, []int{0, 2, 2, 6, 8}},
			{"half-open stretch", scheduling.JobFilter{From: at(2), To: at(6)}, []int{2, 2, 4}},
			{"by phone", scheduling.JobFilter{Phone: "+13125550110"}, []int{0, 4, 8}},
			{"by phone, from", scheduling.JobFilter{Phone: "+13125550110", From: at(1), Limit: 1}, []int{4}},
			{"unknown phone", scheduling.JobFilter{Phone: "+13125550999"}, nil},
		} {
			if got := hours(tt.f); !slices.Equal(got, tt.want) {
				t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
			}
		}
		var paged []int
		f := scheduling.JobFilter{Limit: 2}
		for {
			jobs, err := db.ListJobs(ctx, b.ID, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, j := range jobs {
				paged = append(paged, int(j.Slot.Start.Sub(monday)/time.Hour))
				f.AfterStart, f.AfterID = j.Slot.Start, j.ID
			}
			if len(jobs) < f.Limit {
				break
			}
		}
		if want := []int{0, 2, 2, 4, 6, 8}; !slices.Equal(paged, want) {
			t.Errorf("in pages: %v, want %v", paged, want)
		}
		mine, err := db.JobsByPhone(ctx, b.ID, "+13125550110", at(1))
		if err != nil || len(mine) != 2 {
			t.Errorf("jobs by phone: %d, %v", len(mine), err)
		}
		for name, want := range map[string]int{mine[0].Customer.Name: len(mine), strings.ToUpper(mine[0].Customer.Name): len(mine), "Nobody Atall": 0, "": 0} {
			named, err := db.JobsByName(ctx, b.ID, name, at(1))
			if n := count(named, mine[0].Customer.Phone); err != nil || n != want {
				t.Errorf("jobs by the name %q: %d of theirs, %v", name, n, err)
			}
		}
	})
}

func count(jobs []scheduling.Job, phone string) (n int) {
	for _, j := range jobs {
		if j.Customer.Phone == phone {
			n++
		}
	}
	return n
}

func busy(t *testing.T, db *store.DB, businessID string, now time.Time, exceptHolder, exceptJob string) []scheduling.Busy {
	t.Helper()
	found, err := db.Busy(context.Background(), businessID, monday, monday.AddDate(0, 0, 1), now, exceptHolder, exceptJob)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func hold(businessID, holder string, s scheduling.Slot, lasting time.Duration) scheduling.Hold {
	return scheduling.Hold{
		BusinessID: businessID, Holder: holder, Slot: s, BusyUntil: s.End.Add(30 * time.Minute),
		ExpiresAt: monday.Add(lasting),
	}
}
