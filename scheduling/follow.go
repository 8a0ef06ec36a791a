package scheduling

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fixly/business"
)

// FollowStore is the storage that Follow needs.
type FollowStore interface {
	Store
	// JobsBetween lists the jobs that are on between two instants, by start: a technician's, or everybody's when none is
	// named.
	JobsBetween(ctx context.Context, businessID, technician string, from, to time.Time) ([]Job, error)
	// DropHolds gives up what anybody holds of a technician between two instants.
	DropHolds(ctx context.Context, businessID, technician string, from, to time.Time) error
}

// longestDrive is more than any travel buffer.
const longestDrive = 12 * time.Hour

// Follow puts a job where the owner has put it by hand, in another calendar or on a page: the rules of the business don't
// matter, nor what is only held; how long it takes and how much time is left for driving is the owner's word, too. Only
// another job is never overlapped: that is a *Refusal for the reason Full, before anything was written. ErrNotLive and
// ErrNoJob are as for Move.
func (s *Scheduler) Follow(ctx context.Context, st FollowStore, b *business.Business, id string, start, end time.Time) (*Job, error) {
	j, err := st.Job(ctx, b.ID, id)
	if err != nil {
		return nil, fmt.Errorf("follow job %s: %w", id, err)
	}
	if !j.Live() {
		return j, fmt.Errorf("follow job %s: %w", id, ErrNotLive)
	}
	if !start.Before(end) {
		return nil, fmt.Errorf("follow job %s: %w", id, errors.New("it would end before it begins"))
	}
	slot := Slot{Technician: j.Slot.Technician, Start: start, End: end}
	if err := s.makeRoom(ctx, st, b, j, slot); err != nil {
		return nil, fmt.Errorf("follow job %s: %w", id, err)
	}
	j.UpdatedAt = s.clock.Now()
	if err := st.UpdateJob(ctx, j); err != nil {
		return nil, fmt.Errorf("follow job %s: %w", id, err)
	}
	return j, nil
}

// makeRoom gives a job a slot among its technician's other jobs: the time kept for driving, before it and after it, gives
// way.
func (s *Scheduler) makeRoom(ctx context.Context, st FollowStore, b *business.Business, j *Job, slot Slot) error {
	others, err := st.JobsBetween(ctx, b.ID, slot.Technician, slot.Start.Add(-longestDrive), slot.End.Add(longestDrive))
	if err != nil {
		return err
	}
	j.setSlot(b, slot)
	for i := range others {
		if o := &others[i]; o.ID != j.ID && o.Slot.Start.Before(slot.End) && slot.Start.Before(o.Slot.End) {
			return &Refusal{Reason: Full, Wanted: Interval{From: slot.Start, To: slot.End}}
		}
	}
	if err := st.DropHolds(ctx, b.ID, slot.Technician, slot.Start, slot.End.Add(longestDrive)); err != nil {
		return err
	}
	for i := range others {
		switch o := &others[i]; {
		case o.ID == j.ID:
		case !o.Slot.Start.Before(slot.End) && o.Slot.Start.Before(j.BusyUntil):
			j.BusyUntil = o.Slot.Start
		case !o.Slot.End.After(slot.Start) && o.BusyUntil.After(slot.Start):
			o.BusyUntil, o.UpdatedAt = slot.Start, s.clock.Now()
			if err := st.UpdateJob(ctx, o); err != nil {
				return fmt.Errorf("leave job %s less time for driving: %w", o.ID, err)
			}
		}
	}
	return nil
}
