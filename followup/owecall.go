package followup

import (
	"context"
	"fmt"

	"fixly/business"
	"fixly/callbacks"
	"fixly/ledger"
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
	recorded, err := tx.Recordings(ctx, b.ID, call.ID)
	if err != nil {
		return false, fmt.Errorf("what was recorded of call %s: %w", call.ID, err)
	}
	if len(recorded) > 0 && call.Outcome == ledger.Message {
		d.Kind = callbacks.Voicemail
	}
	if err := tx.LockThread(ctx, b.ID, phone); err != nil {
		return false, fmt.Errorf("lock the thread with %s: %w", phone, err)
	}
	if call.ConversationID != "" {
		conv, err := tx.Conversation(ctx, call.ConversationID)
		if err != nil {
			return false, fmt.Errorf("what %s wanted: %w", phone, err)
		}
		if err := wanted(&d, conv); err != nil {
			return false, err
		}
	}
	c, _, err := callbacks.Owe(ctx, tx, b, d)
	return c != nil, err
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
