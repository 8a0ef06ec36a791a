package receptionist

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/rs/xid"

	"fixly/business"
	"fixly/receptionist/flow"
	"fixly/scheduling"
)

// Proposal is a change of a visit that is put to its customer by text, with a question, or what follows up on something.
type Proposal struct {
	Job *scheduling.Job // as it is by now; nil for what is about none
	// BusinessID and Number are whose customer it is put to, where it is about no visit.
	BusinessID string
	Number     string // E.164
	// Change is one of flow's list: "moved", "cancelled", "declined", "taken", "better_time", "remind", "nudge", "lead",
	// "estimate", "seasonal".
	Change string
	// After is the conversation that came to nothing, for "lead".
	After string
	// Start is when the owner would rather come, for "better_time".
	Start time.Time
	Key   string // the same proposal has the same key
}

// to is the business and the number that a proposal is for, and the job that it is about, empty for none.
func (p *Proposal) to() (businessID, number, jobID string) {
	if p.Job == nil {
		return p.BusinessID, p.Number, ""
	}
	return p.Job.BusinessID, p.Job.Customer.Phone, p.Job.ID
}

// ErrTalking says that the customer is in the middle of a conversation with us, on the phone or by text, that a proposal
// would talk over: it has to wait.
var ErrTalking = errors.New("receptionist: the customer is in conversation")

const (
	// midCall is how long after its last turn a call that has not ended counts as going on.
	midCall = 5 * time.Minute
	// midThread is how long a question of ours in a thread of texts is waited for to be answered.
	midThread = 10 * time.Minute
)

// Propose puts a change of a visit into the thread of texts with its customer, the open one or a new one, inside the
// caller's transaction, and gives the text to send. What the customer writes next is understood as the answer to it. It
// returns ErrTalking where it has to wait, and a bare scheduling.ErrTaken as Text does.
func (r *Receptionist) Propose(ctx context.Context, tx Tx, p Proposal) (Reply, error) {
	businessID, number, _ := p.to()
	b, err := tx.Business(ctx, businessID)
	if err != nil {
		return Reply{}, fmt.Errorf("read business %s: %w", businessID, err)
	}
	now := r.clock.Now()
	onPhone, err := isOnPhone(ctx, tx, b.ID, number, now)
	if err != nil {
		return Reply{}, err
	}
	if onPhone {
		return Reply{}, ErrTalking
	}
	put := flow.Proposal{Change: flow.Change(p.Change), Start: p.Start}
	if p.Job != nil {
		put.Job = *p.Job
	}
	if p.After != "" {
		if put.Said, err = said(ctx, tx, p.After); err != nil {
			return Reply{}, err
		}
	}
	c, err := r.threadFor(ctx, tx, b, p, now)
	if err != nil {
		return Reply{}, err
	}
	return r.turn(ctx, tx, c, Input{Kind: proposed, Key: p.Key, proposal: &put}, attempt{})
}

// said is what was said in a conversation that is over.
func said(ctx context.Context, tx Tx, conversationID string) (*flow.State, error) {
	c, err := tx.Conversation(ctx, conversationID)
	if err != nil {
		return nil, fmt.Errorf("read conversation %s: %w", conversationID, err)
	}
	return readState(c)
}

// isOnPhone says whether somebody is on the phone with us.
func isOnPhone(ctx context.Context, tx Tx, businessID, number string, now time.Time) (bool, error) {
	call, err := tx.LatestByPhone(ctx, businessID, number)
	if err != nil {
		return false, fmt.Errorf("find the last call from %s: %w", number, err)
	}
	return call != nil && call.EndedAt.IsZero() && now.Sub(call.UpdatedAt) < midCall, nil
}

// Talking says whether somebody is in conversation with us, on the phone or by text: something was said within the time
// that an answer is waited for.
func (r *Receptionist) Talking(ctx context.Context, tx Tx, businessID, number string) (bool, error) {
	now := r.clock.Now()
	onPhone, err := isOnPhone(ctx, tx, businessID, number, now)
	if onPhone || err != nil {
		return onPhone, err
	}
	c, err := tx.OpenThread(ctx, businessID, number)
	if err != nil {
		return false, fmt.Errorf("find the thread with %s: %w", number, err)
	}
	return c != nil && now.Sub(c.UpdatedAt) < midThread, nil
}

// threadFor is the open thread with the customer of a proposal, if nothing in it is waiting for an answer that may still
// come, or a new one.
func (r *Receptionist) threadFor(ctx context.Context, tx Tx, b *business.Business, p Proposal, now time.Time) (*Conversation, error) {
	_, number, jobID := p.to()
	c, err := tx.OpenThread(ctx, b.ID, number)
	if err != nil {
		return nil, fmt.Errorf("find the thread with %s: %w", number, err)
	}
	if c != nil {
		if c, err = tx.Conversation(ctx, c.ID); err != nil {
			return nil, fmt.Errorf("read the thread with %s: %w", number, err)
		}
		before, err := tx.TurnByKey(ctx, c.ID, p.Key)
		if err != nil {
			return nil, fmt.Errorf("look for a proposal in the thread with %s: %w", number, err)
		}
		if before != nil {
			return c, nil
		}
		s, err := readState(c)
		if err != nil {
			return nil, err
		}
		nudged := p.Change == string(flow.Nudge) // it comes after as long a silence as the owner chose
		if s.AtRest() || nudged || now.Sub(c.UpdatedAt) >= midThread {
			return c, nil
		}
		// A question that the shop asked by itself and that nobody has answered yet is overtaken by the next.
		if asked, err := lastAskedUnbidden(ctx, tx, c.ID); err != nil || asked {
			return c, err
		}
		return nil, ErrTalking
	}
	s := flow.New()
	if s.Language, err = lastLanguage(ctx, tx, b, number, jobID); err != nil {
		return nil, err
	}
	state, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("write the state of a new thread: %w", err)
	}
	c = &Conversation{
		ID: xid.New().String(), BusinessID: b.ID, Channel: ByText, Caller: Caller{Number: number},
		Language: language(s, b), State: state, StartedAt: now, UpdatedAt: now,
	}
	if err := tx.InsertConversation(ctx, c); err != nil {
		return nil, fmt.Errorf("open a thread with %s: %w", number, err)
	}
	return c, nil
}

// lastAskedUnbidden says whether the last that happened in a thread was a proposal: nobody had said anything before it.
func lastAskedUnbidden(ctx context.Context, tx Tx, conversationID string) (bool, error) {
	turns, err := tx.Turns(ctx, conversationID)
	if err != nil {
		return false, fmt.Errorf("read the turns of thread %s: %w", conversationID, err)
	}
	const us = "receptionist"
	n := len(turns)
	return n > 0 && turns[n-1].Who == us && (n == 1 || turns[n-2].Who == us), nil
}
