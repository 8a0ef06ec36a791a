package followup

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
)

const (
	// reviewAfter is used where the business says nothing else.
	reviewAfter = 2 * time.Hour
	// reviewEvery is how long a customer isn't asked for a second review.
	reviewEvery = 180 * 24 * time.Hour
)

// planAfterVisit plans what follows a visit that is completed: the request for a review or, after one to tell a price, the
// question whether the work is to be done; and the reminder when it is due again.
func planAfterVisit(ctx context.Context, tx Tx, b *business.Business, j *scheduling.Job, now time.Time) error {
	p := Planned{
		BusinessID: b.ID, Phone: j.Customer.Phone, JobID: j.ID, CallID: j.CallID, About: j.Service, Step: 1, Since: j.UpdatedAt, CreatedAt: now,
	}
	if p.Phone == "" {
		return nil
	}
	if err := planSeasonal(ctx, tx, b, p); err != nil {
		return err
	}
	switch {
	case b.IsEstimate(j.Service):
		p.Rule, p.Key = Estimate, "estimate:"+j.ID
		return planStep(ctx, tx, p, b.FollowUps.Estimates, 1)
	case b.FollowUps.ReviewLink == "":
		return nil
	}
	after := b.FollowUps.ReviewAfter.Std()
	if after == 0 {
		after = reviewAfter
	}
	p.Rule, p.Key, p.Due = Review, "review:"+j.ID, j.UpdatedAt.Add(after)
	return plan(ctx, tx, p)
}

// complained: they complained since the visit began.
func complained(ctx context.Context, tx Tx, d *due) (messaging.Reason, error) {
	if d.job == nil {
		return messaging.VisitOff, nil
	}
	with, err := tx.ConversationsWith(ctx, d.shop.ID, d.plan.Phone, d.job.Slot.Start)
	if err != nil {
		return "", err
	}
	for i := range with {
		came, err := receptionist.WhatCame(&with[i])
		if err != nil {
			return "", err
		}
		if came.Complained {
			return messaging.Complained, nil
		}
	}
	return "", nil
}

// askedLately: they were asked for a review not long ago.
func askedLately(ctx context.Context, tx Tx, d *due) (messaging.Reason, error) {
	const recent = 100
	all, err := tx.FollowUpsWith(ctx, d.shop.ID, d.plan.Phone, recent)
	if err != nil {
		return "", fmt.Errorf("what %s was sent: %w", d.plan.Phone, err)
	}
	for i := range all {
		if p := &all[i]; p.Rule == Review && p.Status == WasSent && d.now.Sub(p.SettledAt) < reviewEvery {
			return messaging.AskedLately, nil
		}
	}
	return "", nil
}

// writeReview asks for a review, when they are not in conversation with us.
func writeReview(ctx context.Context, tx Tx, d *due) (messaging.Message, error) {
	talking, err := d.Talking(ctx, tx, d.shop.ID, d.plan.Phone)
	if err != nil {
		return messaging.Message{}, err
	}
	if talking {
		return messaging.Message{}, receptionist.ErrTalking
	}
	words, _, err := wordsFor(ctx, tx, d.shop, d.plan.Phone, d.plan.JobID)
	if err != nil {
		return messaging.Message{}, err
	}
	return messaging.Message{Body: words.Review(d.shop.Profile.Name, d.shop.FollowUps.ReviewLink)}, nil
}

// writeEstimate has the receptionist ask whether the work is to be done.
func writeEstimate(ctx context.Context, tx Tx, d *due) (messaging.Message, error) {
	reply, err := d.Propose(ctx, tx, receptionist.Proposal{Job: d.job, Change: "estimate", Key: d.plan.Key})
	if err != nil {
		return messaging.Message{}, err
	}
	return messaging.Message{Body: reply.Text()}, keptWhole(reply)
}

func nextEstimate(ctx context.Context, tx Tx, d *due) error {
	return planStep(ctx, tx, d.plan.next(d.now), d.shop.FollowUps.Estimates, d.plan.Step+1)
}

// notCompleted: the visit is none that somebody has been to, by now.
func notCompleted(_ context.Context, _ Tx, d *due) (messaging.Reason, error) {
	if d.job == nil || d.job.Status != scheduling.StatusCompleted {
		return messaging.VisitOff, nil
	}
	return "", nil
}
