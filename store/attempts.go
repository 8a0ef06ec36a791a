package store

import (
	"context"
	"time"

	"fixly/callbacks"
	"fixly/store/internal/rows"
)

// InsertAttempt stores an attempt to call back and fills in an empty ID.
func (tx *Tx) InsertAttempt(ctx context.Context, a *callbacks.Attempt) error {
	giveID(&a.ID, "att")
	err := tx.q.InsertAttempt(ctx, rows.InsertAttemptParams{
		ID: a.ID, BusinessID: a.BusinessID, CallbackID: a.CallbackID, Number: int32(a.Number), Phone: a.Phone, Name: a.Name, Line: a.Line,
		Person: a.Person.Name, PersonPhone: a.Person.Phone, Waited: string(a.Window), Means: string(a.Means), StartedAt: rows.At(a.StartedAt),
		TakenAt: rows.At(a.TakenAt), ConnectedAt: rows.At(a.ConnectedAt), EndedAt: rows.At(a.EndedAt), Result: string(a.Result),
		TalkedSeconds: int32(a.Talked / time.Second), Booked: a.Booked,
	})
	if err != nil {
		return wrap("insert attempt", err)
	}
	tx.changed(a.BusinessID, CallbackChanged, a.CallbackID)
	return nil
}

// UpdateAttempt stores what became of an attempt.
func (tx *Tx) UpdateAttempt(ctx context.Context, a *callbacks.Attempt) error {
	n, err := tx.q.UpdateAttempt(ctx, rows.UpdateAttemptParams{
		ID: a.ID, BusinessID: a.BusinessID, TakenAt: rows.At(a.TakenAt), ConnectedAt: rows.At(a.ConnectedAt), EndedAt: rows.At(a.EndedAt),
		Result: string(a.Result), TalkedSeconds: int32(a.Talked / time.Second), Booked: a.Booked,
	})
	if err != nil {
		return wrap("update attempt", err)
	}
	if n == 0 {
		return notFound("attempt", a.ID, callbacks.ErrNoAttempt)
	}
	tx.changed(a.BusinessID, CallbackChanged, a.CallbackID)
	return nil
}

// Attempt reads an attempt to call back; callbacks.ErrNoAttempt when the business has none with this id.
func (v *View) Attempt(ctx context.Context, businessID, id string) (*callbacks.Attempt, error) {
	row, err := v.q.Attempt(ctx, businessID, id)
	if isNoRows(err) {
		return nil, notFound("attempt", id, callbacks.ErrNoAttempt)
	}
	if err != nil {
		return nil, wrap("attempt", err)
	}
	a := attempt(row)
	return &a, nil
}

// AttemptsOf lists the attempts of a callback, oldest first.
func (v *View) AttemptsOf(ctx context.Context, businessID, callbackID string) ([]callbacks.Attempt, error) {
	found, err := v.q.AttemptsOf(ctx, businessID, callbackID)
	return attempts("attempts of a callback", found, err)
}

// LastAttemptOf is the latest attempt of somebody, by their phone, since an instant, of those that they took and the
// customer was rung for; nil when there is none.
func (v *View) LastAttemptOf(ctx context.Context, businessID, personPhone string, since time.Time) (*callbacks.Attempt, error) {
	row, err := v.q.LastAttemptOf(ctx, businessID, personPhone, rows.Ceil(since))
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("last attempt of somebody", err)
	}
	a := attempt(row)
	return &a, nil
}

// AttemptsBetween lists the attempts that began between two instants, oldest first.
func (v *View) AttemptsBetween(ctx context.Context, businessID string, from, to time.Time) ([]callbacks.Attempt, error) {
	found, err := v.q.AttemptsBetween(ctx, businessID, fromBound(from), toBound(to))
	return attempts("attempts between", found, err)
}

func attempts(doing string, found []rows.CallbackAttempt, err error) ([]callbacks.Attempt, error) {
	if err != nil {
		return nil, wrap(doing, err)
	}
	out := make([]callbacks.Attempt, len(found))
	for i, r := range found {
		out[i] = attempt(r)
	}
	return out, nil
}

func attempt(r rows.CallbackAttempt) callbacks.Attempt {
	return callbacks.Attempt{
		ID: r.ID, BusinessID: r.BusinessID, CallbackID: r.CallbackID, Number: int(r.Number), Phone: r.Phone, Name: r.Name, Line: r.Line,
		Person: callbacks.Person{Name: r.Person, Phone: r.PersonPhone}, Window: callbacks.Window(r.Waited), Means: callbacks.Means(r.Means),
		StartedAt: r.StartedAt.Time(), TakenAt: r.TakenAt.Time(), ConnectedAt: r.ConnectedAt.Time(), EndedAt: r.EndedAt.Time(),
		Result: callbacks.Result(r.Result), Talked: time.Duration(r.TalkedSeconds) * time.Second, Booked: r.Booked,
	}
}
