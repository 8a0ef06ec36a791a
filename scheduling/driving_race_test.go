package scheduling_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/scheduling"
	"fixly/scheduling/travel"
	"fixly/store"
	"fixly/store/storetest"
)

// TestRivalsLeaveTimeToDrive has people near and far book the same days at once: no two bookings overlook each other.
// Half past nine and half past eleven fit beside each other by the travel buffer alone, but not by the road.
func TestRivalsLeaveTimeToDrive(t *testing.T) {
	storetest.RunAt(t, clock.NewManual(at(t, "2026-11-23 18:00")), func(t *testing.T, db *store.DB) {
		b := saved(t, db, func(b *business.Business) {
			b.Scheduling.PlanDriving = true
			b.Team[0].Home, b.Team[1].Home = logan, south
		})
		s := scheduling.New(clock.NewManual(at(t, "2026-11-23 18:00")), nil)
		var wg sync.WaitGroup
		for i := range 16 {
			wg.Go(func() {
				r := request(at(t, tuesday+" 09:30").AddDate(0, 0, i/4%2).Add(time.Duration(i%2*2)*time.Hour), []string{logan, wheaton}[i%2])
				r.Customer, r.WithoutAlternatives = caller(i), true
				err := inTx(db, func(ctx context.Context, tx *store.Tx) error {
					_, err := s.Book(ctx, tx, b, r)
					return err
				})
				if err != nil && !errors.Is(err, scheduling.ErrTaken) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		jobs := noOverlaps(t, db, b)
		if len(jobs) < 4 { // one a day for each of two technicians
			t.Errorf("only %d jobs", len(jobs))
		}
		before := map[string]scheduling.Job{}
		for _, j := range jobs { // by start
			p, ok := before[j.Slot.Technician]
			if drive, _ := travel.Drive(p.Address.ZIP, j.Address.ZIP); ok && j.Slot.Start.Before(p.Slot.End.Add(drive)) {
				t.Errorf("%s has from %v to %v for a drive of %v", j.Slot.Technician, p.Slot.End, j.Slot.Start, drive)
			}
			before[j.Slot.Technician] = j
		}
	})
}
