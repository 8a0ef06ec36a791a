package telephony

import (
	"context"
	"fmt"
	"time"

	"fixly/ledger"
	"fixly/receptionist"
)

// Finish ends a call at an instant and decides its outcome, the one place that does. conv is the receptionist's
// conversation in it, nil when there was none. It says whether it ended the call; one that had ended before is
// left as it is, so carriers may report the end as often as they like and in any order.
//
// What a conversation came to outlasts everything: a caller who booked and then was put through has booked. A
// person who took the call makes it transferred. A conversation that came to nothing is abandoned, a call that
// nobody and nothing answered is missed.
func Finish(c *Call, conv *receptionist.Conversation, at time.Time) bool {
	if !c.EndedAt.IsZero() {
		return false
	}
	c.EndedAt = at
	if c.HandledBy == "" {
		c.HandledBy = ledger.ByNobody
	}
	var came ledger.Outcome
	if conv != nil {
		if conv.EndedAt.IsZero() {
			conv.EndedAt = at
		}
		if c.HandledBy == ledger.ByNobody {
			c.HandledBy = ledger.ByReceptionist
		}
		came = conv.Outcome
		if c.Outcome == ledger.Message && came == "" && conv.Summary != "" {
			c.Summary += " · " + conv.Summary // a voicemail, after what was said
		} else if c.Outcome != ledger.Message || came != "" {
			c.Summary = conv.Summary
		}
		if conv.JobID != "" {
			c.JobID = conv.JobID
		}
	}
	switch {
	case c.Outcome == ledger.Spam, c.Outcome == ledger.Booked: // a blocked caller; booked by who took the call
	case came == ledger.Booked, came == ledger.Rescheduled, came == ledger.Cancelled:
		c.Outcome = came
	case c.HandledBy == ledger.ByPerson:
		c.Outcome = ledger.Transferred
	case c.Outcome == ledger.Message: // a voicemail
	case came != "" && came != ledger.Transferred:
		c.Outcome = came
	case c.HandledBy == ledger.ByReceptionist:
		c.Outcome = ledger.Abandoned
	default:
		c.Outcome = ledger.Missed
	}
	return true
}

// End finishes a call in a transaction, with its conversation, and enqueues what is owed after it.
func End(ctx context.Context, tx Tx, c *Call, at time.Time) error {
	var conv *receptionist.Conversation
	if c.ConversationID != "" {
		var err error
		if conv, err = tx.Conversation(ctx, c.ConversationID); err != nil {
			return fmt.Errorf("end call %s: %w", c.ID, err)
		}
	}
	if !Finish(c, conv, at) {
		return nil
	}
	if conv != nil {
		if err := tx.UpdateConversation(ctx, conv); err != nil {
			return fmt.Errorf("end call %s: %w", c.ID, err)
		}
	}
	if err := tx.UpdateCall(ctx, c); err != nil {
		return fmt.Errorf("end call %s: %w", c.ID, err)
	}
	if err := tx.CallEnded(ctx, c); err != nil {
		return fmt.Errorf("end call %s: %w", c.ID, err)
	}
	return nil
}
