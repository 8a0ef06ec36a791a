package store

import (
	"context"
	"encoding/json"
	"time"

	"fixly/followup"
	"fixly/store/internal/rows"
	"fixly/telephony"
)

// placeWithin is how long after it was written a call may still be placed, where it says nothing else.
const placeWithin = 5 * time.Minute

// InsertOutgoing stores a call that is to be placed, and enqueues followup.PlaceCall with it. When the business has one
// with the same key already it is read into c instead and created is false. It fills in an empty ID and CreatedAt.
func (tx *Tx) InsertOutgoing(ctx context.Context, c *telephony.Outgoing) (created bool, err error) {
	giveID(&c.ID, "out")
	if c.CreatedAt.IsZero() {
		c.CreatedAt = tx.clock.Now()
	}
	if c.NotAfter.IsZero() {
		c.NotAfter = c.CreatedAt.Add(placeWithin)
	}
	c.State = telephony.CallQueued
	n, err := tx.q.InsertOutgoing(ctx, rows.InsertOutgoingParams{
		ID: c.ID, BusinessID: c.BusinessID, Key: c.Key, Purpose: string(c.Purpose), Subject: c.Subject, Line: c.Line, ToNumber: c.To,
		RingSeconds: int32(c.RingFor / time.Second), DetectMachine: c.DetectMachine, State: string(c.State),
		CreatedAt: rows.At(c.CreatedAt), NotAfter: rows.At(c.NotAfter),
	})
	if err != nil {
		return false, wrap("insert outgoing call", err)
	}
	if n == 1 {
		tx.changed(c.BusinessID, OutgoingChanged, c.ID)
		return true, tx.Enqueue(ctx, followup.PlaceCall{BusinessID: c.BusinessID, CallID: c.ID}, nil)
	}
	r, err := tx.q.OutgoingByKey(ctx, c.BusinessID, c.Key)
	if err != nil {
		return false, wrap("insert outgoing call", err)
	}
	found, err := outgoing(r)
	if err != nil {
		return false, err
	}
	*c = *found
	return false, nil
}

// Outgoing reads a call of ours; telephony.ErrNoOutgoing when the business has none with this id.
func (v *View) Outgoing(ctx context.Context, businessID, id string) (*telephony.Outgoing, error) {
	r, err := v.q.Outgoing(ctx, businessID, id)
	if isNoRows(err) {
		return nil, notFound("outgoing call", id, telephony.ErrNoOutgoing)
	}
	if err != nil {
		return nil, wrap("outgoing call", err)
	}
	return outgoing(r)
}

// Outgoing reads a call of ours and locks it until the transaction ends: its carrier reports several things at once, and
// each report changes it.
func (tx *Tx) Outgoing(ctx context.Context, businessID, id string) (*telephony.Outgoing, error) {
	if err := tx.db.engine.lock(ctx, tx.t, "outgoing:"+id); err != nil {
		return nil, wrap("lock an outgoing call", err)
	}
	return tx.View.Outgoing(ctx, businessID, id)
}

// OutgoingByCarrierID finds a call of ours by the carrier's id of it, nil when there is none, and locks that id until the
// transaction ends: a look-up and a webhook may give it to two calls at once.
func (tx *Tx) OutgoingByCarrierID(ctx context.Context, carrierID string) (*telephony.Outgoing, error) {
	if err := tx.db.engine.lock(ctx, tx.t, "outgoing by carrier:"+carrierID); err != nil {
		return nil, wrap("lock a carrier's id", err)
	}
	r, err := tx.q.OutgoingByCarrierID(ctx, carrierID)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("outgoing call by carrier id", err)
	}
	return outgoing(r)
}

// OutgoingAbout lists the calls of a purpose about a subject, in the order in which they were written.
func (v *View) OutgoingAbout(ctx context.Context, businessID string, p telephony.Purpose, subject string) ([]telephony.Outgoing, error) {
	found, err := v.q.OutgoingAbout(ctx, businessID, string(p), subject)
	if err != nil {
		return nil, wrap("outgoing calls", err)
	}
	return outgoings(found)
}

// OutgoingInDoubt lists the calls from a line to a number that are handed to the carrier and not yet known to be placed,
// in the order in which they were written.
func (v *View) OutgoingInDoubt(ctx context.Context, line, to string) ([]telephony.Outgoing, error) {
	found, err := v.q.OutgoingInDoubt(ctx, to, line)
	if err != nil {
		return nil, wrap("outgoing calls in doubt", err)
	}
	return outgoings(found)
}

func outgoings(found []rows.OutgoingCall) ([]telephony.Outgoing, error) {
	out := make([]telephony.Outgoing, len(found))
	for i, r := range found {
		c, err := outgoing(r)
		if err != nil {
			return nil, err
		}
		out[i] = *c
	}
	return out, nil
}

// UpdateOutgoing stores what became of a call of ours.
func (tx *Tx) UpdateOutgoing(ctx context.Context, c *telephony.Outgoing) error {
	reply := ""
	if len(c.Reply) > 0 {
		b, err := json.Marshal(c.Reply)
		if err != nil {
			return wrap("write what a call is answered", err)
		}
		reply = string(b)
	}
	n, err := tx.q.UpdateOutgoing(ctx, rows.UpdateOutgoingParams{
		BusinessID: c.BusinessID, ID: c.ID, State: string(c.State), AnsweredBy: string(c.AnsweredBy), Keys: c.Keys, Why: c.Why,
		ErrorCode: c.ErrorCode, CarrierID: c.CarrierID, Turn: int32(c.Turn), Reply: reply, Attempts: int32(c.Attempts),
		PlacedAt: rows.At(c.PlacedAt), AnsweredAt: rows.At(c.AnsweredAt), EndedAt: rows.At(c.EndedAt),
		ClaimedAt: rows.At(c.ClaimedAt), RetryAt: rows.At(c.RetryAt), Found: c.Found,
	})
	if err != nil {
		return wrap("update outgoing call", err)
	}
	if n == 0 {
		return notFound("outgoing call", c.ID, telephony.ErrNoOutgoing)
	}
	tx.changed(c.BusinessID, OutgoingChanged, c.ID)
	return nil
}

// OutgoingPlaced enqueues followup.LookAtCall for an instant of our clock.
func (tx *Tx) OutgoingPlaced(ctx context.Context, c *telephony.Outgoing, look time.Time) error {
	return tx.EnqueueAt(ctx, followup.LookAtCall{BusinessID: c.BusinessID, CallID: c.ID}, look, nil)
}

// PlaceOutgoing enqueues followup.PlaceCall once more.
func (tx *Tx) PlaceOutgoing(ctx context.Context, businessID, id string) error {
	return tx.Enqueue(ctx, followup.PlaceCall{BusinessID: businessID, CallID: id}, nil)
}

// DropOutgoing enqueues followup.HangUpCall.
func (tx *Tx) DropOutgoing(ctx context.Context, businessID, id string) error {
	return tx.Enqueue(ctx, followup.HangUpCall{BusinessID: businessID, CallID: id}, nil)
}

func outgoing(r rows.OutgoingCall) (*telephony.Outgoing, error) {
	c := &telephony.Outgoing{
		ID: r.ID, BusinessID: r.BusinessID, Purpose: telephony.Purpose(r.Purpose), Subject: r.Subject, Key: r.Key, Line: r.Line, To: r.ToNumber,
		RingFor: time.Duration(r.RingSeconds) * time.Second, DetectMachine: r.DetectMachine,
		State: telephony.State(r.State), AnsweredBy: telephony.AnsweredBy(r.AnsweredBy), Keys: r.Keys, Why: r.Why, ErrorCode: r.ErrorCode, CarrierID: r.CarrierID, Found: r.Found,
		CreatedAt: r.CreatedAt.Time(), NotAfter: r.NotAfter.Time(), PlacedAt: r.PlacedAt.Time(), AnsweredAt: r.AnsweredAt.Time(), EndedAt: r.EndedAt.Time(),
		Turn: int(r.Turn), Attempts: int(r.Attempts), ClaimedAt: r.ClaimedAt.Time(), RetryAt: r.RetryAt.Time(),
	}
	if r.Reply != "" {
		if err := json.Unmarshal([]byte(r.Reply), &c.Reply); err != nil {
			return nil, wrap("read what a call is answered", err)
		}
	}
	return c, nil
}
