package followup_test

import (
	"context"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/followup"
	"fixly/ledger"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store"
	"fixly/telephony"
)

// takes has somebody take a call, and runs CallTaken twice.
func (d *desk) takes(c telephony.Call, phone string) {
	d.t.Helper()
	for range 2 {
		job := &river.Job[followup.CallTaken]{JobRow: &rivertype.JobRow{}, Args: followup.CallTaken{BusinessID: d.shop.ID, CallID: c.ID, Phone: phone}}
		if err := followup.WorkerCallTaken(d.deps).Work(d.t.Context(), job); err != nil {
			d.t.Fatal(err)
		}
	}
}

// taken is a call that somebody took out of a conversation in some state.
func (d *desk) taken(phone, state string) telephony.Call {
	d.t.Helper()
	c := d.call("CA1", customer, ledger.Transferred, ledger.ByPerson, "", "")
	err := d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		c.TakenBy = phone
		if state != "" {
			conv := &receptionist.Conversation{
				BusinessID: d.shop.ID, Channel: receptionist.ByCall, CallID: c.ID, Caller: receptionist.Caller{Number: customer},
				State: []byte(state), StartedAt: d.clock.Now(), UpdatedAt: d.clock.Now(),
			}
			if err := tx.InsertConversation(ctx, conv); err != nil {
				return err
			}
			c.ConversationID = conv.ID
		}
		return tx.UpdateCall(ctx, &c)
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

// TestWhoTakesACallIsToldWhatIsKnown: once, at any hour.
func TestWhoTakesACallIsToldWhatIsKnown(t *testing.T) {
	each(t, func(d *desk) {
		d.deps.TakeLink = func(string, string) string { return "https://shop.example/take/abc" }
		d.clock.Advance(12 * time.Hour)
		c := d.taken(dana, `{"details":{"service":"Leak repair","problem":"the pipe under the sink burst","urgency":"emergency","name":"Jane Doe",
			"address":{"line1":"1842 North Damen Avenue","city":"Chicago","state":"IL","zip":"60647"}}}`)
		d.takes(c, dana)
		d.want(d.texts(), "alert queued >0102 call_taken: EMERGENCY, your call for Mike's Plumbing & Heating: Jane Doe (312) 555-0142. "+
			"Leak repair: the pipe under the sink burst. 1842 North Damen Avenue 60647. Book it: https://shop.example/take/abc")
	})
}

// TestWhoTakesACallIsToldWhoIsOnFile: where nothing was said yet, what earlier visits tell.
func TestWhoTakesACallIsToldWhoIsOnFile(t *testing.T) {
	each(t, func(d *desk) {
		j := d.book(scheduling.FromCall, nil)
		d.takes(d.taken(owner, ""), owner)
		d.want(d.texts(), "alert queued >0101 call_taken: Your call for Mike's Plumbing & Heating: Karen Whitfield (312) 555-0142. "+
			j.Address.Line1+" "+j.Address.ZIP+".")
	})
}

// TestACardThatTellsNothingIsNotSent: a stranger's number their phone has shown already.
func TestACardThatTellsNothingIsNotSent(t *testing.T) {
	each(t, func(d *desk) {
		d.takes(d.taken(dana, ""), dana)
		d.want(d.texts())
	})
}

// TestWhoWasPutThroughToNobodyIsToldNothing: they pressed 1, but the caller had hung up.
func TestWhoWasPutThroughToNobodyIsToldNothing(t *testing.T) {
	each(t, func(d *desk) {
		d.takes(d.taken("", ""), dana)
		d.want(d.texts())
	})
}
