package followup

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/messaging"
)

// alertOnCall texts everyone of the chain who is marked for emergencies, all at once, at any hour: who can go is
// theirs to settle. One alert of a kind per conversation.
type alertOnCall struct {
	worker[AlertOnCall]
	Deps
}

// Work writes the alerts in one transaction.
func (w *alertOnCall) Work(ctx context.Context, job *river.Job[AlertOnCall]) error {
	a := job.Args
	callID, err := w.callOf(ctx, a.ConversationID)
	if err == nil {
		err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return w.alert(ctx, tx, a, callID) })
	}
	if err != nil {
		return fmt.Errorf("followup: alert the people on call about conversation %s: %w", a.ConversationID, err)
	}
	return nil
}

// callOf is the call that a conversation is held in, empty for one by text. It has a transaction of its own, because
// reading a conversation locks it, and calls and threads are locked before conversations.
func (d Deps) callOf(ctx context.Context, conversationID string) (callID string, err error) {
	err = d.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		conv, err := tx.Conversation(ctx, conversationID)
		if err != nil {
			return err
		}
		callID = conv.CallID
		return nil
	})
	return callID, err
}

func (w *alertOnCall) alert(ctx context.Context, tx Tx, a AlertOnCall, callID string) error {
	b, err := tx.Business(ctx, a.BusinessID)
	if err != nil {
		return err
	}
	from, err := lineOf(ctx, tx, b, callID)
	if err != nil {
		return err
	}
	for _, p := range b.OnCall() {
		_, _, err := messaging.Write(ctx, tx, w.Clock.Now(), messaging.Message{
			BusinessID: b.ID, From: from, To: p.Phone, Body: english{}.OnCall(a.What, a.Text), Kind: messaging.Alert,
			Reason: string(messaging.OnCall), Key: "alert:" + a.ConversationID + ":" + a.What + ":" + p.Phone, CallID: callID,
		}, messaging.Known{Live: true})
		if err != nil {
			return err
		}
	}
	return nil
}

// lineOf is the number that texts about a call leave by: the one that was called, else the business's first.
func lineOf(ctx context.Context, tx Tx, b *business.Business, callID string) (string, error) {
	if callID == "" {
		return messaging.DefaultLine(b), nil
	}
	call, err := tx.Call(ctx, callID)
	if err != nil {
		return "", fmt.Errorf("read call %s: %w", callID, err)
	}
	if b.LineByNumber(call.Line) == nil {
		return messaging.DefaultLine(b), nil
	}
	return call.Line, nil
}
