package app

import (
	"context"

	"fixly/api"
	"fixly/dashboard"
	"fixly/followup"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/store"
	"fixly/telephony"
)

// storage lends the one database to a room under the interface that the room declares.
type storage[T any] struct {
	db *store.DB
	as func(*store.Tx) T
}

// InTx runs f in a transaction of the database.
func (s storage[T]) InTx(ctx context.Context, f func(context.Context, T) error) error {
	return s.db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error { return f(ctx, s.as(tx)) })
}

func receptionistStorage(db *store.DB) receptionist.Storage {
	return storage[receptionist.Tx]{db, func(tx *store.Tx) receptionist.Tx { return tx }}
}

func telephonyStorage(db *store.DB) telephony.Storage {
	return storage[telephony.Tx]{db, func(tx *store.Tx) telephony.Tx { return tx }}
}

func messagingStorage(db *store.DB) messaging.Storage {
	return storage[messaging.Tx]{db, func(tx *store.Tx) messaging.Tx { return tx }}
}

func followupStorage(db *store.DB) followup.Storage {
	return storage[followup.Tx]{db, func(tx *store.Tx) followup.Tx { return tx }}
}

func apiStorage(db *store.DB) api.Storage {
	return storage[api.Tx]{db, func(tx *store.Tx) api.Tx { return tx }}
}

func dashboardStorage(db *store.DB) dashboard.Storage {
	return storage[dashboard.Tx]{db, func(tx *store.Tx) dashboard.Tx { return tx }}
}
