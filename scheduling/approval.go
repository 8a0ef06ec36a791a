package scheduling

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fixly/business"
)

// ErrNotTentative says that a job can't be accepted because it doesn't wait for the owner's yes.
var ErrNotTentative = errors.New("scheduling: the job does not wait for a yes")

// NeedsApproval says whether a visit waits for the owner's yes before it is booked: by its service, its urgency or its
// customer, of whom jobs gives all there is, and is asked only where that matters. An emergency waits only where the
// business says so of emergencies.
func NeedsApproval(b *business.Business, service string, u Urgency, jobs func() ([]Job, error)) (bool, error) {
	if u == Emergency {
		return slices.Contains(b.Scheduling.Approval, business.ApproveEmergencies), nil
	}
	if svc := b.Service(service); svc != nil && svc.Approval {
		return true, nil
	}
	if !slices.Contains(b.Scheduling.Approval, business.ApproveNewCustomers) {
		return false, nil
	}
	known, err := jobs()
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(known, func(j Job) bool { return j.Status == StatusBooked || j.Status == StatusCompleted }), nil
}

// status is how a job begins. What the owner books himself waits for nobody.
func (r *BookRequest) status(ctx context.Context, st Store, b *business.Business) (Status, error) {
	if r.Source == FromOwner {
		return StatusBooked, nil
	}
	waits := r.Tentative
	if !waits {
		var err error
		waits, err = NeedsApproval(b, r.Service, r.Urgency, func() ([]Job, error) { return st.JobsByPhone(ctx, b.ID, r.Customer.Phone, time.Time{}) })
		if err != nil {
			return "", fmt.Errorf("whether it waits for a yes: %w", err)
		}
	}
	if waits {
		return StatusTentative, nil
	}
	return StatusBooked, nil
}

// Accept books a job that waits for the owner's yes, at the time that it has. For one that is booked already it gives the
// job, unchanged, and ErrNotTentative, for one that is over ErrNotLive; ErrNoJob when there is none.
func (s *Scheduler) Accept(ctx context.Context, st Store, b *business.Business, id string) (*Job, error) {
	if err := st.LockCalendar(ctx, b.ID); err != nil { // what is read is written again, whole
		return nil, fmt.Errorf("accept job %s: %w", id, err)
	}
	j, err := st.Job(ctx, b.ID, id)
	switch {
	case err != nil:
		return nil, fmt.Errorf("accept job %s: %w", id, err)
	case !j.Live():
		return j, fmt.Errorf("accept job %s: %w", id, ErrNotLive)
	case j.Status != StatusTentative:
		return j, fmt.Errorf("accept job %s: %w", id, ErrNotTentative)
	}
	j.Status, j.UpdatedAt = StatusBooked, s.clock.Now()
	if err := st.UpdateJob(ctx, j); err != nil {
		return nil, fmt.Errorf("accept job %s: %w", id, err)
	}
	return j, nil
}
