package store

import (
	"context"

	"fixly/billing"
	"fixly/callbacks"
	"fixly/followup"
	"fixly/forwarding"
	"fixly/messaging"
	"fixly/notify"
	"fixly/oncall"
	"fixly/photos"
	"fixly/receptionist"
	"fixly/recording"
	"fixly/scheduling/calendar/builtin"
	"fixly/scheduling/calendar/mirror"
	"fixly/telephony"
)

// room is the database as another package declares it: the same transactions, seen through that package's own
// interface T.
type room[T any] struct {
	db *DB
	as func(*Tx) T
}

// InTx is DB.InTx.
func (r room[T]) InTx(ctx context.Context, f func(ctx context.Context, tx T) error) error {
	return r.db.InTx(ctx, func(ctx context.Context, tx *Tx) error { return f(ctx, r.as(tx)) })
}

// Receptionist is the database as package receptionist needs it.
func (db *DB) Receptionist() receptionist.Storage {
	return room[receptionist.Tx]{db, func(tx *Tx) receptionist.Tx { return tx }}
}

// Telephony is the database as package telephony needs it.
func (db *DB) Telephony() telephony.Storage {
	return room[telephony.Tx]{db, func(tx *Tx) telephony.Tx { return tx }}
}

// Calling is the database as the calls that we place need it.
func (db *DB) Calling() telephony.CallingStorage {
	return room[telephony.CallingTx]{db, func(tx *Tx) telephony.CallingTx { return tx }}
}

// Messaging is the database as package messaging needs it.
func (db *DB) Messaging() messaging.Storage {
	return room[messaging.Tx]{db, func(tx *Tx) messaging.Tx { return tx }}
}

// FollowUp is the database as package followup needs it.
func (db *DB) FollowUp() followup.Storage {
	return room[followup.Tx]{db, func(tx *Tx) followup.Tx { return tx }}
}

// OnCall is the database as package oncall needs it.
func (db *DB) OnCall() oncall.Storage {
	return room[oncall.Tx]{db, func(tx *Tx) oncall.Tx { return tx }}
}

// CallingBack is the database as package callbacks needs it.
func (db *DB) CallingBack() callbacks.Storage {
	return room[callbacks.Tx]{db, func(tx *Tx) callbacks.Tx { return tx }}
}

// Billing is the database as package billing needs it.
func (db *DB) Billing() billing.Storage {
	return room[billing.Tx]{db, func(tx *Tx) billing.Tx { return tx }}
}

// Forwarding is the database as package forwarding needs it.
func (db *DB) Forwarding() forwarding.Storage {
	return room[forwarding.Tx]{db, func(tx *Tx) forwarding.Tx { return tx }}
}

// Notify is the database as package notify needs it.
func (db *DB) Notify() notify.Storage {
	return room[notify.Tx]{db, func(tx *Tx) notify.Tx { return tx }}
}

// BuiltIn is the database as package builtin needs it.
func (db *DB) BuiltIn() builtin.Storage {
	return blockRoom{db.View, room[builtin.StorageTx]{db, func(tx *Tx) builtin.StorageTx { return tx }}}
}

// blockRoom reads outside of transactions, too.
type blockRoom struct {
	*View
	room[builtin.StorageTx]
}

// Mirror is the database as package mirror needs it.
func (db *DB) Mirror() mirror.Storage {
	return room[mirror.Tx]{db, func(tx *Tx) mirror.Tx { return tx }}
}

// Photos is the database as package photos needs it.
func (db *DB) Photos() photos.Storage {
	return room[photos.Tx]{db, func(tx *Tx) photos.Tx { return tx }}
}

// Recording is the database as package recording needs it.
func (db *DB) Recording() recording.Storage {
	return room[recording.Tx]{db, func(tx *Tx) recording.Tx { return tx }}
}
