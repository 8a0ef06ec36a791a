package replay

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/ledger"
	"fixly/receptionist"
	"fixly/receptionist/memory"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// Line is a turn: what the caller said or did, and what the receptionist answered to it.
type Line struct {
	Caller string `json:"caller"` // empty: the greeting
	Reply  string `json:"reply"`
	Reason string `json:"reason"` // of the reply, see flow.Reason
}

// Run is how a conversation went.
type Run struct {
	Outcome ledger.Outcome `json:"outcome"` // empty: nothing came of it
	// Service, Urgency and StartsAt are of the job that was booked, moved or cancelled; zero where there is none.
	Service  string    `json:"service,omitempty"`
	Urgency  string    `json:"urgency,omitempty"`
	StartsAt time.Time `json:"starts_at,omitzero"`
	Lines    []Line    `json:"lines"`
}

// AsHeld is how a conversation went when it was held.
func AsHeld(o *Original) Run {
	r := Run{Outcome: o.Outcome}
	r.about(o.Job)
	caller := ""
	for i := range o.Turns {
		switch t := &o.Turns[i]; t.Who {
		case "caller", "carrier":
			caller = t.Text
		case "receptionist":
			r.Lines = append(r.Lines, Line{caller, t.Text, t.Reason})
			caller = ""
		}
	}
	return r
}

// about notes the job that came of it.
func (r *Run) about(j *scheduling.Job) {
	if j != nil {
		r.Service, r.Urgency, r.StartsAt = j.Service, string(j.Urgency), j.Slot.Start
	}
}

// Player holds conversations again with one business. It is safe for concurrent use.
type Player struct {
	business *business.Business
	engine   receptionist.Understander
}

// NewPlayer makes a player for a business, whose words it compiles, once.
func NewPlayer(b *business.Business) *Player {
	return &Player{business: b, engine: understanding.NewEngine(b)}
}

// Play holds a conversation again: the caller's words at the times at which they were spoken, on the calendar as it was.
func (p *Player) Play(ctx context.Context, o *Original) (Run, error) {
	inputs := o.inputs()
	if len(inputs) == 0 {
		return Run{}, nil
	}
	mem := memory.New(p.business)
	for _, j := range o.Calendar {
		if j.Status == scheduling.StatusCancelled {
			j.Status = scheduling.StatusBooked // it was cancelled since
		}
		mem.AddJob(j)
	}
	now := clock.NewManual(o.StartedAt)
	desk := receptionist.New(receptionist.Options{
		Storage: mem, Clock: now, Compile: func(*business.Business) receptionist.Understander { return p.engine },
	})
	r := Run{}
	id := ""
	if o.Channel == receptionist.ByCall {
		greeting, err := desk.Start(ctx, receptionist.StartInput{BusinessID: p.business.ID, CallID: o.CallID, Caller: o.Caller})
		if err != nil {
			return r, fmt.Errorf("replay: conversation %s: %w", o.ID, err)
		}
		id = greeting.ConversationID
		r.Lines = append(r.Lines, Line{Reply: greeting.Text(), Reason: greeting.Reason})
	}
	for _, in := range inputs {
		if d := in.at.Sub(now.Now()); d > 0 {
			now.Advance(d)
		}
		var reply receptionist.Reply
		var err error
		if o.Channel == receptionist.ByCall {
			reply, err = desk.Turn(ctx, id, in.Input)
		} else {
			err = mem.InTx(ctx, func(ctx context.Context, tx receptionist.Tx) (err error) {
				reply, err = desk.Text(ctx, tx, receptionist.TextInput{BusinessID: p.business.ID, From: o.Caller.Number, Body: in.Text})
				return err
			})
		}
		if err != nil {
			return r, fmt.Errorf("replay: conversation %s: %w", o.ID, err)
		}
		said := in.Text
		if said == "" {
			said = string(in.Kind)
		}
		r.Lines = append(r.Lines, Line{said, reply.Text(), reply.Reason})
		if reply.End {
			break
		}
	}
	r.came(mem)
	return r, nil
}

// came notes what came of the conversation that was held on a storage.
func (r *Run) came(mem *memory.Storage) {
	all := mem.Conversations()
	if len(all) == 0 {
		return
	}
	last := all[len(all)-1]
	r.Outcome = last.Outcome
	for _, j := range mem.Jobs() {
		if j.ID == last.JobID {
			r.about(&j)
		}
	}
}
