package receptionist

import (
	"context"
	"fmt"

	"fixly/consent"
	"fixly/receptionist/flow"
)

// optOut reads what the words of a call take back: calls, texts or both. What is written is read before it comes here
// (package messaging).
func optOut(c *Conversation, in Input) consent.Revocation {
	if c.Channel != ByCall || in.Kind != Words {
		return consent.Revocation{}
	}
	return consent.Revokes(in.Text, true)
}

// noteOptOut enters into the ledger that the caller wants no more calls or texts, once for each in a conversation.
func (r *Receptionist) noteOptOut(ctx context.Context, tx Tx, c *Conversation, e flow.Effect) error {
	for _, w := range []struct {
		wanted  bool
		channel consent.Channel
	}{{e.OptOut.Calls, consent.Call}, {e.OptOut.Texts, consent.Text}} {
		if !w.wanted {
			continue
		}
		_, err := tx.AddConsent(ctx, &consent.Entry{
			BusinessID: c.BusinessID, Address: e.Phone, Channel: w.channel, Act: consent.Withdrawn, How: consent.SaidInCall,
			Words: e.Text, Language: e.OptOut.Language, Source: c.CallID, Key: "said:" + c.ID + ":" + string(w.channel), At: r.clock.Now(),
		})
		if err != nil {
			return fmt.Errorf("note that %s wants no more by %s: %w", e.Phone, w.channel, err)
		}
	}
	return nil
}
