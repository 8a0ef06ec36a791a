package followup_test

import (
	"context"
	"testing"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/followup"
	"fixly/ledger"
	"fixly/store"
	"fixly/telephony"
)

// TestAVoicemailNeedsNoListening: at the end of the call the owner is told who is owed a call, and later what was said.
func TestAVoicemailNeedsNoListening(t *testing.T) {
	each(t, func(d *desk) {
		c := d.call("CA1", customer, ledger.Message, ledger.ByNobody, "Voicemail, 23 seconds", "")
		err := d.db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
			r := telephony.Recording{ID: "RE1", BusinessID: d.shop.ID, CallID: c.ID, Kind: telephony.Voicemail, At: d.clock.Now(), Seconds: 23}
			if _, err := tx.InsertRecording(ctx, &r); err != nil {
				return err
			}
			r.Words = "my furnace is out"
			return tx.WriteDown(ctx, &r)
		})
		if err != nil {
			t.Fatal(err)
		}
		d.ended(c)
		owed, err := d.db.Callbacks(t.Context(), d.shop.ID)
		if err != nil || len(owed) != 1 || owed[0].Phone != customer {
			t.Errorf("owed %+v, %v", owed, err)
		}
		for range 2 {
			job := &river.Job[followup.VoicemailRead]{JobRow: &rivertype.JobRow{}, Args: followup.VoicemailRead{BusinessID: d.shop.ID, CallID: c.ID, RecordingID: "RE1"}}
			if err := followup.WorkerVoicemailRead(d.deps).Work(t.Context(), job); err != nil {
				t.Fatal(err)
			}
		}
		d.want(d.texts(),
			"summary queued >0101 call_ended: Message from (312) 555-0142: Voicemail, 23 seconds. Owed a call.",
			`summary queued >0101 voicemail: Voicemail from (312) 555-0142: "my furnace is out"`)
	})
}
