package followup

import (
	"context"
	"fmt"
	"hash/fnv"

	"github.com/riverqueue/river"

	"fixly/messaging"
)

// tellOwner texts the owner what should not wait for the summary: a complaint, a visit to which nobody came.
type tellOwner struct {
	worker[TellOwner]
	Deps
}

// Work writes the text in one transaction.
func (w *tellOwner) Work(ctx context.Context, job *river.Job[TellOwner]) error {
	a := job.Args
	callID, err := w.callOf(ctx, a.ConversationID)
	if err == nil {
		err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return w.write(ctx, tx, a, callID) })
	}
	if err != nil {
		return fmt.Errorf("followup: tell the owner about conversation %s: %w", a.ConversationID, err)
	}
	return nil
}

func (w *tellOwner) write(ctx context.Context, tx Tx, a TellOwner, callID string) error {
	b, err := tx.Business(ctx, a.BusinessID)
	if err != nil {
		return err
	}
	m := messaging.OwnerText(b)
	if m.From, err = lineOf(ctx, tx, b, callID); err != nil {
		return err
	}
	m.Kind, m.CallID, m.Reason = messaging.Alert, callID, string(messaging.OwnerAtOnce)
	m.Body = english{}.AtOnce(a.What, a.Text)
	same := fnv.New32a() // the same words once, however often the job runs
	_, _ = same.Write([]byte(a.Text))
	m.Key = fmt.Sprintf("tell_owner:%s:%s:%08x", a.ConversationID, a.What, same.Sum32())
	_, _, err = messaging.Write(ctx, tx, w.Clock.Now(), m, messaging.Known{Live: true})
	return err
}
