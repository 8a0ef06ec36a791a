package followup

import (
	"context"
	"fmt"
	"time"

	"fixly/messaging"
)

// Planned is a text that is to follow something, or what became of one: every one that was planned is kept, with the reason
// why it was sent or was not.
type Planned struct {
	ID, BusinessID string
	Rule           Rule
	Key            string // one follow-up each; the text has the same
	Phone          string // E.164
	// What it is about, each empty where it is about none: the visit, the call, the conversation, and the service by name.
	JobID, CallID, ConversationID, About string

	Step      int       // of the rule's cadence, from 1
	Since     time.Time // the fact that it follows: the start of the visit, the end of the call
	Due       time.Time // when it is looked at, and sent if nothing speaks against it
	CreatedAt time.Time
	Status    PlanStatus
	Reason    messaging.Reason // why it was sent, or dropped; empty while it is planned
	SettledAt time.Time        // when it was; zero while it is planned
	MessageID string           // the text, empty for none
}

// PlanStatus is what became of a follow-up.
type PlanStatus string

// The states of a follow-up.
const (
	IsPlanned  PlanStatus = "planned"
	WasSent    PlanStatus = "sent" // written; what became of the text says the text
	WasDropped PlanStatus = "dropped"
)

// plan stores a follow-up, and enqueues its job for when it is due. One that is there already stays as it is, unless it was
// dropped for what is undone by now: a visit that is moved back to where it was is reminded of again.
func plan(ctx context.Context, tx PlanTx, p Planned) error {
	if p.Status == "" {
		p.Status = IsPlanned
	}
	created, err := tx.InsertFollowUp(ctx, &p)
	if err != nil {
		return err
	}
	if !created {
		before, err := tx.FollowUpByKey(ctx, p.BusinessID, p.Key)
		if err != nil {
			return err
		}
		if before == nil || before.Status != WasDropped || !undone[before.Reason] || p.Status != IsPlanned {
			return nil
		}
		p.ID = before.ID
		if err := tx.UpdateFollowUp(ctx, &p); err != nil {
			return err
		}
	}
	if p.Status != IsPlanned {
		return nil
	}
	return tx.EnqueueAt(ctx, RunFollowUp{BusinessID: p.BusinessID, ID: p.ID}, p.Due, nil)
}

// undone are the reasons that may not hold any more when the same follow-up is planned again.
var undone = map[messaging.Reason]bool{messaging.VisitMoved: true, messaging.VisitOff: true}

// settle notes what became of a follow-up.
func settle(ctx context.Context, tx Tx, p *Planned, status PlanStatus, why messaging.Reason, now time.Time) error {
	p.Status, p.Reason, p.SettledAt = status, why, now
	if err := tx.UpdateFollowUp(ctx, p); err != nil {
		return fmt.Errorf("settle follow-up %s: %w", p.ID, err)
	}
	return nil
}

// dropAll drops those of a list that are planned and chosen.
func dropAll(ctx context.Context, tx Tx, of []Planned, why messaging.Reason, now time.Time, chosen func(*Planned) bool) error {
	for i := range of {
		if p := &of[i]; p.Status == IsPlanned && chosen(p) {
			if err := settle(ctx, tx, p, WasDropped, why, now); err != nil {
				return err
			}
		}
	}
	return nil
}
