package store

import (
	"context"
	"time"

	"fixly/followup"
	"fixly/store/internal/rows"
)

// SaveApproval stores that the owner was asked about a visit, and what he said; one for each job.
func (tx *Tx) SaveApproval(ctx context.Context, a *followup.Approval) error {
	err := tx.q.SaveApproval(ctx, rows.SaveApprovalParams{
		JobID: a.JobID, BusinessID: a.BusinessID, Number: int32(a.Number), StartsAt: rows.At(a.Start), AskedAt: rows.At(a.AskedAt), BetterAt: rows.At(a.Better),
	})
	if err != nil {
		return wrap("save approval", err)
	}
	tx.changed(a.BusinessID, JobChanged, a.JobID)
	return nil
}

// OpenApprovals lists the visits that wait for the owner's yes and begin after an instant, by number.
func (v *View) OpenApprovals(ctx context.Context, businessID string, after time.Time) ([]followup.Approval, error) {
	found, err := v.q.OpenApprovals(ctx, businessID, rows.At(after))
	if err != nil {
		return nil, wrap("open approvals", err)
	}
	out := make([]followup.Approval, len(found))
	for i, r := range found {
		out[i] = approval(r)
	}
	return out, nil
}

// LastApproval is what the owner was asked last; nil when he never was.
func (v *View) LastApproval(ctx context.Context, businessID string) (*followup.Approval, error) {
	r, err := v.q.LastApproval(ctx, businessID)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("last approval", err)
	}
	a := approval(r)
	return &a, nil
}

func approval(r rows.Approval) followup.Approval {
	return followup.Approval{
		JobID: r.JobID, BusinessID: r.BusinessID, Number: int(r.Number), Start: r.StartsAt.Time(), AskedAt: r.AskedAt.Time(), Better: r.BetterAt.Time(),
	}
}
