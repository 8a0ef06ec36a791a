package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/rs/xid"

	"fixly/store/internal/rows"
)

// postgresAttempts is how often a transaction is tried that PostgreSQL aborts because of another.
const postgresAttempts = 6

// postgresConns is the size of the pool when the address doesn't say (pool_max_conns). River listens on one of them.
// With fewer than postgresLeastConns it and a migration, which locks on one and works on another, would wait forever.
const (
	postgresConns      = 20
	postgresLeastConns = 4
)

// postgresEngine is a PostgreSQL server: one pool of connections for everything, seen through database/sql for our
// queries and directly by River.
type postgresEngine struct {
	pool     *pgxpool.Pool
	process  string // names this process to PostgreSQL and to River, see takeOver
	db       *sql.DB
	river    *riverpgxv5.Driver
	inserter *river.Client[pgx.Tx]
}

func openPostgres(ctx context.Context, address string, log *slog.Logger) (_ engine, _ rows.DBTX, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("the PostgreSQL database can't be used: %w", oneLine(err))
		}
	}()
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, nil, err
	}
	if !strings.Contains(address, "pool_max_conns") {
		config.MaxConns = postgresConns
	}
	config.MaxConns = max(config.MaxConns, postgresLeastConns)
	e := &postgresEngine{process: "fixly_" + xid.New().String()}
	config.ConnConfig.RuntimeParams["application_name"] = e.process
	if e.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, nil, err
	}
	e.db = stdlib.OpenDBFromPool(e.pool)
	defer func() {
		if err != nil {
			_ = e.close()
		}
	}()
	if err := e.pool.Ping(ctx); err != nil {
		return nil, nil, err
	}
	if err := migratePostgres(ctx, e.pool, e.db, log); err != nil {
		return nil, nil, err
	}
	e.river = riverpgxv5.New(e.pool)
	if e.inserter, err = river.NewClient(e.river, &river.Config{Logger: queueLog(log)}); err != nil {
		return nil, nil, err
	}
	return e, e.db, nil
}

// oneLine folds an error of several lines (pgx lists each address it tried on its own) into one.
func oneLine(err error) error {
	if !strings.Contains(err.Error(), "\n") {
		return err
	}
	return &foldedError{err}
}

type foldedError struct{ error }

func (e *foldedError) Error() string { return strings.Join(strings.Fields(e.error.Error()), " ") }
func (e *foldedError) Unwrap() error { return e.error }

func (e *postgresEngine) inTx(ctx context.Context, f func(context.Context, *transaction) error) error {
	for attempt := 1; ; attempt++ {
		err := e.tryTx(ctx, f)
		if err == nil || attempt == postgresAttempts || !isConflict(err) {
			return err
		}
		pause := time.Duration(rand.Int64N(int64(time.Millisecond) << attempt)) //nolint:gosec // jitter
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}

func (e *postgresEngine) tryTx(ctx context.Context, f func(context.Context, *transaction) error) error {
	conn, err := e.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	if err := f(ctx, &transaction{queries: tx, sqlTx: tx, conn: conn}); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// isConflict says that PostgreSQL aborted the transaction because of another one, so that trying again can help.
func isConflict(err error) bool {
	return hasCode(err, "40001", "40P01") // serialization_failure, deadlock_detected
}

func hasCode(err error, codes ...string) bool {
	var pe *pgconn.PgError
	if !errors.As(err, &pe) {
		return false
	}
	for _, c := range codes {
		if pe.Code == c {
			return true
		}
	}
	return false
}

func (e *postgresEngine) lockConversation(ctx context.Context, t *transaction, id string) error {
	_, err := t.sqlTx.ExecContext(ctx, "SELECT 1 FROM conversations WHERE id = $1 FOR UPDATE", id)
	return err
}

// lockCall leaves it to others to write rows that name the call.
func (e *postgresEngine) lockCall(ctx context.Context, t *transaction, id string) error {
	_, err := t.sqlTx.ExecContext(ctx, "SELECT 1 FROM calls WHERE id = $1 FOR NO KEY UPDATE", id)
	return err
}

func (e *postgresEngine) lock(ctx context.Context, t *transaction, name string) error {
	_, err := t.sqlTx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", name)
	return err
}

// enqueue lends River the connection of the open transaction. River announces new jobs too, but only so often, and
// forgets one whose transaction is committed after the announcement that covers it; that job would wait for the next
// look into the table. So each transaction that holds jobs announces them itself; PostgreSQL sends it with the commit.
func (e *postgresEngine) enqueue(ctx context.Context, t *transaction, args river.JobArgs, opts *river.InsertOpts) error {
	return t.conn.Raw(func(driverConn any) error {
		tx := lentTx{lentConn{driverConn.(*stdlib.Conn).Conn()}}
		if _, err := e.inserter.InsertTx(ctx, tx, args, opts); err != nil || t.hasJobs {
			return err
		}
		t.hasJobs = true
		return e.river.UnwrapExecutor(tx).NotifyMany(ctx, &riverdriver.NotifyManyParams{
			Topic: insertTopic, Payload: []string{insertPayload},
		})
	})
}

func (e *postgresEngine) isOverlap(err error) bool   { return hasCode(err, "23P01") } // exclusion_violation
func (e *postgresEngine) isDuplicate(err error) bool { return hasCode(err, "23505") } // unique_violation

func (e *postgresEngine) name() string { return e.process }

func (e *postgresEngine) othersWork() bool { return true }

// takeOver tells the living by their connections, which bear their names. A process that only seems dead, because a
// pooler hides its name, has its jobs run twice, which they bear.
func (e *postgresEngine) takeOver(ctx context.Context, lookUp time.Time) error {
	const living = "(SELECT application_name FROM pg_stat_activity WHERE application_name IS NOT NULL)"
	for _, s := range []struct {
		statement string
		args      []any
	}{
		{"UPDATE river_job SET state = 'available' WHERE state = 'running' AND attempt < max_attempts " +
			"AND attempted_by[array_upper(attempted_by, 1)] NOT IN " + living, nil},
		{"DELETE FROM river_leader WHERE leader_id NOT IN " + living, nil},
		{"UPDATE messages SET claimed_at = 0, claimed_by = '', retry_at = $1 " +
			"WHERE status = 'sending' AND claimed_by <> '' AND claimed_by NOT IN " + living, []any{int64(rows.At(lookUp))}},
	} {
		if _, err := e.db.ExecContext(ctx, s.statement, s.args...); err != nil {
			return err
		}
	}
	return nil
}

func (e *postgresEngine) newRunner(config *river.Config) (runner, error) {
	config.ID = e.process
	return river.NewClient(e.river, config)
}

func (e *postgresEngine) ping(ctx context.Context) error { return e.pool.Ping(ctx) }

func (e *postgresEngine) close() error {
	err := e.db.Close()
	e.pool.Close()
	return err
}

// lentTx is the connection of an open *sql.Tx as River wants to have it. The transaction stays its owner's: River
// inserts through it and never ends it.
type lentTx struct{ lentConn }

type lentConn struct{ *pgx.Conn }

var errOwnedByCaller = errors.New("store: the transaction is not River's to end")

func (t lentTx) Conn() *pgx.Conn                     { return t.lentConn.Conn }
func (lentTx) Begin(context.Context) (pgx.Tx, error) { return nil, errOwnedByCaller }
func (lentTx) Commit(context.Context) error          { return errOwnedByCaller }
func (lentTx) Rollback(context.Context) error        { return errOwnedByCaller }

// LargeObjects belongs to pgx.Tx; nothing here has any use for it.
func (lentTx) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }
