package scheduling

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/clock"
)

// DefaultHold is how long an offer is kept for someone who hasn't answered it.
const DefaultHold = 5 * time.Minute

// Scheduler finds, holds and books times. Each method works in the transaction that its Store is bound to and leaves
// committing to the caller; it is safe for concurrent use.
type Scheduler struct {
	clock   clock.Clock
	holdFor time.Duration
	outside Outside
	roads   Roads // nil: travel's estimates
}

// New makes a scheduler that tells the time by c and keeps offers for DefaultHold. outside looks into calendars outside
// before a booking; nil: there are none.
func New(c clock.Clock, outside Outside) *Scheduler {
	return &Scheduler{clock: c, holdFor: DefaultHold, outside: outside}
}

// Over gives a scheduler like this one that asks r how long drives take; nil: travel's estimates.
func (s *Scheduler) Over(r Roads) *Scheduler {
	over := *s
	over.roads = r
	return &over
}

// Availability lists the open times for a query, as Open does. It needs no transaction.
func (s *Scheduler) Availability(ctx context.Context, st Calendar, b *business.Business, q Query) ([]Slot, error) {
	now := s.clock.Now()
	from, to := now, now.Add(b.Scheduling.Horizon.Std())
	if q.From.After(from) {
		from = q.From
	}
	if !q.To.IsZero() && q.To.Before(to) {
		to = q.To
	}
	if !from.Before(to) {
		return nil, nil
	}
	busy, err := s.busy(ctx, st, b, from, to, now, q)
	if err != nil {
		return nil, err
	}
	q.roads = s.roads
	return Open(b, busy, now, q), nil
}

// Offers chooses the times to offer for a query, as the function Offers does. Hold them before they are said.
func (s *Scheduler) Offers(ctx context.Context, st Calendar, b *business.Business, q Query) (Offered, error) {
	now := s.clock.Now()
	busy, err := s.busy(ctx, st, b, now, now.Add(b.Scheduling.Horizon.Std()), now, q)
	if err != nil {
		return Offered{}, err
	}
	q.roads = s.roads
	return Offers(b, busy, now, q), nil
}

// busy reads what can be in the way of visits that begin from from to to, and all else of those days, which tells how
// much everyone has to do.
func (s *Scheduler) busy(ctx context.Context, st Calendar, b *business.Business, from, to, now time.Time, q Query) ([]Busy, error) {
	var longest time.Duration
	if search, ok := newSearch(b, now, q); ok {
		longest = search.block() + time.Duration(search.days-1)*(longestPause+1)*24*time.Hour
	}
	from = midnight(from.In(b.Location()))
	to = midnight(noon(to.Add(longest).In(b.Location())).AddDate(0, 0, 1))
	if limited(b) || b.Scheduling.PlanDriving { // a window may go on past midnight, and so may a drive
		from, to = from.AddDate(0, 0, -1), to.AddDate(0, 0, 1)
	}
	busy, err := st.Busy(ctx, b.ID, from, to, now, q.Holder, q.Job)
	if err != nil {
		return nil, fmt.Errorf("open times for %q: %w", q.Service, err)
	}
	return busy, nil
}

// Hold keeps slots for a holder, a conversation for one, in place of all that it held before, and gives the holds.
// A slot that would need a technician of an earlier slot at the same time is left out, and one over routine jobs, whose
// time only a booking takes. ErrTaken means that one was taken meanwhile: roll back, and choose again in a new
// transaction.
func (s *Scheduler) Hold(ctx context.Context, st Store, b *business.Business, holder string, slots []Slot) ([]Hold, error) {
	return s.HoldFor(ctx, st, b, holder, slots, s.holdFor)
}

// HoldFor is Hold for another length of time than usual.
func (s *Scheduler) HoldFor(ctx context.Context, st Store, b *business.Business, holder string, slots []Slot, long time.Duration) ([]Hold, error) {
	if err := st.ReleaseHolds(ctx, b.ID, holder); err != nil { // locks the calendar
		return nil, fmt.Errorf("hold times: %w", err)
	}
	now := s.clock.Now()
	if err := s.room(ctx, st, b, slots, now); err != nil {
		return nil, fmt.Errorf("hold times: %w", err)
	}
	holds := make([]Hold, 0, len(slots))
	for _, slot := range slots {
		h := Hold{
			BusinessID: b.ID, Holder: holder, Slot: slot,
			BusyUntil: slot.End.Add(b.Scheduling.TravelBuffer.Std()), ExpiresAt: now.Add(long),
		}
		if slot.Days > 1 {
			h.Parts = Visits(b, slot)
		}
		if slot.Over || overlapsAny(holds, h) {
			continue
		}
		if err := st.PlaceHold(ctx, h, now); err != nil {
			return nil, fmt.Errorf("hold %s with %s: %w", slot.Start.Format(time.RFC3339), slot.Technician, err)
		}
		holds = append(holds, h)
	}
	return holds, nil
}

// room gives ErrTaken where a window or a day of slots has as many visits by now as it may.
func (s *Scheduler) room(ctx context.Context, st Store, b *business.Business, slots []Slot, now time.Time) error {
	if !limited(b) || len(slots) == 0 {
		return nil
	}
	from, to := slots[0].Start, slots[0].End
	for _, slot := range slots {
		from, to = earlier(from, slot.Start), later(to, slot.End)
	}
	from = midnight(noon(from.In(b.Location())).AddDate(0, 0, -1)) // a window may have begun the day before
	to = midnight(noon(to.In(b.Location())).AddDate(0, 0, 2))
	busy, err := st.Busy(ctx, b.ID, from, to, now, "", slots[0].Moves)
	if err != nil {
		return err
	}
	l := newLoad(b, busy)
	for _, slot := range slots {
		for _, part := range Visits(b, slot) {
			if l.full(part.From, slot.Emergency) != "" {
				return fmt.Errorf("the window or the day of %s is full: %w", part.From.Format(time.RFC3339), ErrTaken)
			}
		}
	}
	return nil
}

// Free says whether a slot that was offered can still be had: nobody else took it. The holder's own holds don't count,
// nor does the job named, one to be moved there; either may be empty.
func (s *Scheduler) Free(ctx context.Context, st Calendar, b *business.Business, slot Slot, holder, job string) (bool, error) {
	now := s.clock.Now()
	want := wouldTake(b, slot)
	from, to := want[0].From, want[0].To
	for _, w := range want {
		from, to = earlier(from, w.From), later(to, w.To)
	}
	busy, err := st.Busy(ctx, b.ID, from, to, now, holder, job)
	if err != nil {
		return false, fmt.Errorf("is %s still free: %w", slot.Start.Format(time.RFC3339), err)
	}
	for _, stretch := range busy {
		if !(slot.Over && yields(stretch, now)) && overlap(want, []Busy{stretch}) {
			return false, nil
		}
	}
	return true, nil
}

func overlapsAny(holds []Hold, h Hold) bool {
	for _, o := range holds {
		if overlap(o.Taken(), h.Taken()) {
			return true
		}
	}
	return false
}

// Release gives up all that a holder holds.
func (s *Scheduler) Release(ctx context.Context, st Store, b *business.Business, holder string) error {
	if err := st.ReleaseHolds(ctx, b.ID, holder); err != nil {
		return fmt.Errorf("release holds: %w", err)
	}
	return nil
}

// Upcoming lists a customer's jobs that are on and have not begun, by start.
func (s *Scheduler) Upcoming(ctx context.Context, st Store, b *business.Business, phone string) ([]Job, error) {
	jobs, err := st.JobsByPhone(ctx, b.ID, phone, s.clock.Now())
	if err != nil {
		return nil, fmt.Errorf("upcoming jobs: %w", err)
	}
	live := jobs[:0]
	for _, j := range jobs {
		if j.Live() {
			live = append(live, j)
		}
	}
	return live, nil
}
