package followup

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"fixly/ledger"
	"fixly/receptionist"
	"fixly/telephony"
)

// closeStale ends what went quiet without the carrier saying so, because this server was down when it did: then the
// callers still get their text-back and the owner the summary.
type closeStale struct {
	worker[CloseStale]
	Deps
}

const (
	// quietCall is how long the receptionist's call may be without a turn. A caller who says nothing is asked and
	// then taken leave of within a minute or two.
	quietCall = 5 * time.Minute
	// longestCall is the longest call that carriers keep up; a call that a person took has no turns in it.
	longestCall = 4 * time.Hour
	// longestCold is how long a phone that was rung may go without word of what came of it. Somebody who is put through
	// without being asked talks all that time.
	longestCold = 45 * time.Minute
	// quietThread is how long a conversation by text is kept open: the times offered in it have passed by then.
	quietThread = 24 * time.Hour
)

// Work ends each in a transaction of its own, so that one that can't be ended doesn't keep the others.
func (w *closeStale) Work(ctx context.Context, _ *river.Job[CloseStale]) error {
	var calls []telephony.Call
	var threads []receptionist.Conversation
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		now := w.Clock.Now()
		if calls, err = tx.StaleCalls(ctx, now.Add(-quietCall)); err != nil {
			return err
		}
		threads, err = tx.StaleThreads(ctx, now.Add(-quietThread))
		return err
	})
	if err != nil {
		return fmt.Errorf("followup: look for calls and threads gone quiet: %w", err)
	}
	for i := range calls {
		if err := w.endCall(ctx, calls[i].ID); err != nil {
			w.Log.ErrorContext(ctx, "call gone quiet not ended", "call", calls[i].ID, "error", err)
		}
	}
	for i := range threads {
		if err := w.endThread(ctx, threads[i].ID); err != nil {
			w.Log.ErrorContext(ctx, "thread gone quiet not ended", "conversation", threads[i].ID, "error", err)
		}
	}
	return nil
}

// endCall ends a call at its last sign of life.
func (w *closeStale) endCall(ctx context.Context, id string) error {
	return w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		call, err := tx.Call(ctx, id)
		if err != nil {
			return err
		}
		last := call.StartedAt
		if call.ConversationID != "" {
			conv, err := tx.Conversation(ctx, call.ConversationID)
			if err != nil {
				return err
			}
			last = conv.UpdatedAt
		}
		rings, err := tx.Rings(ctx, call.BusinessID, call.ID)
		if err != nil {
			return fmt.Errorf("who was rung for call %s: %w", id, err)
		}
		patience := quietCall
		for i := range rings {
			last = latest(last, rings[i].At, rings[i].SettledAt)
			patience = max(patience, mayGoOn(&rings[i]))
		}
		if call.HandledBy == ledger.ByPerson {
			patience = longestCall
		}
		if w.Clock.Now().Sub(last) < patience {
			return nil // it said something meanwhile, or people are talking
		}
		w.Log.InfoContext(ctx, "call ended, gone quiet", "call", id, "last", last)
		return telephony.End(ctx, tx, call, last)
	})
}

// mayGoOn is how long a call may go on, without a word to us, after a phone was rung for it.
func mayGoOn(r *telephony.Ring) time.Duration {
	switch {
	case r.Result == telephony.PickedUp, r.Result == telephony.Taken:
		return longestCall
	case r.SettledAt.IsZero():
		return longestCold
	}
	return 0
}

// latest is the latest of some instants.
func latest(of ...time.Time) time.Time {
	return slices.MaxFunc(of, time.Time.Compare)
}

func (w *closeStale) endThread(ctx context.Context, id string) error {
	return w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		conv, err := tx.Conversation(ctx, id)
		if err != nil {
			return err
		}
		now := w.Clock.Now()
		if !conv.EndedAt.IsZero() || now.Sub(conv.UpdatedAt) < quietThread {
			return nil
		}
		conv.EndedAt = now
		if err := tx.UpdateConversation(ctx, conv); err != nil {
			return err
		}
		b, err := tx.Business(ctx, conv.BusinessID)
		if err != nil {
			return err
		}
		return planThreadLead(ctx, tx, b, conv, now)
	})
}
