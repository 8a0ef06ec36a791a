package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"modernc.org/sqlite"
)

// compiledMost bounds what a connection keeps compiled. Our queries and River's are about a hundred and fifty.
const compiledMost = 400

// openSQLitePool opens a pool of connections that keep their statements compiled, which costs SQLite more than running
// them does (measured: half of all CPU, most of it River's). Each connection is passed through dress on its way.
func openSQLitePool(dsn string, dress func(*compiledConn) driver.Conn) (*sql.DB, error) {
	c, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(compilingConnector{c, dress}), nil
}

// plain leaves a connection as it is.
func plain(c *compiledConn) driver.Conn { return c }

type compilingConnector struct {
	driver.Connector
	dress func(*compiledConn) driver.Conn
}

func (c compilingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	able, ok := conn.(sqliteConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("store: a connection of the SQLite driver is a %T now", conn), conn.Close())
	}
	return c.dress(&compiledConn{sqliteConn: able, compiled: map[string]*compiledStmt{}}), nil
}

// sqliteConn is what the SQLite driver's connections can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// sqliteStmt is what its statements can do.
type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// compiledConn is a connection that compiles each statement once. database/sql lets nobody use it twice at a time.
type compiledConn struct {
	sqliteConn
	compiled map[string]*compiledStmt
}

type compiledStmt struct {
	sqliteStmt
	reading bool // rows of it are open: it can't be run a second time meanwhile
}

// statement is the statement compiled; nil when it can't be had so.
func (c *compiledConn) statement(ctx context.Context, query string) (*compiledStmt, error) {
	if s, ok := c.compiled[query]; ok {
		if s.reading {
			return nil, nil
		}
		return s, nil
	}
	if len(c.compiled) == compiledMost {
		return nil, nil
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	able, ok := prepared.(sqliteStmt)
	if !ok {
		return nil, prepared.Close()
	}
	s := &compiledStmt{sqliteStmt: able}
	c.compiled[query] = s
	return s, nil
}

func (c *compiledConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.sqliteConn.ExecContext(ctx, query, args)
	}
	return s.ExecContext(ctx, args)
}

func (c *compiledConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.sqliteConn.QueryContext(ctx, query, args)
	}
	found, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.reading = true
	return &compiledRows{found, s}, nil
}

func (c *compiledConn) Close() error {
	var errs []error
	for _, s := range c.compiled {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.sqliteConn.Close())...)
}

type compiledRows struct {
	driver.Rows
	statement *compiledStmt
}

func (r *compiledRows) Close() error {
	r.statement.reading = false
	return r.Rows.Close()
}

// uncancelled runs statements that the end of a context stops only before they begin. Cut off within, SQLite answers
// by rolling back the whole transaction: everybody's, when several share one.
type uncancelled struct{ tx *sql.Tx }

func (u uncancelled) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return u.tx.ExecContext(context.WithoutCancel(ctx), query, args...)
}

func (u uncancelled) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return u.tx.PrepareContext(context.WithoutCancel(ctx), query)
}

func (u uncancelled) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return u.tx.QueryContext(context.WithoutCancel(ctx), query, args...)
}

func (u uncancelled) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if ctx.Err() == nil {
		ctx = context.WithoutCancel(ctx)
	} // else database/sql puts the context's error into the row
	return u.tx.QueryRowContext(ctx, query, args...)
}
