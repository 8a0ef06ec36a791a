package followup_test

import (
	"context"
	"strings"
	"testing"

	"fixly/ledger"
	"fixly/receptionist"
	"fixly/store"
)

// TestAPromiseIsKept: a message that Dana is to answer reaches her and the owner, and the call is owed to the number that
// was given, also by who withheld theirs.
func TestAPromiseIsKept(t *testing.T) {
	each(t, func(d *desk) {
		c := d.call("CA1", "", ledger.Message, ledger.ByReceptionist, "Message: charged twice", "")
		err := d.db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			conv := &receptionist.Conversation{
				BusinessID: d.shop.ID, Channel: receptionist.ByCall, CallID: c.ID, StartedAt: d.clock.Now(), UpdatedAt: d.clock.Now(),
				State: []byte(`{"message_for":"Dana","message":"charged twice","details":{"phone":"+13125550177"}}`),
			}
			if err := tx.InsertConversation(ctx, conv); err != nil {
				return err
			}
			c.ConversationID = conv.ID
			return tx.UpdateCall(ctx, &c)
		})
		if err != nil {
			t.Fatal(err)
		}
		d.ended(c)
		owed, err := d.db.Callbacks(t.Context(), d.shop.ID)
		if err != nil || len(owed) != 1 || owed[0].Phone != "+13125550177" {
			t.Errorf("owed %+v, %v", owed, err)
		}
		var told []string
		for _, m := range d.messages() {
			told = append(told, m.To)
			if !strings.Contains(m.Body, "charged twice") {
				t.Errorf("%s is told %q", m.To, m.Body)
			}
		}
		if strings.Join(told, " ") != owner+" "+dana && strings.Join(told, " ") != dana+" "+owner {
			t.Errorf("told %v", told)
		}
	})
}
