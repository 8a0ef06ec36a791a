package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"modernc.org/sqlite"
	sqlitecode "modernc.org/sqlite/lib"

	"fixly/store/internal/rows"
)

// lockPatience is how long a transaction waits for the database to become free before it fails: for those of this
// process that came before it, and for other processes that write the same file.
const lockPatience = 5 * time.Second

// lockSlice is how long SQLite itself waits for another process at a time, between looks at the caller's context.
const lockSlice = 100 * time.Millisecond

// readers is how many may read at once.
const readers = 4

// sqliteEngine is a SQLite file, opened several times over. One connection writes; the transactions of this process
// take turns on it and share commits (see turns.go). A pool reads, beside the writer and never waiting for it, as
// WAL allows. River has a connection of its own.
type sqliteEngine struct {
	path     string
	file     os.FileInfo // of the file as it was opened
	writerDB *sql.DB
	turns    *turns
	readers  *sql.DB
	riverDB  *sql.DB
	river    promptDriver
	inserter *river.Client[*sql.Tx]
}

// openSQLite opens the file and returns the engine and what View reads from.
//
// What is committed must survive a power cut ("booked" has been said), so the writer syncs on each commit
// (synchronous=FULL; shared commits make that cheap). River's connection need not: it notes that jobs were fetched
// and finished, and a job may run again. Moving the log into the file is left to SQLite: whoever commits the thousandth
// page pays for it, with 0.7 ms where a commit costs 0.2.
func openSQLite(ctx context.Context, path string, log *slog.Logger) (_ engine, _ rows.DBTX, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("the SQLite database %q can't be used: %w", path, err)
		}
	}()
	if err := checkPath(path); err != nil {
		return nil, nil, err
	}
	e := &sqliteEngine{path: path}
	defer func() {
		if err != nil {
			_ = e.close()
		}
	}()

	if err := prepareFile(ctx, path, log); err != nil {
		return nil, nil, err
	}
	if e.file, err = os.Stat(path); err != nil {
		return nil, nil, err
	}
	if e.writerDB, err = openSQLitePool(sqliteDSN(path, lockSlice, "immediate", "synchronous(FULL)"), plain); err != nil {
		return nil, nil, err
	}
	conn, err := e.writerDB.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	e.turns = newTurns(conn, log)

	if e.readers, err = openSQLitePool(sqliteDSN(path, lockPatience, "deferred", "query_only(1)"), plain); err != nil {
		return nil, nil, err
	}
	e.readers.SetMaxOpenConns(readers)
	e.readers.SetMaxIdleConns(readers)

	e.riverDB, err = openSQLitePool(sqliteDSN(path, lockPatience, "immediate", "synchronous(NORMAL)"),
		func(c *compiledConn) driver.Conn { return &politeConn{compiledConn: c, turns: e.turns} })
	if err != nil {
		return nil, nil, err
	}
	e.riverDB.SetMaxOpenConns(1)
	e.river = promptDriver{riversqlite.New(e.riverDB), newBell()}
	if e.inserter, err = river.NewClient(e.river, &river.Config{Logger: queueLog(log)}); err != nil {
		return nil, nil, err
	}
	return e, e.readers, nil
}

// prepareFile makes the file where there is none and brings its schema up to date, over a connection of its own.
func prepareFile(ctx context.Context, path string, log *slog.Logger) error {
	db, err := sql.Open("sqlite", sqliteDSN(path, lockPatience, "immediate", "synchronous(FULL)"))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	err = db.PingContext(ctx)
	if err == nil {
		err = migrateSQLite(ctx, db, log)
	}
	return errors.Join(err, db.Close())
}

// checkPath says in plain words what SQLite would say in its own.
func checkPath(path string) error {
	if path == "" || path == ":memory:" {
		return errors.New("it must be a file")
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return errors.New("it is a directory")
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return errors.New("its directory does not exist or may not be read")
	}
	return nil
}

func sqliteDSN(path string, patience time.Duration, lock string, pragmas ...string) string {
	q := url.Values{"_txlock": {lock}}
	for _, p := range append([]string{
		fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds()),
		"journal_mode(WAL)",
		"foreign_keys(1)",
	}, pragmas...) {
		q.Add("_pragma", p)
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

func (e *sqliteEngine) inTx(ctx context.Context, f func(context.Context, *transaction) error) error {
	hasJobs := false
	err := e.turns.inTx(ctx, func(ctx context.Context, t *transaction) error {
		t.hasJobs = false // the transaction is shared
		err := f(ctx, t)
		hasJobs = t.hasJobs
		return err
	})
	if err != nil {
		return err
	}
	if hasJobs {
		e.river.bell.ring()
	}
	return nil
}

// lockConversation has nothing to do: transactions run one at a time.
func (e *sqliteEngine) lockConversation(context.Context, *transaction, string) error { return nil }

// lockCall has nothing to do: transactions run one at a time.
func (e *sqliteEngine) lockCall(context.Context, *transaction, string) error { return nil }

// lock has nothing to do: transactions run one at a time.
func (e *sqliteEngine) lock(context.Context, *transaction, string) error { return nil }

func (e *sqliteEngine) enqueue(ctx context.Context, t *transaction, args river.JobArgs, opts *river.InsertOpts) error {
	// Not cancellable within: SQLite answers an interrupted write by rolling back everybody's transaction.
	_, err := e.inserter.InsertTx(context.WithoutCancel(ctx), t.sqlTx, args, opts)
	t.hasJobs = true
	return err
}

func (e *sqliteEngine) isOverlap(err error) bool {
	var se *sqlite.Error
	return errors.As(err, &se) && se.Code() == sqlitecode.SQLITE_CONSTRAINT_TRIGGER &&
		strings.Contains(se.Error(), "times_no_overlap")
}

func (e *sqliteEngine) isDuplicate(err error) bool {
	var se *sqlite.Error
	return errors.As(err, &se) &&
		(se.Code() == sqlitecode.SQLITE_CONSTRAINT_UNIQUE || se.Code() == sqlitecode.SQLITE_CONSTRAINT_PRIMARYKEY)
}

func isSQLiteBusy(err error) bool {
	var se *sqlite.Error
	return errors.As(err, &se) && se.Code()&0xff == sqlitecode.SQLITE_BUSY
}

func (e *sqliteEngine) newRunner(config *river.Config) (runner, error) {
	return river.NewClient(e.river, config)
}

// ping reads something and makes sure that it could write, and that the file is still where it was: what is written to
// one that was deleted or moved away would be lost at the next start.
func (e *sqliteEngine) ping(ctx context.Context) error {
	file, err := os.Stat(e.path)
	if err != nil {
		return err
	}
	if !os.SameFile(file, e.file) {
		return fmt.Errorf("%s is another file by now", e.path)
	}
	var n int
	if err := e.readers.QueryRowContext(ctx, "SELECT COUNT(*) FROM businesses").Scan(&n); err != nil {
		return err
	}
	return e.turns.inTx(ctx, func(context.Context, *transaction) error { return nil })
}

func (e *sqliteEngine) close() error {
	var errs []error
	if e.turns != nil {
		errs = append(errs, e.turns.close())
	}
	for _, db := range []*sql.DB{e.riverDB, e.readers, e.writerDB} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}
