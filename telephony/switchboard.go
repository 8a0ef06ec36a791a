package telephony

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fixly/business"
	"fixly/clock"
)

// CallingStorage runs functions in transactions. A function may run more than once, so it must have no effect outside
// its transaction.
type CallingStorage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx CallingTx) error) error
}

// CallingTx is what calls of ours need of one transaction.
type CallingTx interface {
	Business(ctx context.Context, id string) (*business.Business, error)
	// InsertOutgoing stores a call that is to be placed, and enqueues followup.PlaceCall with it. When one with the same
	// Key exists already it is read into c instead and created is false.
	InsertOutgoing(ctx context.Context, c *Outgoing) (created bool, err error)
	// Outgoing reads a call of ours and locks it until the transaction ends; ErrNoOutgoing when there is none. It is locked
	// before anything that a script locks.
	Outgoing(ctx context.Context, businessID, id string) (*Outgoing, error)
	// OutgoingByCarrierID finds one by the carrier's id; nil when there is none. Until the transaction ends no other gives
	// that id to a call. It is locked before the calls are.
	OutgoingByCarrierID(ctx context.Context, carrierID string) (*Outgoing, error)
	UpdateOutgoing(ctx context.Context, c *Outgoing) error
	// OutgoingInDoubt lists the calls from a line to a number that are handed to the carrier and not yet known to be placed,
	// in the order in which they were written.
	OutgoingInDoubt(ctx context.Context, line, to string) ([]Outgoing, error)
	// PlaceOutgoing enqueues followup.PlaceCall once more, for a call that is in doubt again.
	PlaceOutgoing(ctx context.Context, businessID, id string) error
	// DropOutgoing enqueues followup.HangUpCall: a call that is not wanted any more is hung up, or not placed.
	DropOutgoing(ctx context.Context, businessID, id string) error
	// OutgoingPlaced enqueues looking at the carrier, at an instant, whether the call is over: reports can get lost.
	OutgoingPlaced(ctx context.Context, c *Outgoing, look time.Time) error
}

// Switchboard runs the calls that we place, for every carrier: a carrier's webhooks tell it what happened on a call, and
// it gives what to do next.
type Switchboard struct {
	Storage CallingStorage
	Scripts map[Purpose]Script
	Clock   clock.Clock
}

// Ref names a call of ours as a carrier's webhook does.
type Ref struct {
	BusinessID string
	ID         string
	CarrierID  string
	To         string // E.164, whom the carrier says it called; empty: it doesn't say
}

// Reply is what to do on a call. Turn goes with the question that follows it.
type Reply struct {
	Steps []Step
	Turn  int
}

// hungUp ends a call that is not, or no longer, ours.
var hungUp = Reply{Steps: []Step{HangUp()}}

// Answered notes that a call was picked up.
func (s *Switchboard) Answered(ctx context.Context, r Ref, by AnsweredBy) (Reply, error) {
	return s.turn(ctx, r, 1, func(ctx context.Context, tx CallingTx, c *Outgoing, script Script) ([]Step, error) {
		c.State, c.AnsweredBy, c.AnsweredAt = CallAnswered, by, s.Clock.Now()
		return script.Answered(ctx, tx, c)
	})
}

// Pressed notes keys, or that none came. turn is the Turn of the reply that asked for them.
func (s *Switchboard) Pressed(ctx context.Context, r Ref, turn int, keys string) (Reply, error) {
	return s.turn(ctx, r, turn+1, func(ctx context.Context, tx CallingTx, c *Outgoing, script Script) ([]Step, error) {
		c.Keys = keys
		return script.Pressed(ctx, tx, c, keys)
	})
}

// Dialled notes how the other leg ended. turn is the Turn of the reply that dialled it.
func (s *Switchboard) Dialled(ctx context.Context, r Ref, turn int, d Dialled) (Reply, error) {
	return s.turn(ctx, r, turn+1, func(ctx context.Context, tx CallingTx, c *Outgoing, script Script) ([]Step, error) {
		for _, step := range c.Reply { // a webhook need not say whom it dialled
			if step.Do == DoDial {
				d.To = step.To
			}
		}
		return script.Dialled(ctx, tx, c, d)
	})
}

// turn answers the nth question how to go on with a call: one that was answered before as it was then.
func (s *Switchboard) turn(ctx context.Context, r Ref, n int, f func(context.Context, CallingTx, *Outgoing, Script) ([]Step, error)) (reply Reply, err error) {
	err = s.Storage.InTx(ctx, func(ctx context.Context, tx CallingTx) error {
		reply = hungUp
		c, script, err := s.known(ctx, tx, r)
		if err != nil || c == nil {
			return err
		}
		switch {
		case n == c.Turn:
			reply = Reply{c.Reply, c.Turn}
			return nil
		case n != c.Turn+1 || c.Ended():
			return nil
		}
		steps, err := f(ctx, tx, c, script)
		if err != nil {
			return err
		}
		c.Turn, c.Reply = n, steps
		reply = Reply{steps, n}
		return tx.UpdateOutgoing(ctx, c)
	})
	if err != nil {
		return hungUp, fmt.Errorf("telephony: go on with call %s: %w", r.ID, err)
	}
	return reply, nil
}

// known reads the call that a webhook is about, with its script; no call when it is none of ours, or when it is one that
// the carrier has placed besides.
func (s *Switchboard) known(ctx context.Context, tx CallingTx, r Ref) (*Outgoing, Script, error) {
	if r.CarrierID == "" {
		return nil, nil, nil
	}
	c, err := s.Named(ctx, tx, r)
	if errors.Is(err, ErrNoOutgoing) || err == nil && c == nil {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	script, ok := s.Scripts[c.Purpose]
	if !ok {
		return nil, nil, fmt.Errorf("nobody knows what calls of purpose %q are for", c.Purpose)
	}
	return c, script, nil
}

// lookAfter is how long after a call has stopped ringing its carrier is asked whether it is over.
const lookAfter = 2 * time.Minute

// Placed notes that the carrier has placed a call; a webhook may say so before the carrier's answer does.
func (s *Switchboard) Placed(ctx context.Context, r Ref) error {
	err := s.Storage.InTx(ctx, func(ctx context.Context, tx CallingTx) error {
		_, _, err := s.known(ctx, tx, r)
		return err
	})
	if err != nil {
		return fmt.Errorf("telephony: note that call %s is placed: %w", r.ID, err)
	}
	return nil
}

// Ended notes how a call ended, once.
func (s *Switchboard) Ended(ctx context.Context, r Ref, how State) error {
	err := s.Storage.InTx(ctx, func(ctx context.Context, tx CallingTx) error {
		c, _, err := s.known(ctx, tx, r)
		if err != nil || c == nil {
			return err
		}
		return s.End(ctx, tx, c, how)
	})
	if err != nil {
		return fmt.Errorf("telephony: note the end of call %s: %w", r.ID, err)
	}
	return nil
}

// End ends a call that the transaction has locked; one that has ended stays as it is.
func (s *Switchboard) End(ctx context.Context, tx CallingTx, c *Outgoing, how State) error {
	if c.Ended() {
		return nil
	}
	script, ok := s.Scripts[c.Purpose]
	if !ok {
		return fmt.Errorf("nobody knows what calls of purpose %q are for", c.Purpose)
	}
	c.State, c.EndedAt, c.ClaimedAt, c.RetryAt = how, s.Clock.Now(), time.Time{}, time.Time{}
	if err := tx.UpdateOutgoing(ctx, c); err != nil {
		return err
	}
	return script.Ended(ctx, tx, c)
}
