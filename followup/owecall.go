package followup

import (
	"context"
	"fmt"

	"fixly/business"
	"fixly/callbacks"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/telephony"
)

// oweCall puts a caller who was not served among the callbacks, with what is known of what they wanted. It says whether
// they are owed a call now.
func oweCall(ctx context.Context, tx Tx, b *business.Business, call *telephony.Call, phone, name string) (bool, error) {
	d := callbacks.Debt{
		Phone: phone, Source: call.ID, Kind: callbacks.Missed, At: call.EndedAt, CallID: call.ID, Line: call.Line, Name: name,
		Reason: call.Summary,
	}
	switch call.Outcome {
	case ledger.Abandoned:
		d.Kind = callbacks.Abandoned
	case ledger.Message:
		d.Kind = callbacks.MessageLeft
	}
	if phone == "" {
		return false, nil
	}
	if phone != call.From {
		d.From = call.From
	}
	recorded, err := tx.Recordings(ctx, b.ID, call.ID)
	if err != nil {
		return false, fmt.Errorf("what was recorded of call %s: %w", call.ID, err)
	}
	if len(recorded) > 0 && call.Outcome == ledger.Message {
		d.Kind = callbacks.Voicemail
	}
	if err := messaging.LockThreads(ctx, tx, b.ID, phone, call.From); err != nil {
		return false, err
	}
	served, err := servedSince(ctx, tx, b.ID, call, phone)
	if err != nil || served {
		return false, err
	}
	// Read without its lock: texts are written afterwards, and the call has ended.
	conv, err := tx.ConversationByCall(ctx, b.ID, call.ID)
	if err != nil {
		return false, fmt.Errorf("what %s wanted: %w", phone, err)
	}
	if conv != nil {
		if err := wanted(&d, conv); err != nil {
			return false, err
		}
	}
	c, _, err := callbacks.Owe(ctx, tx, b, d)
	return c != nil, err
}

// servedSince says whether the caller has been served since a call of theirs that ends only now: a server was killed in the
// middle of it, and they rang again.
func servedSince(ctx context.Context, tx Tx, businessID string, call *telephony.Call, phone string) (bool, error) {
	for _, n := range []string{phone, call.From} {
		if n == "" {
			continue
		}
		jobs, err := tx.JobsByPhone(ctx, businessID, n, call.StartedAt)
		if err != nil {
			return false, fmt.Errorf("visits of %s: %w", n, err)
		}
		for i := range jobs {
			if isStanding(&jobs[i]) && jobs[i].CreatedAt.After(call.StartedAt) {
				return true, nil
			}
		}
	}
	if call.From == "" {
		return false, nil
	}
	later, err := tx.ListCalls(ctx, businessID, telephony.CallFilter{Phone: call.From, From: call.StartedAt})
	if err != nil {
		return false, fmt.Errorf("calls of %s: %w", call.From, err)
	}
	for i := range later {
		if c := &later[i]; c.ID != call.ID && callbacks.Served(c.Outcome) != "" && !c.EndedAt.Before(call.EndedAt) {
			return true, nil
		}
	}
	return false, nil
}

// wanted takes from a conversation what its caller wanted.
func wanted(d *callbacks.Debt, conv *receptionist.Conversation) error {
	w, err := conv.Wanted()
	if err != nil {
		return err
	}
	d.Service, d.Urgency = w.Service, w.Urgency
	if d.Name == "" {
		d.Name = w.Name
	}
	if conv.Outcome == ledger.Transferred {
		d.Kind = callbacks.TransferFailed
	}
	return nil
}
