// Package store is where everything is kept: the one place that knows SQL and River's transactions.
//
// One schema and one set of queries serve SQLite and PostgreSQL (queries/, generated into internal/rows); what
// differs between the two is in sqlite*.go and postgres.go. The other packages declare the storage they need as
// interfaces of their own; *Tx fulfils them all (see rooms.go).
//
// Facts and the durable jobs that they cause are written in one transaction, so neither exists without the other.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"fixly/clock"
	"fixly/store/internal/rows"
)

//go:generate ../.bin/sqlc generate

// Options are what Open needs besides the address.
type Options struct {
	Clock clock.Clock  // nil: the machine's
	Log   *slog.Logger // nil: nothing is logged
	// SecretKey, 32 bytes, encrypts the credentials of businesses at rest; empty: they are kept as they are.
	SecretKey []byte
	// ByHand takes the durable jobs in place of River, for who works them by hand; nil: River does, in the database.
	ByHand *ByHand
	// Demo says that this is a demonstration, whose bookings never count.
	Demo bool
}

// DB is an open database. It is safe for concurrent use. Its own read methods (those of View) see what is committed
// and never wait for writers.
type DB struct {
	*View

	engine  engine
	clock   clock.Clock
	log     *slog.Logger
	changes *Feed
	jobs    jobRunner
	hand    *ByHand // nil: River works the jobs
	demo    bool
}

// engine is what differs between the databases.
type engine interface {
	// inTx runs f in a transaction and commits it, or rolls it back when f fails.
	inTx(ctx context.Context, f func(ctx context.Context, t *transaction) error) error
	// lockConversation, lockCall and lock keep other transactions off a conversation, a call, or whatever a name stands
	// for, until t ends.
	lockConversation(ctx context.Context, t *transaction, id string) error
	lockCall(ctx context.Context, t *transaction, id string) error
	lock(ctx context.Context, t *transaction, name string) error
	// enqueue inserts a job of River's in t.
	enqueue(ctx context.Context, t *transaction, args river.JobArgs, opts *river.InsertOpts) error
	// isOverlap and isDuplicate tell the violations of constraints apart.
	isOverlap(err error) bool
	isDuplicate(err error) bool
	// name is this process's among those that work on the database.
	name() string
	// takeOver makes the jobs that killed processes were at available again, and River's maintenance, if they led that. The
	// texts they were handing over are free to be looked up at their carriers from an instant on.
	takeOver(ctx context.Context, lookUp time.Time) error
	// othersWork says whether other processes may work jobs of this database, so that what they leave behind when they are
	// killed has to be looked for while this one runs.
	othersWork() bool
	// newRunner makes a River client that works jobs.
	newRunner(config *river.Config) (runner, error)
	ping(ctx context.Context) error
	close() error
}

// transaction is an open transaction of either engine.
type transaction struct {
	queries rows.DBTX
	sqlTx   *sql.Tx
	conn    *sql.Conn
	hasJobs bool // jobs were enqueued in it
}

// Open opens the database at an address, "sqlite:PATH" or "postgres://...", and brings its schema up to date.
// Errors are one clear line, fit to be shown to whoever started the program.
func Open(ctx context.Context, address string, o Options) (*DB, error) {
	if o.Clock == nil {
		o.Clock = clock.Real()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	sealed, err := newSeal(o.SecretKey)
	if err != nil {
		return nil, err
	}
	var (
		e     engine
		reads rows.DBTX
	)
	path, isSQLite := strings.CutPrefix(address, "sqlite:")
	switch {
	case isSQLite:
		e, reads, err = openSQLite(ctx, path, o.Log)
	case strings.HasPrefix(address, "postgres://"), strings.HasPrefix(address, "postgresql://"):
		e, reads, err = openPostgres(ctx, address, o.Log)
	default:
		err = errors.New(`a database address is "sqlite:PATH" or "postgres://..."`)
	}
	if err != nil {
		return nil, err
	}
	businesses := newBusinessCache()
	return &DB{
		View:    &View{q: rows.New(reads), businesses: businesses, seal: sealed},
		engine:  e,
		clock:   o.Clock,
		log:     o.Log,
		changes: newFeed(),
		hand:    o.ByHand,
		demo:    o.Demo,
	}, nil
}

// Close stops the jobs and closes the database.
func (db *DB) Close(ctx context.Context) error {
	return errors.Join(db.StopJobs(ctx), db.engine.close())
}

// Ping says whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	if err := db.engine.ping(ctx); err != nil {
		return fmt.Errorf("the database does not answer: %w", err)
	}
	return nil
}

// Changes is the feed of what transactions of this process have changed.
func (db *DB) Changes() *Feed { return db.changes }
