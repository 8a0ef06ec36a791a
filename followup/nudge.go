package followup

import (
	"context"
	"fmt"
	"time"

	"fixly/messaging"
	"fixly/receptionist"
)

// PlanNudge plans what happens when somebody stops answering in the middle of a booking by text. It is called in the
// transaction in which the receptionist answered a text of theirs; one nudge is planned for each conversation, and waits as
// long as they write.
func PlanNudge(ctx context.Context, tx Tx, businessID, conversationID string, now time.Time) error {
	b, err := tx.Business(ctx, businessID)
	if err != nil || b.FollowUps.Nudge == 0 || conversationID == "" {
		return err
	}
	c, err := tx.Conversation(ctx, conversationID)
	if err != nil {
		return fmt.Errorf("read conversation %s: %w", conversationID, err)
	}
	came, err := receptionist.WhatCame(c)
	if err != nil || !came.Missing {
		return err
	}
	return plan(ctx, tx, Planned{
		BusinessID: b.ID, Rule: Nudge, Key: "nudge:" + c.ID, Phone: c.Caller.Number, ConversationID: c.ID, About: came.Service, Step: 1,
		Since: now, Due: now.Add(b.FollowUps.Nudge.Std()), CreatedAt: now,
	})
}

// silentSince is when a nudge is due by now: they may have written since it was planned.
func silentSince(ctx context.Context, tx Tx, d *due) (time.Time, error) {
	c, err := tx.Conversation(ctx, d.plan.ConversationID)
	if err != nil {
		return time.Time{}, fmt.Errorf("read conversation %s: %w", d.plan.ConversationID, err)
	}
	return c.UpdatedAt.Add(d.shop.FollowUps.Nudge.Std()), nil
}

// nothingMissing: the booking is done, or they said goodbye, or want something else by now.
func nothingMissing(ctx context.Context, tx Tx, d *due) (messaging.Reason, error) {
	c, err := tx.Conversation(ctx, d.plan.ConversationID)
	if err != nil {
		return "", fmt.Errorf("read conversation %s: %w", d.plan.ConversationID, err)
	}
	came, err := receptionist.WhatCame(c)
	if err != nil {
		return "", err
	}
	if !came.Missing || !c.EndedAt.IsZero() {
		return messaging.InTouch, nil
	}
	return "", nil
}

// writeNudge has the receptionist ask once more for what is missing.
func writeNudge(ctx context.Context, tx Tx, d *due) (messaging.Message, error) {
	reply, err := d.Propose(ctx, tx, receptionist.Proposal{BusinessID: d.shop.ID, Number: d.plan.Phone, Change: "nudge", Key: d.plan.Key})
	if err != nil {
		return messaging.Message{}, err
	}
	return messaging.Message{Body: reply.Text()}, keptWhole(reply)
}
