package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"fixly/store/internal/rows"
)

// River writes to the SQLite file too: it fetches jobs and notes that they are done. Left to SQLite's own waiting it
// starves while our transactions follow each other closely, since a waiter looks again only now and then (measured:
// seconds). So its connection takes turns with ours in one queue.

// politeConn waits for its turn before each transaction, and before each statement outside of one that may write.
// River prepares no statements, so those are left alone.
type politeConn struct {
	*compiledConn
	turns *turns
	inTx  bool
}

func (c *politeConn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	if err := c.turns.takeAlone(ctx); err != nil {
		return nil, err
	}
	tx, err := c.compiledConn.BeginTx(ctx, opts)
	if err != nil {
		c.turns.giveBack()
		return nil, err
	}
	c.inTx = true
	return &politeTx{tx, c}, nil
}

type politeTx struct {
	driver.Tx
	conn *politeConn
}

func (t *politeTx) Commit() error   { return t.end(t.Tx.Commit) }
func (t *politeTx) Rollback() error { return t.end(t.Tx.Rollback) }

func (t *politeTx) end(how func() error) error {
	defer t.conn.turns.giveBack()
	t.conn.inTx = false
	return how()
}

func (c *politeConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if c.inTx {
		return c.compiledConn.ExecContext(ctx, query, args)
	}
	if err := c.turns.takeAlone(ctx); err != nil {
		return nil, err
	}
	defer c.turns.giveBack()
	return c.compiledConn.ExecContext(ctx, query, args)
}

// QueryContext reads all rows of a statement that may write before it gives the turn back: the write ends with them.
func (c *politeConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if c.inTx || onlyReads(query) {
		return c.compiledConn.QueryContext(ctx, query, args)
	}
	if err := c.turns.takeAlone(ctx); err != nil {
		return nil, err
	}
	defer c.turns.giveBack()
	found, err := c.compiledConn.QueryContext(ctx, query, args)
	if err != nil {
		return nil, err
	}
	return readAll(found)
}

// onlyReads recognises a SELECT behind the comment lines that sqlc puts before it.
func onlyReads(query string) bool {
	for strings.HasPrefix(query, "--") {
		_, query, _ = strings.Cut(query, "\n")
	}
	query = strings.TrimSpace(query)
	return len(query) >= len("SELECT") && strings.EqualFold(query[:len("SELECT")], "SELECT")
}

// fetchedRows are rows held in memory.
type fetchedRows struct {
	columns []string
	rows    [][]driver.Value
}

func readAll(from driver.Rows) (_ *fetchedRows, err error) {
	defer func() { err = errors.Join(err, from.Close()) }()
	f := &fetchedRows{columns: from.Columns()}
	for {
		row := make([]driver.Value, len(f.columns))
		switch err := from.Next(row); {
		case errors.Is(err, io.EOF):
			return f, nil
		case err != nil:
			return nil, err
		}
		f.rows = append(f.rows, row)
	}
}

func (f *fetchedRows) Columns() []string { return f.columns }
func (f *fetchedRows) Close() error      { return nil }

func (f *fetchedRows) Next(into []driver.Value) error {
	if len(f.rows) == 0 {
		return io.EOF
	}
	copy(into, f.rows[0])
	f.rows = f.rows[1:]
	return nil
}

// promptDriver is River's SQLite driver, told of new jobs by this process as soon as they are committed. Its own way
// is a table of notifications, written with every insert and looked at twenty times a second.
type promptDriver struct {
	*riversqlite.Driver
	bell bell
}

// SupportsListenNotify keeps River from writing notifications.
func (promptDriver) SupportsListenNotify() bool { return false }

// GetListener gives River our bell to listen to.
func (d promptDriver) GetListener(*riverdriver.GetListenenerParams) riverdriver.Listener {
	return bellListener{d.bell}
}

// bell is rung after a commit that holds new jobs. One ring is kept for a listener who is not waiting at the moment.
type bell chan struct{}

func newBell() bell { return make(bell, 1) }

func (b bell) ring() {
	select {
	case b <- struct{}{}:
	default:
	}
}

// What River listens for when jobs are inserted: its own names, from its internal/notifier and producer.
const (
	insertTopic   = "river_insert"
	insertPayload = `{"queue":"default"}`
)

// bellListener hears a bell as River's notification that jobs were inserted.
type bellListener struct{ bell bell }

func (bellListener) Connect(context.Context) error          { return nil }
func (bellListener) Close(context.Context) error            { return nil }
func (bellListener) Listen(context.Context, string) error   { return nil }
func (bellListener) Unlisten(context.Context, string) error { return nil }
func (bellListener) Ping(context.Context) error             { return nil }
func (bellListener) Schema() string                         { return "" }

// SetAfterConnectExec is River's own tests'.
func (bellListener) SetAfterConnectExec(string) {}

// WaitForNotification waits until the bell rings.
func (l bellListener) WaitForNotification(ctx context.Context) (*riverdriver.Notification, error) {
	select {
	case <-l.bell:
		return &riverdriver.Notification{Topic: insertTopic, Payload: insertPayload}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// name is the same for all: one process works on a SQLite file at a time.
func (e *sqliteEngine) name() string { return "sqlite" }

func (e *sqliteEngine) othersWork() bool { return false }

// takeOver: one process works on a SQLite file, so whatever is still being worked on is a killed one's.
func (e *sqliteEngine) takeOver(ctx context.Context, lookUp time.Time) error {
	for _, statement := range []string{
		"UPDATE river_job SET state = 'available' WHERE state = 'running' AND attempt < max_attempts",
		"DELETE FROM river_leader",
	} {
		if _, err := e.riverDB.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	_, err := e.riverDB.ExecContext(ctx, `
		UPDATE messages SET claimed_at = 0, claimed_by = '', retry_at = $1
		WHERE status = 'sending' AND claimed_by <> ''`, int64(rows.At(lookUp)))
	return err
}
