package followup

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fixly/business"
	"fixly/callbacks"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/telephony"
)

// planLead plans to ask in some days whether the work is still needed that was wanted in a call that came to nothing.
func planLead(ctx context.Context, tx Tx, b *business.Business, call *telephony.Call, now time.Time) error {
	if call.From == "" || call.ConversationID == "" || len(b.FollowUps.Leads) == 0 {
		return nil
	}
	return planFrom(ctx, tx, b, call.ConversationID, Planned{Phone: call.From, CallID: call.ID, Since: call.EndedAt, Key: "lead:" + call.ID}, now)
}

// planThreadLead does so for a thread that nobody has written in for so long that it was closed.
func planThreadLead(ctx context.Context, tx Tx, b *business.Business, c *receptionist.Conversation, now time.Time) error {
	if len(b.FollowUps.Leads) == 0 {
		return nil
	}
	return planFrom(ctx, tx, b, c.ID, Planned{Phone: c.Caller.Number, Since: c.UpdatedAt, Key: "lead:" + c.ID}, now)
}

// planFrom plans the first text about what was wanted in a conversation, and drops what was planned about another one:
// somebody is asked about one thing at a time, the last.
func planFrom(ctx context.Context, tx Tx, b *business.Business, conversationID string, p Planned, now time.Time) error {
	c, err := tx.Conversation(ctx, conversationID)
	if err != nil {
		return fmt.Errorf("read conversation %s: %w", conversationID, err)
	}
	came, err := receptionist.WhatCame(c)
	if err != nil || !came.Wanted {
		return err
	}
	other := func(o *Planned) bool { return o.Rule == Lead && !strings.HasPrefix(o.Key, p.Key+":") }
	if err := dropWith(ctx, tx, b, p.Phone, messaging.InTouch, now, other); err != nil {
		return err
	}
	p.BusinessID, p.Rule, p.ConversationID, p.About, p.CreatedAt = b.ID, Lead, c.ID, came.Service, now
	return planStep(ctx, tx, p, b.FollowUps.Leads, 1)
}

// planStep plans the nth text of a cadence, where it has as many. The key of p is that of the whole cadence.
func planStep(ctx context.Context, tx Tx, p Planned, cadence []business.Duration, n int) error {
	if n > len(cadence) {
		return nil
	}
	p.Step, p.Due = n, p.Since.Add(cadence[n-1].Std())
	p.Key += ":" + strconv.Itoa(n)
	return plan(ctx, tx, p)
}

// next is what the text after one of a cadence has in common with it.
func (p *Planned) next(now time.Time) Planned {
	return Planned{
		BusinessID: p.BusinessID, Rule: p.Rule, Key: strings.TrimSuffix(p.Key, ":"+strconv.Itoa(p.Step)), Phone: p.Phone,
		JobID: p.JobID, CallID: p.CallID, ConversationID: p.ConversationID, About: p.About, Since: p.Since, CreatedAt: now,
	}
}

// dropWith drops what is planned for a number and chosen.
func dropWith(ctx context.Context, tx Tx, b *business.Business, phone string, why messaging.Reason, now time.Time, chosen func(*Planned) bool) error {
	const recent = 50
	all, err := tx.FollowUpsWith(ctx, b.ID, phone, recent)
	if err != nil {
		return fmt.Errorf("what is planned for %s: %w", phone, err)
	}
	return dropAll(ctx, tx, all, why, now, chosen)
}

// unbooked says whether a follow-up is for who has not booked.
func unbooked(p *Planned) bool { return p.Rule == Nudge || p.Rule == Lead || p.Rule == Estimate }

// bookedSince: they have a visit ahead, or had one since.
func bookedSince(ctx context.Context, tx Tx, d *due) (messaging.Reason, error) {
	jobs, err := tx.JobsByPhone(ctx, d.shop.ID, d.plan.Phone, d.plan.Since)
	if err != nil {
		return "", fmt.Errorf("the visits of %s: %w", d.plan.Phone, err)
	}
	for i := range jobs {
		if j := &jobs[i]; j.ID != d.plan.JobID && j.Status != scheduling.StatusCancelled {
			return messaging.BookedSince, nil
		}
	}
	return "", nil
}

// inTouch: they called or wrote since, and what came of that counts.
func inTouch(ctx context.Context, tx Tx, d *due) (messaging.Reason, error) {
	heard, err := tx.LastHeard(ctx, d.shop.ID, d.plan.Phone)
	if err != nil {
		return "", err
	}
	if heard.After(d.plan.Since) {
		return messaging.InTouch, nil
	}
	return "", nil
}

// calledBack: somebody of the business has dealt with it by the list of callbacks. Whom nobody could reach there is asked all
// the same.
func calledBack(ctx context.Context, tx Tx, d *due) (messaging.Reason, error) {
	owed, err := tx.CallbacksBetween(ctx, d.shop.ID, d.plan.Since.Add(-owedBefore), d.now)
	if err != nil {
		return "", fmt.Errorf("the callbacks of the last days: %w", err)
	}
	for i := range owed {
		c := &owed[i]
		if c.Phone == d.plan.Phone && !c.ClosedAt.Before(d.plan.Since) && !c.Owed() && c.Outcome != callbacks.NobodyThere {
			return messaging.Handled, nil
		}
	}
	return "", nil
}

// owedBefore is how long before a call its callback may have come up: it is one for all that somebody is owed.
const owedBefore = 7 * day

// writeLead has the receptionist ask, with times that are open, so that the answer books.
func writeLead(ctx context.Context, tx Tx, d *due) (messaging.Message, error) {
	reply, err := d.Propose(ctx, tx, receptionist.Proposal{
		BusinessID: d.shop.ID, Number: d.plan.Phone, Change: "lead", After: d.plan.ConversationID, Key: d.plan.Key,
	})
	switch {
	case err != nil:
		return messaging.Message{}, err
	case len(reply.Offered) == 0:
		return messaging.Message{}, &leftError{messaging.NothingOpen}
	}
	return messaging.Message{Body: reply.Text()}, keptWhole(reply)
}

func nextLead(ctx context.Context, tx Tx, d *due) error {
	return planStep(ctx, tx, d.plan.next(d.now), d.shop.FollowUps.Leads, d.plan.Step+1)
}
