package store

import (
	"context"

	"fixly/followup"
	"fixly/store/internal/rows"
	"fixly/telephony"
)

// InsertRecording stores that something was recorded, once by the carrier's id of it.
func (tx *Tx) InsertRecording(ctx context.Context, r *telephony.Recording) (created bool, err error) {
	n, err := tx.q.InsertRecording(ctx, rows.InsertRecordingParams{
		ID: r.ID, BusinessID: r.BusinessID, CallID: r.CallID, Kind: string(r.Kind), At: rows.At(r.At), Seconds: int32(r.Seconds), Words: r.Words,
	})
	if err != nil {
		return false, wrap("insert recording", err)
	}
	tx.changed(r.BusinessID, CallChanged, r.CallID)
	return n == 1, nil
}

// WriteDown stores the words of a recording, once, and enqueues what is owed then (package followup).
func (tx *Tx) WriteDown(ctx context.Context, r *telephony.Recording) error {
	n, err := tx.q.SetRecordingWords(ctx, r.ID, r.BusinessID, r.Words)
	if err != nil || n == 0 {
		return wrap("write a recording down", err)
	}
	tx.changed(r.BusinessID, CallChanged, r.CallID)
	if r.Kind != telephony.Voicemail {
		return nil
	}
	return tx.Enqueue(ctx, followup.VoicemailRead{BusinessID: r.BusinessID, CallID: r.CallID, RecordingID: r.ID}, nil)
}

// Recordings lists what was recorded of a call.
func (v *View) Recordings(ctx context.Context, businessID, callID string) ([]telephony.Recording, error) {
	found, err := v.q.Recordings(ctx, businessID, callID)
	if err != nil {
		return nil, wrap("recordings", err)
	}
	out := make([]telephony.Recording, len(found))
	for i, r := range found {
		out[i] = telephony.Recording{
			ID: r.ID, BusinessID: r.BusinessID, CallID: r.CallID, Kind: telephony.RecordingKind(r.Kind), At: r.At.Time(), Seconds: int(r.Seconds), Words: r.Words,
		}
	}
	return out, nil
}
