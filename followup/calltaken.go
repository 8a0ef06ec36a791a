package followup

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/telephony"
)

// callTaken texts a person who took a call what is known of it, while they talk: who it is, what and where, how urgent,
// and the address at which they book it under the rules of every other booking.
type callTaken struct {
	worker[CallTaken]
	Deps
}

// card is what they are told.
type card struct {
	Shop string
	receptionist.Known
	Urgent bool
	Link   string // where to book; empty: nowhere
}

// isEmpty says whether a card tells nothing that their phone has not shown.
func (c *card) isEmpty() bool {
	return c.Link == "" && c.Name == "" && c.Service == "" && c.Problem == "" && c.Message == "" && c.Danger == "" && c.Address.IsZero()
}

// Work writes the text in one transaction.
func (w *callTaken) Work(ctx context.Context, job *river.Job[CallTaken]) error {
	if err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return w.write(ctx, tx, job.Args) }); err != nil {
		return fmt.Errorf("followup: tell who took call %s about it: %w", job.Args.CallID, err)
	}
	return nil
}

func (w *callTaken) write(ctx context.Context, tx Tx, a CallTaken) error {
	b, err := tx.Business(ctx, a.BusinessID)
	if err != nil {
		return err
	}
	call, err := tx.Call(ctx, a.CallID)
	if err != nil || call.TakenBy != a.Phone {
		return err // they were put through to nobody: the caller had hung up
	}
	c, err := w.card(ctx, tx, b, call)
	if err != nil || c.isEmpty() {
		return err
	}
	from, err := lineOf(ctx, tx, b, call.ID)
	if err != nil {
		return err
	}
	_, _, err = messaging.Write(ctx, tx, w.Clock.Now(), messaging.Message{
		BusinessID: b.ID, From: from, To: a.Phone, Body: english{}.Card(c), Kind: messaging.Alert,
		Reason: string(messaging.CallTaken), Key: "call_taken:" + call.ID + ":" + a.Phone, CallID: call.ID,
	}, messaging.Known{Live: true})
	return err
}

// card gathers what is known: from the conversation, and else from the customer on file and their last visit.
func (w *callTaken) card(ctx context.Context, tx Tx, b *business.Business, call *telephony.Call) (card, error) {
	c := card{Shop: b.Profile.Name, Known: receptionist.Known{Phone: call.From}}
	if w.TakeLink != nil {
		c.Link = w.TakeLink(b.ID, call.ID)
	}
	// Read without its lock: the thread with who took the call is locked afterwards, and threads come before conversations.
	conv, err := tx.ConversationByCall(ctx, b.ID, call.ID)
	if err != nil {
		return c, err
	}
	if conv != nil {
		if c.Known, err = receptionist.KnownOf(conv); err != nil {
			return c, err
		}
	}
	c.Urgent = c.Known.Urgent()
	if c.Phone == "" {
		return c, nil
	}
	known, err := tx.CustomerByPhone(ctx, b.ID, c.Phone)
	if err != nil {
		return c, err
	}
	if known != nil {
		c.Name = cmp.Or(c.Name, known.Name)
	}
	if !c.Address.IsZero() {
		return c, nil
	}
	jobs, err := tx.JobsByPhone(ctx, b.ID, c.Phone, time.Time{})
	if err != nil {
		return c, err
	}
	if n := len(jobs); n > 0 {
		c.Address = jobs[n-1].Address
	}
	return c, nil
}
