package app

import (
	"context"

	"fixly/api"
	"fixly/bookingpage"
	"fixly/dashboard"
	"fixly/store"
)

// storage lends the database to the API and to the pages under the interfaces they declare, as the store itself does
// to the rooms further in, which it knows.
type storage[T any] struct {
	db *store.DB
	as func(*store.Tx) T
}

// InTx runs f in a transaction of the database.
func (s storage[T]) InTx(ctx context.Context, f func(context.Context, T) error) error {
	return s.db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error { return f(ctx, s.as(tx)) })
}

func apiStorage(db *store.DB) api.Storage {
	return storage[api.Tx]{db, func(tx *store.Tx) api.Tx { return tx }}
}

func dashboardStorage(db *store.DB) dashboard.Storage {
	return storage[dashboard.Tx]{db, func(tx *store.Tx) dashboard.Tx { return tx }}
}

func bookingStorage(db *store.DB) bookingpage.Storage {
	return storage[bookingpage.Tx]{db, func(tx *store.Tx) bookingpage.Tx { return tx }}
}
