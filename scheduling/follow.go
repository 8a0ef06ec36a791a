package scheduling

import (
	"context"
	"errors"
	"fmt"
	"slices"
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
	if err := st.LockCalendar(ctx, b.ID); err != nil {
		return nil, fmt.Errorf("follow job %s: %w", id, err)
	}
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
	slot := Slot{Technician: j.Slot.Technician, Helper: j.Slot.Helper, Start: start, End: end}
	if err := s.makeRoom(ctx, st, b, j, slot); err != nil {
		return nil, fmt.Errorf("follow job %s: %w", id, err)
	}
	j.UpdatedAt = s.clock.Now()
	if err := st.UpdateJob(ctx, j); err != nil {
		return nil, fmt.Errorf("follow job %s: %w", id, err)
	}
	return j, nil
}

// makeRoom gives a job a slot among the other jobs of its crew: the time kept for driving, before it and after it, gives
// way.
func (s *Scheduler) makeRoom(ctx context.Context, st FollowStore, b *business.Business, j *Job, slot Slot) error {
	others, err := s.jobsAround(ctx, st, b, j, slot)
	if err != nil {
		return err
	}
	j.setSlot(b, slot)
	j.DisplacedBy = "" // it has a time of its own again
	for i := range others {
		for _, v := range others[i].Visits() {
			if v.From.Before(slot.End) && slot.Start.Before(v.To) {
				return &Refusal{Reason: Full, Wanted: Interval{From: slot.Start, To: slot.End}}
			}
		}
	}
	for i := range others {
		for _, v := range others[i].Visits() {
			if !v.From.Before(slot.End) && v.From.Before(j.BusyUntil) {
				j.BusyUntil = v.From
			}
		}
	}
	for _, name := range slot.Crew() {
		if err := st.DropHolds(ctx, b.ID, name, slot.Start, j.BusyUntil); err != nil {
			return err
		}
	}
	for i := range others {
		o := &others[i]
		for _, v := range o.Visits() {
			if buffer := o.BusyUntil.Sub(o.Slot.End); !v.To.After(slot.Start) && v.To.Add(buffer).After(slot.Start) {
				o.BusyUntil, o.UpdatedAt = o.Slot.End.Add(slot.Start.Sub(v.To)), s.clock.Now()
				if err := st.UpdateJob(ctx, o); err != nil {
					return fmt.Errorf("leave job %s less time for driving: %w", o.ID, err)
				}
			}
		}
	}
	return nil
}

// jobsAround lists the other jobs of a crew around a slot, each once.
func (s *Scheduler) jobsAround(ctx context.Context, st FollowStore, b *business.Business, j *Job, slot Slot) ([]Job, error) {
	var out []Job
	for _, name := range slot.Crew() {
		found, err := st.JobsBetween(ctx, b.ID, name, slot.Start.Add(-longestDrive), slot.End.Add(longestDrive))
		if err != nil {
			return nil, err
		}
		for i := range found {
			if id := found[i].ID; id != j.ID && !slices.ContainsFunc(out, func(o Job) bool { return o.ID == id }) {
				out = append(out, found[i])
			}
		}
	}
	return out, nil
}
