package store

import (
	"context"
	"fmt"
	"time"

	"fixly/followup"
	"fixly/ledger"
	"fixly/store/internal/rows"
	"fixly/telephony"
)

// InsertCall stores a new call; when one with this CarrierID exists already it is read into c instead and created is
// false. It fills in an empty ID.
func (tx *Tx) InsertCall(ctx context.Context, c *telephony.Call) (created bool, err error) {
	giveID(&c.ID, "call")
	n, err := tx.q.InsertCall(ctx, rows.InsertCallParams{
		ID: c.ID, BusinessID: c.BusinessID, CarrierID: c.CarrierID, Line: c.Line, FromNumber: c.From,
		CallerName: c.CallerName, Direction: c.Direction, Mode: c.Mode, Route: c.Route, StartedAt: rows.At(c.StartedAt),
		AnsweredAt: rows.At(c.AnsweredAt), EndedAt: rows.At(c.EndedAt), HandledBy: string(c.HandledBy),
		Outcome: string(c.Outcome), Summary: c.Summary, JobID: c.JobID, ConversationID: c.ConversationID,
		ForwardedFrom: c.ForwardedFrom, TakenBy: c.TakenBy,
	})
	if err != nil {
		return false, wrap("insert call", err)
	}
	if n == 1 {
		tx.changed(c.BusinessID, CallChanged, c.ID)
		return true, nil
	}
	row, err := tx.q.CallByCarrierID(ctx, c.CarrierID)
	if err != nil {
		return false, wrap("insert call", err)
	}
	if row.BusinessID != c.BusinessID {
		return false, fmt.Errorf("store: insert call: the carrier's id %s is already another business's", c.CarrierID)
	}
	*c = call(row)
	return false, nil
}

// Call reads a call; telephony.ErrNoCall when there is none. The caller sees to it that the call is the
// business's.
func (v *View) Call(ctx context.Context, id string) (*telephony.Call, error) {
	row, err := v.q.Call(ctx, id)
	if isNoRows(err) {
		return nil, notFound("call", id, telephony.ErrNoCall)
	}
	if err != nil {
		return nil, wrap("call", err)
	}
	c := call(row)
	return &c, nil
}

// Call reads a call and locks it until the transaction ends: carriers report several things about a call at once, and
// each report changes it.
func (tx *Tx) Call(ctx context.Context, id string) (*telephony.Call, error) {
	if err := tx.db.engine.lockCall(ctx, tx.t, id); err != nil {
		return nil, wrap("lock a call", err)
	}
	return tx.View.Call(ctx, id)
}

// CallByCarrierID finds a call by the carrier's id of it and locks it until the transaction ends; nil when there is
// none.
func (tx *Tx) CallByCarrierID(ctx context.Context, carrierID string) (*telephony.Call, error) {
	c, err := tx.View.CallByCarrierID(ctx, carrierID)
	if err != nil || c == nil {
		return nil, err
	}
	return tx.Call(ctx, c.ID)
}

// CallByCarrierID finds a call by the carrier's id of it; nil when there is none.
func (v *View) CallByCarrierID(ctx context.Context, carrierID string) (*telephony.Call, error) {
	row, err := v.q.CallByCarrierID(ctx, carrierID)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("call by carrier id", err)
	}
	c := call(row)
	return &c, nil
}

// UpdateCall stores a call again, whole, but for its business, its carrier's id and who forwarded it, which never change.
func (tx *Tx) UpdateCall(ctx context.Context, c *telephony.Call) error {
	n, err := tx.q.UpdateCall(ctx, rows.UpdateCallParams{
		ID: c.ID, BusinessID: c.BusinessID, Line: c.Line, FromNumber: c.From, CallerName: c.CallerName,
		Direction: c.Direction, Mode: c.Mode, Route: c.Route, StartedAt: rows.At(c.StartedAt),
		AnsweredAt: rows.At(c.AnsweredAt), EndedAt: rows.At(c.EndedAt), HandledBy: string(c.HandledBy),
		Outcome: string(c.Outcome), Summary: c.Summary, JobID: c.JobID, ConversationID: c.ConversationID,
		TakenBy: c.TakenBy,
	})
	if err != nil {
		return wrap("update call", err)
	}
	if n == 0 {
		return notFound("call", c.ID)
	}
	tx.changed(c.BusinessID, CallChanged, c.ID)
	return nil
}

// CallEnded enqueues what is owed after a call (package followup), once per call however often it is asked to.
func (tx *Tx) CallEnded(ctx context.Context, c *telephony.Call) error {
	n, err := tx.q.MarkCallFollowedUp(ctx, c.ID, c.BusinessID)
	if err != nil {
		return wrap("call ended", err)
	}
	if n == 0 {
		return nil
	}
	return tx.Enqueue(ctx, followup.CallEnded{BusinessID: c.BusinessID, CallID: c.ID}, nil)
}

// FirstTime notes an event of a carrier by its key and says whether it was new.
func (tx *Tx) FirstTime(ctx context.Context, key string) (bool, error) {
	n, err := tx.q.FirstTime(ctx, key, rows.At(tx.clock.Now()))
	return n == 1, wrap("note an event", err)
}

// ListCalls lists calls, newest first.
func (v *View) ListCalls(ctx context.Context, businessID string, f telephony.CallFilter) ([]telephony.Call, error) {
	var (
		found      []rows.Call
		err        error
		start      = before(f.BeforeStart, f.BeforeID)
		from, till = fromBound(f.From), toBound(f.To)
		outcome    = string(f.Outcome)
		limit      = rowLimit(f.Limit)
	)
	switch {
	case f.Live:
		found, err = v.q.ListLiveCalls(ctx, rows.ListLiveCallsParams{
			BusinessID: businessID, BeforeStart: start, BeforeID: f.BeforeID, FromStart: from, ToStart: till,
			Outcome: outcome, Phone: f.Phone, RowLimit: limit,
		})
	case f.Phone != "":
		found, err = v.q.ListCallsFrom(ctx, rows.ListCallsFromParams{
			BusinessID: businessID, BeforeStart: start, BeforeID: f.BeforeID, FromStart: from, ToStart: till,
			Outcome: outcome, Phone: f.Phone, RowLimit: limit,
		})
	default:
		found, err = v.q.ListCalls(ctx, rows.ListCallsParams{
			BusinessID: businessID, BeforeStart: start, BeforeID: f.BeforeID, FromStart: from, ToStart: till,
			Outcome: outcome, RowLimit: limit,
		})
	}
	return calls(found), wrap("list calls", err)
}

// StaleCalls lists, over all businesses, calls that have not ended and whose conversation (or start, when it never
// came to one) is older than before.
func (v *View) StaleCalls(ctx context.Context, before time.Time) ([]telephony.Call, error) {
	found, err := v.q.StaleCalls(ctx, rows.Ceil(before))
	return calls(found), wrap("stale calls", err)
}

func calls(found []rows.Call) []telephony.Call {
	out := make([]telephony.Call, len(found))
	for i, r := range found {
		out[i] = call(r)
	}
	return out
}

func call(r rows.Call) telephony.Call {
	return telephony.Call{
		ID: r.ID, BusinessID: r.BusinessID, CarrierID: r.CarrierID, Line: r.Line, From: r.FromNumber,
		CallerName: r.CallerName, Direction: r.Direction, Mode: r.Mode, Route: r.Route, StartedAt: r.StartedAt.Time(),
		AnsweredAt: r.AnsweredAt.Time(), EndedAt: r.EndedAt.Time(), HandledBy: ledger.HandledBy(r.HandledBy),
		Outcome: ledger.Outcome(r.Outcome), Summary: r.Summary, JobID: r.JobID, ConversationID: r.ConversationID,
		ForwardedFrom: r.ForwardedFrom, TakenBy: r.TakenBy,
	}
}
