package followup

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/messaging"
	"fixly/oncall"
)

// alertOnCall begins to page the people on call, at any hour, see package oncall. One page of a kind per conversation.
type alertOnCall struct {
	worker[AlertOnCall]
	Deps
}

// Work opens the page, with its first texts, in one transaction.
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
	from = w.callingLine(b, from)
	return oncall.Begin(ctx, tx, w.Clock.Now(), oncall.Emergency{
		BusinessID: b.ID, ConversationID: a.ConversationID, CallID: callID, Line: from, What: a.What, Text: a.Text,
	})
}

// callingLine is the line that people are paged by: the one that an emergency came in by, but where its carrier places no
// calls the first line whose carrier does, since a text alone wakes nobody.
func (d Deps) callingLine(b *business.Business, number string) string {
	if _, err := d.placer(b, number); err == nil {
		return number
	}
	for _, l := range b.Lines {
		if _, err := d.Placers(l); err == nil {
			return l.Number
		}
	}
	return number
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
