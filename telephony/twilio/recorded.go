package twilio

import (
	"context"
	"net/http"

	"fixly/consent"
	"fixly/receptionist"
	"fixly/telephony"
)

// tellOfRecording decides what the greeting of a call says about its recording; nothing, and it is not recorded, where
// that can't be found out.
func (h *Handler) tellOfRecording(q *hook, c *telephony.Call) (told consent.Told) {
	if !q.business().RecordsOn(q.line.Line) {
		return consent.ToldNothing
	}
	ctx, cancel := context.WithTimeout(q.Context(), lookupTimeout)
	defer cancel()
	err := h.storage.InTx(ctx, func(ctx context.Context, tx telephony.Tx) (err error) {
		told, err = telephony.DecideRecording(ctx, tx, q.business(), c, h.clock.Now())
		return err
	})
	if err != nil {
		h.log.WarnContext(ctx, "whether a call may be recorded can't be found out; it is not", "call", c.CarrierID, "error", err)
		return consent.ToldNothing
	}
	return told
}

// greeting is what the caller hears first.
func (h *Handler) greeting(l *line, c *telephony.Call, told consent.Told) string {
	return receptionist.TellOfRecording(l.business, h.receptionist.Greeting(l.business, c.StartedAt), told)
}

// toldOfRecording reads what an address or a session says that the greeting said.
func toldOfRecording(s string) consent.Told {
	switch told := consent.Told(s); told {
	case consent.Announced, consent.AskedFirst:
		return told
	}
	return consent.ToldNothing
}

// isRecorded says whether a call is being recorded, as far as we know.
func isRecorded(ctx context.Context, tx telephony.Tx, c *telephony.Call) (bool, error) {
	r, err := tx.CallRecording(ctx, c.BusinessID, c.ID)
	return err == nil && r != nil && r.State == consent.Agreed, err
}

// recorded hears that the recording of a call is over and can be had. One that is to be deleted is not noted any more.
//
// https://www.twilio.com/docs/voice/api/recording#recordingstatuscallback
func (h *Handler) recorded(w http.ResponseWriter, q *hook) {
	if q.form.Get("RecordingStatus") != "completed" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	err := h.onRecording(q, telephony.OfCall, func(ctx context.Context, tx telephony.Tx, c *telephony.Call, r telephony.Recording) error {
		now, err := tx.CallRecording(ctx, c.BusinessID, c.ID)
		if err != nil || now == nil || now.State == consent.Erased {
			return err
		}
		if _, err := tx.InsertRecording(ctx, &r); err != nil {
			return err
		}
		return tx.RecordingOver(ctx, &r)
	})
	if err != nil {
		h.log.ErrorContext(q.Context(), "a recording can't be stored", "call", q.form.Get("CallSid"), "recording", q.form.Get("RecordingSid"), "error", err)
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
