package followup

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"fixly/messaging"
	"fixly/telephony"
)

// voicemailRead texts the owner what was said in a voicemail. Who called, when, and that they are owed a call he was told
// at the end of the call already: nothing waits for these words.
type voicemailRead struct {
	worker[VoicemailRead]
	Deps
}

// Work writes the text in one transaction.
func (w *voicemailRead) Work(ctx context.Context, job *river.Job[VoicemailRead]) error {
	if err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return w.write(ctx, tx, job.Args) }); err != nil {
		return fmt.Errorf("followup: tell the owner of voicemail %s: %w", job.Args.RecordingID, err)
	}
	return nil
}

func (w *voicemailRead) write(ctx context.Context, tx Tx, a VoicemailRead) error {
	b, err := tx.Business(ctx, a.BusinessID)
	if err != nil {
		return err
	}
	call, err := tx.Call(ctx, a.CallID)
	if err != nil {
		return err
	}
	recordings, err := tx.Recordings(ctx, a.BusinessID, a.CallID)
	if err != nil {
		return err
	}
	said := ""
	for _, r := range recordings {
		if r.ID == a.RecordingID && r.Kind == telephony.Voicemail {
			said = r.Words
		}
	}
	if said == "" {
		return nil
	}
	name := ""
	if call.From != "" {
		known, err := tx.CustomerByPhone(ctx, b.ID, call.From)
		if err != nil {
			return err
		}
		if known != nil {
			name = known.Name
		}
	}
	m := messaging.OwnerText(b)
	m.From, m.CallID = call.Line, call.ID
	m.Body, m.Key, m.Reason = english{}.Voicemail(name, call.From, said), "voicemail:"+a.RecordingID, string(messaging.VoicemailLeft)
	_, _, err = messaging.Write(ctx, tx, w.Clock.Now(), m, messaging.Known{})
	return err
}
