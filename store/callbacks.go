package store

import (
	"context"
	"time"

	"fixly/callbacks"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store/internal/rows"
)

// InsertCallback stores a new callback and fills in an empty ID.
func (tx *Tx) InsertCallback(ctx context.Context, c *callbacks.Callback) error {
	giveID(&c.ID, "cb")
	err := tx.q.InsertCallback(ctx, rows.InsertCallbackParams{
		ID: c.ID, BusinessID: c.BusinessID, Phone: c.Phone, Name: c.Name, Line: c.Line, Cause: string(c.Cause), Reason: c.Reason,
		CallID: c.CallID, Service: c.Service, Urgency: string(c.Urgency), Calls: int32(c.Calls), FirstAt: rows.At(c.FirstAt),
		MissedAt: rows.At(c.MissedAt), Said: c.Said, SaidAt: rows.At(c.SaidAt), TookLeave: c.TookLeave, Landline: c.Landline,
		Status: string(c.Status), OwnerName: c.Owner.Name, OwnerPhone: c.Owner.Phone, DueAt: rows.At(c.DueAt), ToldAt: rows.At(c.ToldAt),
		AckedAt: rows.At(c.AckedAt), AckedBy: c.AckedBy, Attempts: int32(c.Attempts), NextAttemptAt: rows.At(c.NextAttemptAt),
		Note: c.Note, Outcome: string(c.Outcome), ClosedAt: rows.At(c.ClosedAt), ClosedBy: c.ClosedBy, RangFrom: c.RangFrom,
		FirstDueAt: rows.At(c.FirstDueAt),
	})
	if err != nil {
		return wrap("insert callback", err)
	}
	tx.changed(c.BusinessID, CallbackChanged, c.ID)
	return nil
}

// UpdateCallback stores a callback again, whole, but for its business, number and beginning, which never change.
func (tx *Tx) UpdateCallback(ctx context.Context, c *callbacks.Callback) error {
	n, err := tx.q.UpdateCallback(ctx, rows.UpdateCallbackParams{
		ID: c.ID, BusinessID: c.BusinessID, Name: c.Name, Line: c.Line, Cause: string(c.Cause), Reason: c.Reason, CallID: c.CallID,
		Service: c.Service, Urgency: string(c.Urgency), Calls: int32(c.Calls), MissedAt: rows.At(c.MissedAt), Said: c.Said,
		SaidAt: rows.At(c.SaidAt), TookLeave: c.TookLeave, Landline: c.Landline, Status: string(c.Status), OwnerName: c.Owner.Name,
		OwnerPhone: c.Owner.Phone, DueAt: rows.At(c.DueAt), ToldAt: rows.At(c.ToldAt), AckedAt: rows.At(c.AckedAt), AckedBy: c.AckedBy,
		Attempts: int32(c.Attempts), NextAttemptAt: rows.At(c.NextAttemptAt), Note: c.Note, Outcome: string(c.Outcome),
		ClosedAt: rows.At(c.ClosedAt), ClosedBy: c.ClosedBy, RangFrom: c.RangFrom,
	})
	if err != nil {
		return wrap("update callback", err)
	}
	if n == 0 {
		return notFound("callback", c.ID, callbacks.ErrNoCallback)
	}
	tx.changed(c.BusinessID, CallbackChanged, c.ID)
	return nil
}

// Callback reads a callback; callbacks.ErrNoCallback when the business has none with this id.
func (v *View) Callback(ctx context.Context, businessID, id string) (*callbacks.Callback, error) {
	row, err := v.q.Callback(ctx, businessID, id)
	if isNoRows(err) {
		return nil, notFound("callback", id, callbacks.ErrNoCallback)
	}
	if err != nil {
		return nil, wrap("callback", err)
	}
	c := callback(row)
	return &c, nil
}

// CallbackOwed is the callback owed to a number; nil when there is none.
func (v *View) CallbackOwed(ctx context.Context, businessID, phone string) (*callbacks.Callback, error) {
	row, err := v.q.CallbackOwed(ctx, businessID, phone)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("callback owed", err)
	}
	c := callback(row)
	return &c, nil
}

// CallbacksRangFrom lists those owed at another number to who rang from one, by that number.
func (v *View) CallbacksRangFrom(ctx context.Context, businessID, phone string) ([]callbacks.Callback, error) {
	found, err := v.q.CallbacksRangFrom(ctx, businessID, phone)
	return callbackList("callbacks of who rang", found, err)
}

// refuseCallback closes what is owed to a number whose owner wants no calls. What was missed after they said so stays.
func (tx *Tx) refuseCallback(ctx context.Context, businessID, phone string, at time.Time) error {
	c, err := tx.CallbackOwed(ctx, businessID, phone)
	if err != nil || c == nil || c.MissedAt.After(at) {
		return err
	}
	c.Refuse(at)
	return tx.UpdateCallback(ctx, c)
}

// Callbacks lists the callbacks owed by a business, in no order.
func (v *View) Callbacks(ctx context.Context, businessID string) ([]callbacks.Callback, error) {
	found, err := v.q.CallbacksOwed(ctx, businessID)
	return callbackList("callbacks", found, err)
}

// CallbacksBetween lists those that came up between two instants, owed still or not, newest first.
func (v *View) CallbacksBetween(ctx context.Context, businessID string, from, to time.Time) ([]callbacks.Callback, error) {
	found, err := v.q.CallbacksBetween(ctx, businessID, fromBound(from), toBound(to))
	return callbackList("callbacks between", found, err)
}

func callbackList(doing string, found []rows.Callback, err error) ([]callbacks.Callback, error) {
	if err != nil {
		return nil, wrap(doing, err)
	}
	out := make([]callbacks.Callback, len(found))
	for i, r := range found {
		out[i] = callback(r)
	}
	return out, nil
}

func callback(r rows.Callback) callbacks.Callback {
	return callbacks.Callback{
		ID: r.ID, BusinessID: r.BusinessID, Phone: r.Phone, Name: r.Name, Line: r.Line, Cause: callbacks.CauseKind(r.Cause),
		Reason: r.Reason, CallID: r.CallID, Service: r.Service, Urgency: scheduling.Urgency(r.Urgency), Calls: int(r.Calls),
		FirstAt: r.FirstAt.Time(), MissedAt: r.MissedAt.Time(), Said: r.Said, SaidAt: r.SaidAt.Time(), TookLeave: r.TookLeave,
		Landline: r.Landline, Status: callbacks.Status(r.Status), Owner: callbacks.Person{Name: r.OwnerName, Phone: r.OwnerPhone},
		DueAt: r.DueAt.Time(), ToldAt: r.ToldAt.Time(), AckedAt: r.AckedAt.Time(), AckedBy: r.AckedBy, Attempts: int(r.Attempts),
		NextAttemptAt: r.NextAttemptAt.Time(), Note: r.Note, Outcome: callbacks.Outcome(r.Outcome), ClosedAt: r.ClosedAt.Time(),
		ClosedBy: r.ClosedBy, RangFrom: r.RangFrom, FirstDueAt: r.FirstDueAt.Time(),
	}
}

// callbackToLandline notes with the callback that is owed to a number, if one is, whether texts reach it.
func (tx *Tx) callbackToLandline(ctx context.Context, businessID, number string, landline bool) error {
	n, err := tx.q.SetCallbackLandline(ctx, businessID, number, landline)
	if err != nil {
		return wrap("note a landline with what it is owed", err)
	}
	if n > 0 {
		tx.changed(businessID, CallbackChanged, number)
	}
	return nil
}

// CauseKnown says whether a callback was noted already for a source, not earlier than now told.
func (v *View) CauseKnown(ctx context.Context, d callbacks.Debt) (bool, error) {
	n, err := v.q.CauseKnown(ctx, d.BusinessID, d.Source, rows.At(d.At))
	return n > 0, wrap("whether it is known why a call is owed", err)
}

// AddCause notes why a call is owed.
func (tx *Tx) AddCause(ctx context.Context, d callbacks.Debt, callbackID string) error {
	return wrap("note why a call is owed", tx.q.AddCause(ctx, rows.AddCauseParams{
		BusinessID: d.BusinessID, Source: d.Source, CallbackID: callbackID, Cause: string(d.Kind), At: rows.At(d.At),
	}))
}

// SilentThreads lists, over all businesses, conversations by text that have not ended, were last touched before an instant,
// come after a place in their order, and were not looked at since.
func (v *View) SilentThreads(ctx context.Context, after callbacks.Place, before time.Time, limit int) ([]receptionist.Conversation, error) {
	found, err := v.q.SilentThreads(ctx, rows.SilentThreadsParams{
		Before: rows.Ceil(before), After: rows.Ceil(after.At), AfterID: after.ID, RowLimit: rowLimit(limit),
	})
	if err != nil {
		return nil, wrap("silent threads", err)
	}
	out := make([]receptionist.Conversation, len(found))
	for i, r := range found {
		c, err := conversation(r)
		if err != nil {
			return nil, err
		}
		out[i] = *c
	}
	return out, nil
}
