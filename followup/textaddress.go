package followup

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"fixly/messaging"
)

// textAddress asks a caller for the address of the visit, at any hour: they were just told that the text comes. The
// answer opens a thread that takes up the call (receptionist/flow/takeup.go). One such text per conversation.
type textAddress struct {
	worker[TextAddress]
	Deps
}

// Work writes the text in one transaction.
func (w *textAddress) Work(ctx context.Context, job *river.Job[TextAddress]) error {
	a := job.Args
	callID, err := w.callOf(ctx, a.ConversationID)
	if err == nil {
		err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return w.write(ctx, tx, a, callID) })
	}
	if err != nil {
		return fmt.Errorf("followup: ask for the address of conversation %s: %w", a.ConversationID, err)
	}
	return nil
}

func (w *textAddress) write(ctx context.Context, tx Tx, a TextAddress, callID string) error {
	b, err := tx.Business(ctx, a.BusinessID)
	if err != nil {
		return err
	}
	from, err := lineOf(ctx, tx, b, callID)
	if err != nil {
		return err
	}
	words, _, err := wordsFor(ctx, tx, b, a.Phone, "")
	if err != nil {
		return err
	}
	_, _, err = messaging.Write(ctx, tx, w.Clock.Now(), messaging.Message{
		BusinessID: b.ID, From: from, To: a.Phone, Kind: messaging.Talk, CallID: callID, Reason: string(messaging.AddressAsked),
		Body: words.AskAddress(b.Profile.Name), Key: "address:" + a.ConversationID,
	}, messaging.Known{Live: true})
	return err
}
