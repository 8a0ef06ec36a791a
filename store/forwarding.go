package store

import (
	"context"

	"fixly/forwarding"
	"fixly/store/internal/rows"
)

// InsertForwardingTest stores a test. It fills in an empty ID.
func (tx *Tx) InsertForwardingTest(ctx context.Context, t *forwarding.Test) error {
	giveID(&t.ID, "fwd")
	err := tx.q.InsertForwardingTest(ctx, rows.InsertForwardingTestParams{
		ID: t.ID, BusinessID: t.BusinessID, Number: t.Number, Line: t.Line, FromLine: t.From, Weekly: t.Weekly, Attempt: int32(t.Attempt),
		State: string(t.State), BeganAt: rows.At(t.BeganAt),
	})
	if err != nil {
		return wrap("insert forwarding test", err)
	}
	tx.changed(t.BusinessID, ForwardingChanged, t.ID)
	return nil
}

// ForwardingTest reads a test and locks it until the transaction ends; forwarding.ErrNoTest when the business has none with
// this id.
func (tx *Tx) ForwardingTest(ctx context.Context, businessID, id string) (*forwarding.Test, error) {
	if err := tx.db.engine.lock(ctx, tx.t, "forwarding:"+id); err != nil {
		return nil, wrap("lock a forwarding test", err)
	}
	r, err := tx.q.ForwardingTest(ctx, businessID, id)
	if isNoRows(err) {
		return nil, notFound("forwarding test", id, forwarding.ErrNoTest)
	}
	if err != nil {
		return nil, wrap("forwarding test", err)
	}
	t := forwardingTest(r)
	return &t, nil
}

// UpdateForwardingTest stores what became of a test.
func (tx *Tx) UpdateForwardingTest(ctx context.Context, t *forwarding.Test) error {
	n, err := tx.q.UpdateForwardingTest(ctx, rows.UpdateForwardingTestParams{
		BusinessID: t.BusinessID, ID: t.ID, State: string(t.State), Why: t.Why, ArrivalID: t.ArrivalID, Told: t.Told,
		ArrivedAt: rows.At(t.ArrivedAt), EndedAt: rows.At(t.EndedAt),
	})
	if err != nil {
		return wrap("update forwarding test", err)
	}
	if n == 0 {
		return notFound("forwarding test", t.ID, forwarding.ErrNoTest)
	}
	tx.changed(t.BusinessID, ForwardingChanged, t.ID)
	return nil
}

// ForwardingTests lists the tests of a business, newest first; all of them for no limit.
func (v *View) ForwardingTests(ctx context.Context, businessID string, limit int) ([]forwarding.Test, error) {
	found, err := v.q.ForwardingTests(ctx, businessID, rowLimit(limit))
	if err != nil {
		return nil, wrap("forwarding tests", err)
	}
	out := make([]forwarding.Test, len(found))
	for i, r := range found {
		out[i] = forwardingTest(r)
	}
	return out, nil
}

func forwardingTest(r rows.ForwardingTest) forwarding.Test {
	return forwarding.Test{
		ID: r.ID, BusinessID: r.BusinessID, Number: r.Number, Line: r.Line, From: r.FromLine, Weekly: r.Weekly, Attempt: int(r.Attempt),
		State: forwarding.State(r.State), Why: r.Why, ArrivalID: r.ArrivalID, Told: r.Told,
		BeganAt: r.BeganAt.Time(), ArrivedAt: r.ArrivedAt.Time(), EndedAt: r.EndedAt.Time(),
	}
}
