package telephony

import (
	"context"
	"time"
)

// Named reads and locks a call of ours that its carrier names by its own id, in a webhook or in its answer, and notes that
// id; nil when the carrier has placed the call besides, by another. It sets right what was only found by looking: that this
// call has another's id, or another call this one's, which is in doubt again then.
//
// The carrier's id is locked first, then the calls in the order of their ids, as everywhere.
func (s *Switchboard) Named(ctx context.Context, tx CallingTx, r Ref) (*Outgoing, error) {
	holder, err := tx.OutgoingByCarrierID(ctx, r.CarrierID)
	if err != nil {
		return nil, err
	}
	if holder != nil && holder.ID < r.ID {
		if holder, err = tx.Outgoing(ctx, holder.BusinessID, holder.ID); err != nil {
			return nil, err
		}
	}
	c, err := tx.Outgoing(ctx, r.BusinessID, r.ID)
	if err != nil {
		return nil, err
	}
	if holder != nil && holder.ID > r.ID {
		if holder, err = tx.Outgoing(ctx, holder.BusinessID, holder.ID); err != nil {
			return nil, err
		}
	}
	switch {
	case r.To != "" && r.To != c.To, c.CarrierID != "" && c.CarrierID != r.CarrierID && !c.Found:
		return nil, nil
	case c.Ended() && c.CarrierID != r.CarrierID && c.CarrierID != "":
		return nil, nil // it was given up by the other id
	case c.Ended(), c.CarrierID == r.CarrierID && !c.Found:
		return c, nil
	}
	if holder != nil && holder.ID != c.ID && holder.CarrierID == r.CarrierID {
		if !holder.Found {
			return nil, nil
		}
		if err := s.doubt(ctx, tx, holder); err != nil {
			return nil, err
		}
	}
	if c.CarrierID != r.CarrierID {
		c.CarrierID = ""
	}
	return c, s.Accepted(ctx, tx, c, r.CarrierID, false)
}

// doubt takes from a call the carrier's id that proved another's: it is looked up once more, or placed.
func (s *Switchboard) doubt(ctx context.Context, tx CallingTx, c *Outgoing) error {
	c.CarrierID, c.Found = "", false
	if !c.Ended() {
		c.State, c.PlacedAt, c.ClaimedAt, c.RetryAt = CallPlacing, time.Time{}, time.Time{}, time.Time{}
		if err := tx.PlaceOutgoing(ctx, c.BusinessID, c.ID); err != nil {
			return err
		}
	}
	return tx.UpdateOutgoing(ctx, c)
}

// Accepted notes, in a transaction that has the call locked, by which id the carrier has placed it; found says that this
// was found by looking, so that it may be another call's.
func (s *Switchboard) Accepted(ctx context.Context, tx CallingTx, c *Outgoing, carrierID string, found bool) error {
	c.Found = found
	if c.CarrierID == "" {
		now := s.Clock.Now()
		c.CarrierID, c.State, c.PlacedAt, c.ClaimedAt, c.RetryAt = carrierID, CallPlaced, now, time.Time{}, time.Time{}
		if err := tx.OutgoingPlaced(ctx, c, now.Add(c.RingFor+lookAfter)); err != nil {
			return err
		}
	}
	return tx.UpdateOutgoing(ctx, c)
}
