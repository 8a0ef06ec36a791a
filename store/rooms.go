package store

import (
	"context"

	"fixly/followup"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/telephony"
)

// Room is the database as another package declares it: the same transactions, seen through that package's own
// interface T.
type Room[T any] struct{ db *DB }

// For is the database as T. It panics when *Tx is no T, which is a mistake in the program.
func For[T any](db *DB) Room[T] {
	_ = any((*Tx)(nil)).(T)
	return Room[T]{db}
}

// InTx is DB.InTx.
func (r Room[T]) InTx(ctx context.Context, f func(ctx context.Context, tx T) error) error {
	return r.db.InTx(ctx, func(ctx context.Context, tx *Tx) error { return f(ctx, any(tx).(T)) })
}

// Receptionist is the database as package receptionist needs it.
func (db *DB) Receptionist() receptionist.Storage { return For[receptionist.Tx](db) }

// Telephony is the database as package telephony needs it.
func (db *DB) Telephony() telephony.Storage { return For[telephony.Tx](db) }

// Messaging is the database as package messaging needs it.
func (db *DB) Messaging() messaging.Storage { return For[messaging.Tx](db) }

// FollowUp is the database as package followup needs it.
func (db *DB) FollowUp() followup.Storage { return For[followup.Tx](db) }

// *Tx is what each of them asks for.
var (
	_ receptionist.Tx = (*Tx)(nil)
	_ telephony.Tx    = (*Tx)(nil)
	_ messaging.Tx    = (*Tx)(nil)
	_ followup.Tx     = (*Tx)(nil)
)
