package followup

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/messaging"
	"fixly/receptionist"
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
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		b, err := tx.Business(ctx, a.BusinessID)
		if err != nil {
			return err
		}
		conv, err := tx.Conversation(ctx, a.ConversationID)
		if err != nil {
			return err
		}
		from, err := w.line(ctx, tx, b, conv)
		if err != nil {
			return err
		}
		for _, p := range b.OnCall() {
			_, _, err := messaging.Write(ctx, tx, w.Clock.Now(), messaging.Message{
				BusinessID: b.ID, From: from, To: p.Phone, Body: wordsFor(b).OnCall(a.What, a.Text), Kind: messaging.Alert,
				Reason: string(messaging.OnCall), Key: "alert:" + a.ConversationID + ":" + a.What + ":" + p.Phone, CallID: conv.CallID,
			}, messaging.Known{Live: true})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("followup: alert the people on call about conversation %s: %w", a.ConversationID, err)
	}
	return nil
}

// line is the number that the alert leaves by: the one that was called.
func (w *alertOnCall) line(ctx context.Context, tx Tx, b *business.Business, conv *receptionist.Conversation) (string, error) {
	if conv.CallID == "" {
		return messaging.DefaultLine(b), nil
	}
	call, err := tx.Call(ctx, conv.CallID)
	if err != nil {
		return "", fmt.Errorf("read call %s: %w", conv.CallID, err)
	}
	if b.LineByNumber(call.Line) == nil {
		return messaging.DefaultLine(b), nil
	}
	return call.Line, nil
}
