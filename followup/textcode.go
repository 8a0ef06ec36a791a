package followup

import (
	"context"
	"fmt"
	"strconv"

	"github.com/riverqueue/river"

	"fixly/messaging"
)

// textCode texts a code to the number of a booking, at any hour: somebody is on the phone waiting for it. How many
// codes a number gets is one of messaging's rules.
type textCode struct {
	worker[TextCode]
	Deps
}

// Work writes the text in one transaction.
func (w *textCode) Work(ctx context.Context, job *river.Job[TextCode]) error {
	a := job.Args
	callID, err := w.callOf(ctx, a.ConversationID)
	if err == nil {
		err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return w.write(ctx, tx, a, callID) })
	}
	if err != nil {
		return fmt.Errorf("followup: text a code of conversation %s: %w", a.ConversationID, err)
	}
	return nil
}

func (w *textCode) write(ctx context.Context, tx Tx, a TextCode, callID string) error {
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
		BusinessID: b.ID, From: from, To: a.Phone, Kind: messaging.Code, CallID: callID, Reason: string(messaging.ProveBooking),
		Body: words.Code(w.Codes.Of(a.ConversationID, a.Phone, a.N), b.Profile.Name),
		Key:  "code:" + a.ConversationID + ":" + strconv.Itoa(a.N),
	}, messaging.Known{Live: true})
	return err
}
