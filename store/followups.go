package store

import (
	"context"
	"time"

	"fixly/followup"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/store/internal/rows"
)

// InsertFollowUp stores a follow-up that is planned, or one that was dropped at once. It fills in an empty ID. Where there
// is one with the same key it changes nothing, and created is false.
func (tx *Tx) InsertFollowUp(ctx context.Context, p *followup.Planned) (created bool, err error) {
	giveID(&p.ID, "fu")
	n, err := tx.q.InsertFollowUp(ctx, rows.InsertFollowUpParams{
		ID: p.ID, BusinessID: p.BusinessID, Rule: string(p.Rule), Key: p.Key, Phone: p.Phone, JobID: p.JobID, CallID: p.CallID,
		ConversationID: p.ConversationID, About: p.About, Step: int32(p.Step), Since: rows.At(p.Since), DueAt: rows.At(p.Due),
		CreatedAt: rows.At(p.CreatedAt), Status: string(p.Status), Reason: string(p.Reason), SettledAt: rows.At(p.SettledAt), MessageID: p.MessageID,
	})
	if err != nil {
		return false, wrap("insert follow-up", err)
	}
	tx.followUpChanged(p)
	return n == 1, nil
}

// UpdateFollowUp stores when a follow-up is due by now, or what became of it.
func (tx *Tx) UpdateFollowUp(ctx context.Context, p *followup.Planned) error {
	_, err := tx.q.UpdateFollowUp(ctx, rows.UpdateFollowUpParams{
		ID: p.ID, BusinessID: p.BusinessID, DueAt: rows.At(p.Due), CreatedAt: rows.At(p.CreatedAt), Status: string(p.Status), Reason: string(p.Reason),
		SettledAt: rows.At(p.SettledAt), MessageID: p.MessageID,
	})
	if err != nil {
		return wrap("update follow-up", err)
	}
	tx.followUpChanged(p)
	return nil
}

// followUpChanged tells the pages: a follow-up is shown with its job, or with the thread of its number.
func (tx *Tx) followUpChanged(p *followup.Planned) {
	if p.JobID != "" {
		tx.changed(p.BusinessID, JobChanged, p.JobID)
		return
	}
	tx.changed(p.BusinessID, MessageChanged, p.Phone)
}

// FollowUp reads a follow-up; nil when there is none.
func (v *View) FollowUp(ctx context.Context, businessID, id string) (*followup.Planned, error) {
	return oneFollowUp(v.q.FollowUp(ctx, businessID, id))
}

// FollowUpByKey finds a follow-up by its key; nil when there is none.
func (v *View) FollowUpByKey(ctx context.Context, businessID, key string) (*followup.Planned, error) {
	return oneFollowUp(v.q.FollowUpByKey(ctx, businessID, key))
}

// FollowUpsOfJob lists what is planned for a job, was sent and was dropped, in the order in which it is due.
func (v *View) FollowUpsOfJob(ctx context.Context, businessID, jobID string) ([]followup.Planned, error) {
	found, err := v.q.FollowUpsOfJob(ctx, businessID, jobID)
	return followUps(found, err)
}

// FollowUpsWith lists the same for a number, the last due first, at most limit of them.
func (v *View) FollowUpsWith(ctx context.Context, businessID, phone string, limit int) ([]followup.Planned, error) {
	found, err := v.q.FollowUpsWith(ctx, businessID, phone, rowLimit(limit))
	return followUps(found, err)
}

// PlannedFollowUps lists what is planned, the next due first, at most limit of them.
func (v *View) PlannedFollowUps(ctx context.Context, businessID string, limit int) ([]followup.Planned, error) {
	found, err := v.q.PlannedFollowUps(ctx, businessID, rowLimit(limit))
	return followUps(found, err)
}

// ConfirmJob notes that a customer said that the visit stands. A visit that doesn't any more is left as it is.
func (tx *Tx) ConfirmJob(ctx context.Context, businessID, jobID string, at time.Time) error {
	n, err := tx.q.ConfirmJob(ctx, businessID, jobID, rows.At(at))
	if err != nil {
		return wrap("confirm job", err)
	}
	if n > 0 {
		tx.changed(businessID, JobChanged, jobID)
	}
	return nil
}

func followUps(found []rows.FollowUp, err error) ([]followup.Planned, error) {
	if err != nil {
		return nil, wrap("list follow-ups", err)
	}
	out := make([]followup.Planned, len(found))
	for i, r := range found {
		out[i] = planned(r)
	}
	return out, nil
}

func oneFollowUp(r rows.FollowUp, err error) (*followup.Planned, error) {
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("follow-up", err)
	}
	p := planned(r)
	return &p, nil
}

func planned(r rows.FollowUp) followup.Planned {
	return followup.Planned{
		ID: r.ID, BusinessID: r.BusinessID, Rule: followup.Rule(r.Rule), Key: r.Key, Phone: r.Phone, JobID: r.JobID, CallID: r.CallID,
		ConversationID: r.ConversationID, About: r.About, Step: int(r.Step), Since: r.Since.Time(), Due: r.DueAt.Time(), CreatedAt: r.CreatedAt.Time(),
		Status: followup.PlanStatus(r.Status), Reason: messaging.Reason(r.Reason), SettledAt: r.SettledAt.Time(), MessageID: r.MessageID,
	}
}

// LastHeard is when a number last texted or called; zero when it never did.
func (v *View) LastHeard(ctx context.Context, businessID, phone string) (time.Time, error) {
	text, err := v.q.LastReceived(ctx, businessID, phone)
	if err != nil {
		return time.Time{}, wrap("last text from a number", err)
	}
	call, err := v.q.LastCallFrom(ctx, businessID, phone)
	if err != nil {
		return time.Time{}, wrap("last call from a number", err)
	}
	return max(text, call).Time(), nil
}

// ConversationsWith lists the conversations with a number that began at an instant or later, the latest first, twenty at
// most.
func (v *View) ConversationsWith(ctx context.Context, businessID, phone string, since time.Time) ([]receptionist.Conversation, error) {
	found, err := v.q.ConversationsWith(ctx, businessID, phone, rows.Ceil(since))
	if err != nil {
		return nil, wrap("conversations with a number", err)
	}
	out := make([]receptionist.Conversation, len(found))
	for i, r := range found {
		c, err := conversation(r)
		if err != nil {
			return nil, err
		}
		out[i] = *c
	}
	return out, nil
}
