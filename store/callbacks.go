package store

import (
	"context"

	"fixly/followup"
	"fixly/store/internal/rows"
)

// InsertCallback stores a callback owed, one per call: a second one for the same call changes nothing. It fills in an
// empty ID.
func (tx *Tx) InsertCallback(ctx context.Context, c *followup.Callback) error {
	giveID(&c.ID, "cb")
	if c.Status == "" {
		c.Status = "open"
	}
	n, err := tx.q.InsertCallback(ctx, rows.InsertCallbackParams{
		ID: c.ID, BusinessID: c.BusinessID, Phone: c.Phone, Name: c.Name, Reason: c.Reason, CallID: c.CallID,
		MissedAt: rows.At(c.MissedAt), Attempts: int32(c.Attempts), Status: c.Status,
	})
	if err != nil {
		return wrap("insert callback", err)
	}
	if n == 1 {
		tx.changed(c.BusinessID, CallbackChanged, c.ID)
	}
	return nil
}

// Callbacks lists the open ones of a business, newest first.
func (v *View) Callbacks(ctx context.Context, businessID string) ([]followup.Callback, error) {
	found, err := v.q.OpenCallbacks(ctx, businessID)
	if err != nil {
		return nil, wrap("callbacks", err)
	}
	out := make([]followup.Callback, len(found))
	for i, r := range found {
		out[i] = followup.Callback{
			ID: r.ID, BusinessID: r.BusinessID, Phone: r.Phone, Name: r.Name, Reason: r.Reason, CallID: r.CallID,
			MissedAt: r.MissedAt.Time(), Attempts: int(r.Attempts), Status: r.Status,
		}
	}
	return out, nil
}

// CloseCallbacks marks the open callbacks to a number as done (they called again and were served).
func (tx *Tx) CloseCallbacks(ctx context.Context, businessID, phone string) error {
	n, err := tx.q.CloseCallbacks(ctx, businessID, phone)
	if err != nil {
		return wrap("close callbacks", err)
	}
	if n > 0 {
		tx.changed(businessID, CallbackChanged, phone)
	}
	return nil
}
