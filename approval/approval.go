// Package approval takes the owner's answers about visits that wait for his yes: yes, no, or a better time. Package
// followup asks; the answers come by text, from the pages and over the API.
package approval

import (
	"context"
	"time"

	"fixly/business"
	"fixly/followup"
	"fixly/scheduling"
)

// Tx is what an answer needs of one transaction.
type Tx interface {
	scheduling.Store

	// OpenApprovals lists the visits that wait for the owner's yes and begin after an instant, by number.
	OpenApprovals(ctx context.Context, businessID string, after time.Time) ([]followup.Approval, error)
	// SaveApproval stores what the owner was asked about a job and what he said; one for each job.
	SaveApproval(ctx context.Context, a *followup.Approval) error
	// JobChanged enqueues what is owed to the customer after a job was "accepted".
	JobChanged(ctx context.Context, j *scheduling.Job, change string, byCall bool) error
	// OfferChange enqueues what is put to the customer after a job was "declined", or has a "better_time".
	OfferChange(ctx context.Context, j *scheduling.Job, change string, starts ...time.Time) error
}

// Accept books a job that waits, with scheduling.Scheduler.Accept's errors, and has it confirmed to the customer.
func Accept(ctx context.Context, tx Tx, s *scheduling.Scheduler, b *business.Business, id string) (*scheduling.Job, error) {
	j, err := s.Accept(ctx, tx, b, id)
	if err != nil {
		return j, err
	}
	return j, tx.JobChanged(ctx, j, "accepted", false)
}

// Decline cancels a job that waits, with scheduling.Scheduler.Cancel's errors, and scheduling.ErrNotTentative for one that
// is booked; the customer is offered other times.
func Decline(ctx context.Context, tx Tx, s *scheduling.Scheduler, b *business.Business, id string) (*scheduling.Job, error) {
	j, err := tx.Job(ctx, b.ID, id)
	switch {
	case err != nil:
		return nil, err
	case j.Status == scheduling.StatusBooked:
		return j, scheduling.ErrNotTentative
	}
	if j, err = s.Cancel(ctx, tx, b, id); err != nil {
		return j, err
	}
	return j, tx.OfferChange(ctx, j, followup.OfferDeclined)
}
