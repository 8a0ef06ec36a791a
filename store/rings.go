package store

import (
	"context"
	"time"

	"fixly/followup"
	"fixly/store/internal/rows"
	"fixly/telephony"
)

// InsertRings notes phones that are rung; one that is noted already in its series stays as it is.
func (tx *Tx) InsertRings(ctx context.Context, rings ...telephony.Ring) error {
	for _, r := range rings {
		err := tx.q.InsertRing(ctx, rows.InsertRingParams{
			CallID: r.CallID, Series: r.Series, Phone: r.Phone, BusinessID: r.BusinessID, At: rows.At(r.At),
			Result: string(r.Result), SettledAt: rows.At(r.SettledAt), Cold: r.Cold,
		})
		if err != nil {
			return wrap("insert ring", err)
		}
		tx.changed(r.BusinessID, CallChanged, r.CallID)
	}
	return nil
}

// Rings lists the phones that were rung for a call, in order.
func (v *View) Rings(ctx context.Context, businessID, callID string) ([]telephony.Ring, error) {
	found, err := v.q.Rings(ctx, callID, businessID)
	if err != nil {
		return nil, wrap("rings", err)
	}
	out := make([]telephony.Ring, len(found))
	for i, r := range found {
		out[i] = telephony.Ring{
			BusinessID: r.BusinessID, CallID: r.CallID, Series: r.Series, Phone: r.Phone, At: r.At.Time(),
			Result: telephony.RingResult(r.Result), SettledAt: r.SettledAt.Time(), Cold: r.Cold,
		}
	}
	return out, nil
}

// UpdateRing stores what came of a ring.
func (tx *Tx) UpdateRing(ctx context.Context, r *telephony.Ring) error {
	err := tx.q.UpdateRing(ctx, rows.UpdateRingParams{
		CallID: r.CallID, Series: r.Series, Phone: r.Phone, Result: string(r.Result), SettledAt: rows.At(r.SettledAt),
		BusinessID: r.BusinessID,
	})
	if err != nil {
		return wrap("update ring", err)
	}
	tx.changed(r.BusinessID, CallChanged, r.CallID)
	return nil
}

// IsRinging says whether a phone has been ringing since an instant for a live call from a number.
func (v *View) IsRinging(ctx context.Context, businessID, phone, from string, since time.Time) (bool, error) {
	n, err := v.q.CountRinging(ctx, rows.CountRingingParams{
		BusinessID: businessID, Phone: phone, At: rows.Ceil(since), FromNumber: from,
	})
	return n > 0, wrap("is a phone ringing", err)
}

// CallTaken enqueues what is owed to a person who took a call, once per call and phone.
func (tx *Tx) CallTaken(ctx context.Context, c *telephony.Call, phone string) error {
	return tx.Enqueue(ctx, followup.CallTaken{BusinessID: c.BusinessID, CallID: c.ID, Phone: phone}, nil)
}
