package app

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/callbacks"
	"fixly/clock"
	"fixly/followup"
	"fixly/messaging"
	"fixly/oncall"
	"fixly/ownerdesk"
	"fixly/receptionist"
	"fixly/receptionist/understanding"
	"fixly/store"
)

// texter lends the receptionist to messaging. The transaction that messaging opened is the store's, and the
// receptionist's turn becomes part of it: a text, what came of it and the answer are stored together.
type texter struct {
	r     *receptionist.Receptionist
	clock clock.Clock
}

// Converse takes a text into the conversation with its sender.
func (t texter) Converse(ctx context.Context, tx messaging.Tx, in messaging.Conversing) (messaging.Answer, error) {
	own, err := storeTx(tx)
	if err != nil {
		return messaging.Answer{}, err
	}
	reply, err := t.r.Text(ctx, own, receptionist.TextInput{BusinessID: in.BusinessID, From: in.From, Body: in.Body, Key: in.Key, Pictures: in.Pictures, Lost: in.Lost})
	if err != nil {
		return messaging.Answer{}, err
	}
	b, err := own.Business(ctx, in.BusinessID)
	if err != nil {
		return messaging.Answer{}, err
	}
	if err := callbacks.Heard(ctx, own, b, in.From, in.Body, t.clock.Now()); err != nil {
		return messaging.Answer{}, err
	}
	if !reply.End {
		if err := followup.PlanNudge(ctx, own, in.BusinessID, reply.ConversationID, t.clock.Now()); err != nil {
			return messaging.Answer{}, err
		}
	}
	return messaging.Answer{Text: reply.Text(), ForPeople: reply.ForPeople}, nil
}

// Listen lets the receptionist read along in a thread that people hold.
func (t texter) Listen(ctx context.Context, tx messaging.Tx, h messaging.Heard) error {
	own, err := storeTx(tx)
	if err != nil {
		return err
	}
	if !h.Person {
		b, err := own.Business(ctx, h.BusinessID)
		if err != nil {
			return err
		}
		if err := callbacks.Heard(ctx, own, b, h.Number, h.Body, t.clock.Now()); err != nil {
			return err
		}
	}
	return t.r.Listen(ctx, own, receptionist.Heard{BusinessID: h.BusinessID, Number: h.Number, Body: h.Body, Person: h.Person, Relayed: h.Relayed})
}

// ExpectsVisit says whether a visit to someone with this number lies ahead.
func (t texter) ExpectsVisit(ctx context.Context, tx messaging.Tx, businessID, number string) (bool, error) {
	own, err := storeTx(tx)
	if err != nil {
		return false, err
	}
	jobs, err := own.JobsByPhone(ctx, businessID, number, t.clock.Now())
	if err != nil {
		return false, err
	}
	for i := range jobs {
		if jobs[i].Live() {
			return true, nil
		}
	}
	return false, nil
}

// propose puts a change of a visit into the thread of texts with its customer.
func (t texter) propose(ctx context.Context, tx followup.Tx, p receptionist.Proposal) (receptionist.Reply, error) {
	own, err := storeTx(tx)
	if err != nil {
		return receptionist.Reply{}, err
	}
	return t.r.Propose(ctx, own, p)
}

// talking says whether somebody is in conversation with us.
func (t texter) talking(ctx context.Context, tx followup.Tx, businessID, number string) (bool, error) {
	own, err := storeTx(tx)
	if err != nil {
		return false, err
	}
	return t.r.Talking(ctx, own, businessID, number)
}

// understands lends the receptionist's understanding, outside of any conversation.
func understands(r *receptionist.Receptionist) func(*business.Business, string, understanding.Asked, time.Time) understanding.Understanding {
	return func(b *business.Business, text string, asked understanding.Asked, now time.Time) understanding.Understanding {
		return r.Engine(b).Understand(text, understanding.Context{Asked: asked, Now: now, Channel: string(receptionist.ByText)})
	}
}

// owner is the desk that takes what the owner and his people text.
type owner struct{ desk *ownerdesk.Desk }

func (o owner) Concerns(ctx context.Context, tx messaging.Tx, b *business.Business, t messaging.StaffText) ([]string, error) {
	own, err := storeTx(tx)
	if err != nil {
		return nil, err
	}
	return o.desk.Concerns(ctx, own, b, t)
}

func (o owner) Answer(ctx context.Context, tx messaging.Tx, b *business.Business, t messaging.StaffText) (reply string, ok bool, err error) {
	own, err := storeTx(tx)
	if err != nil {
		return "", false, err
	}
	return o.desk.Answer(ctx, own, b, t)
}

// crew lends the desks that people of the shop answer to messaging.
type crew struct {
	desk  *oncall.Desk
	calls *callbacks.Desk
}

// Answer takes a text from somebody who was paged as an answer to it, or else as a word about a call that is owed.
func (c crew) Answer(ctx context.Context, tx messaging.Tx, b *business.Business, from, body string) (reply string, ok bool, err error) {
	own, err := storeTx(tx)
	if err != nil {
		return "", false, err
	}
	if reply, ok, err = c.desk.Answer(ctx, own, b, from, body); ok || err != nil {
		return reply, ok, err
	}
	return c.calls.Answer(ctx, own, b, from, body)
}

func storeTx(tx any) (*store.Tx, error) {
	own, ok := tx.(*store.Tx)
	if !ok {
		return nil, fmt.Errorf("app: a text or a call came in a transaction of %T, not of the store", tx)
	}
	return own, nil
}
