package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fixly/clock"
	"fixly/store/internal/rows"
)

// Tx is one transaction: everything that can be read, as the transaction sees it, and everything that can be
// written. It must not be used once the function it was given to has returned, nor by two goroutines at once.
type Tx struct {
	*View

	db      *DB
	t       *transaction
	clock   clock.Clock
	changes []Change
	byHand  []handJob // enqueued, see ByHand
}

// insideTx marks the contexts of functions that run in a transaction.
type insideTx struct{}

// errNested is a mistake in the program: on SQLite the inner transaction would wait for the outer one forever.
var errNested = errors.New("store: a transaction was begun inside another")

// InTx runs f in a transaction. It commits when f returns nil and rolls back on an error, which it returns as it is.
// When InTx returns nil, what f wrote is on disk.
//
// PostgreSQL may abort one of two transactions that are in each other's way; f then runs again, so it must have no
// effect outside its transaction. An overlap of times is no such conflict: it reaches f as scheduling.ErrTaken.
//
// On SQLite one transaction runs at a time, so f must be quick and must wait for nothing outside the database.
func (db *DB) InTx(ctx context.Context, f func(ctx context.Context, tx *Tx) error) error {
	if ctx.Value(insideTx{}) != nil {
		return errNested
	}
	ctx = context.WithValue(ctx, insideTx{}, true)
	var changes []Change
	var byHand []handJob
	err := db.engine.inTx(ctx, func(ctx context.Context, t *transaction) error {
		tx := &Tx{
			View:  &View{q: rows.New(t.queries), businesses: db.businesses, seal: db.seal},
			db:    db,
			t:     t,
			clock: db.clock,
		}
		err := f(ctx, tx)
		changes, byHand = tx.changes, tx.byHand
		return err
	})
	if err != nil {
		return err
	}
	if db.hand != nil {
		db.hand.add(byHand)
	}
	db.changes.publish(changes)
	return nil
}

// changed notes a change, to be published once the transaction is committed.
func (tx *Tx) changed(businessID string, kind ChangeKind, id string) {
	c := Change{BusinessID: businessID, Kind: kind, ID: id}
	if !slices.Contains(tx.changes, c) {
		tx.changes = append(tx.changes, c)
	}
}

// wrap says what was being done when err happened; nil stays nil.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("store: %s: %w", doing, err)
}
