package store

import (
	"context"
	"time"

	"fixly/consent"
	"fixly/followup"
	"fixly/receptionist"
	"fixly/recording"
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

// RecordingOver stores how long a recording has become, in seconds.
func (tx *Tx) RecordingOver(ctx context.Context, r *telephony.Recording) error {
	if err := tx.q.SetRecordingSeconds(ctx, r.ID, r.BusinessID, int32(r.Seconds)); err != nil {
		return wrap("a recording is over", err)
	}
	tx.changed(r.BusinessID, CallChanged, r.CallID)
	return nil
}

// Erased notes that a recording was deleted at the carrier.
func (tx *Tx) Erased(ctx context.Context, businessID, id string, at time.Time) error {
	_, err := tx.q.SetRecordingErased(ctx, id, businessID, rows.At(at))
	return wrap("a recording is erased", err)
}

// Recordings lists what was recorded of a call.
func (v *View) Recordings(ctx context.Context, businessID, callID string) ([]telephony.Recording, error) {
	found, err := v.q.Recordings(ctx, businessID, callID)
	return recordings(found), wrap("recordings", err)
}

// RecordingsBefore lists recordings of a kind that still lie at the carrier and began before an instant, the oldest
// first.
func (v *View) RecordingsBefore(ctx context.Context, businessID string, kind telephony.RecordingKind, before time.Time, limit int) ([]telephony.Recording, error) {
	found, err := v.q.RecordingsBefore(ctx, rows.RecordingsBeforeParams{
		BusinessID: businessID, Kind: string(kind), BeforeAt: rows.At(before), RowLimit: rowLimit(limit),
	})
	return recordings(found), wrap("recordings before", err)
}

func recordings(found []rows.Recording) []telephony.Recording {
	out := make([]telephony.Recording, len(found))
	for i, r := range found {
		out[i] = telephony.Recording{
			ID: r.ID, BusinessID: r.BusinessID, CallID: r.CallID, Kind: telephony.RecordingKind(r.Kind), At: r.At.Time(), Seconds: int(r.Seconds),
			Words: r.Words, ErasedAt: r.ErasedAt.Time(),
		}
	}
	return out
}

// InsertCallRecording stores what a caller is told about the recording of the call; where there is something stored about
// the call, that is read into r.
func (tx *Tx) InsertCallRecording(ctx context.Context, r *telephony.CallRecording) error {
	n, err := tx.q.InsertCallRecording(ctx, rows.InsertCallRecordingParams{
		CallID: r.CallID, BusinessID: r.BusinessID, Told: string(r.Told), Why: r.Why, State: string(r.State), Words: r.Words, ChangedAt: rows.At(r.ChangedAt),
	})
	if err != nil || n == 1 {
		return wrap("insert what a caller is told", err)
	}
	before, err := tx.CallRecording(ctx, r.BusinessID, r.CallID)
	if err == nil && before != nil {
		*r = *before
	}
	return err
}

// CallRecording is where the recording of a call stands; nil when nothing is stored about it.
func (v *View) CallRecording(ctx context.Context, businessID, callID string) (*telephony.CallRecording, error) {
	r, err := v.q.CallRecording(ctx, callID, businessID)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("the recording of a call", err)
	}
	return &telephony.CallRecording{
		CallID: r.CallID, BusinessID: r.BusinessID, Told: consent.Told(r.Told), Why: r.Why, State: consent.RecordingState(r.State), Words: r.Words,
		ChangedAt: r.ChangedAt.Time(),
	}, nil
}

// StatesOf lists the states of the addresses at which visits were booked for a number.
func (v *View) StatesOf(ctx context.Context, businessID, phone string) ([]string, error) {
	jobs, err := v.JobsByPhone(ctx, businessID, phone, time.Time{})
	var out []string
	for _, j := range jobs {
		if j.Address.State != "" {
			out = append(out, j.Address.State)
		}
	}
	return out, err
}

// StopRecording enqueues what ends the recording of a call (package recording), and keeps what was recorded.
func (tx *Tx) StopRecording(ctx context.Context, businessID, callID string) error {
	r, err := tx.CallRecording(ctx, businessID, callID)
	if err != nil || r == nil || r.State != consent.Agreed {
		return err
	}
	if err := tx.setRecordingState(ctx, businessID, callID, consent.Stopped, r.Words); err != nil {
		return err
	}
	return tx.Enqueue(ctx, recording.Stop{BusinessID: businessID, CallID: callID}, nil)
}

// NoteRecording stores what the caller of a conversation has said about the recording of the call, enters it into the
// ledger of consents, and enqueues what follows (package recording): once for each state that it comes to.
func (tx *Tx) NoteRecording(ctx context.Context, c *receptionist.Conversation, n receptionist.RecordingNote) error {
	r, err := tx.CallRecording(ctx, c.BusinessID, c.CallID)
	if err != nil || r == nil || r.State == n.State {
		return err
	}
	if err := tx.setRecordingState(ctx, c.BusinessID, c.CallID, n.State, n.Words); err != nil {
		return err
	}
	if n.State != consent.Unanswered && n.How != "" && c.Caller.Number != "" {
		e := consent.Entry{
			BusinessID: c.BusinessID, Address: c.Caller.Number, Channel: consent.Recording, Act: consent.Withdrawn, How: n.How,
			Words: n.Words, Language: n.Language, Source: c.CallID, Key: "recording:" + c.CallID + ":" + string(n.State), At: tx.clock.Now(),
		}
		if n.State == consent.Agreed {
			e.Act = consent.Given
		}
		if _, err := tx.AddConsent(ctx, &e); err != nil {
			return err
		}
	}
	switch {
	case n.State == consent.Agreed:
		return tx.Enqueue(ctx, recording.Begin{BusinessID: c.BusinessID, CallID: c.CallID}, nil)
	case r.State == consent.Agreed, n.State == consent.Erased:
		return tx.Enqueue(ctx, recording.Stop{BusinessID: c.BusinessID, CallID: c.CallID, Erase: n.State == consent.Erased}, nil)
	}
	return nil
}

func (tx *Tx) setRecordingState(ctx context.Context, businessID, callID string, s consent.RecordingState, words string) error {
	_, err := tx.q.UpdateCallRecording(ctx, rows.UpdateCallRecordingParams{
		CallID: callID, BusinessID: businessID, State: string(s), Words: consent.Clip(words), ChangedAt: rows.At(tx.clock.Now()),
	})
	if err != nil {
		return wrap("where the recording of a call stands", err)
	}
	tx.changed(businessID, CallChanged, callID)
	return nil
}
