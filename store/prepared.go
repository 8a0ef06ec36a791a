package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// Compiling a statement costs SQLite several times what running it does, so each is compiled once. (pgx does as
// much for PostgreSQL by itself.)

// preparedConn runs statements on one connection. It is not safe for concurrent use.
//
// It hides the context's end from SQLite: an interrupted write would roll back the transactions of everyone in the
// group. A context that has ended stops the next statement instead.
type preparedConn struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
}

func newPreparedConn(conn *sql.Conn) *preparedConn {
	return &preparedConn{conn: conn, statements: map[string]*sql.Stmt{}}
}

func (p *preparedConn) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	if s := p.statements[query]; s != nil {
		return s, nil
	}
	s, err := p.conn.PrepareContext(context.WithoutCancel(ctx), query)
	if err != nil {
		return nil, err
	}
	p.statements[query] = s
	return s, nil
}

func (p *preparedConn) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := p.ready(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(context.WithoutCancel(ctx), args...)
}

func (p *preparedConn) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := p.ready(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(context.WithoutCancel(ctx), args...)
}

func (p *preparedConn) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := p.ready(ctx, query)
	if err != nil {
		return failedRow(ctx, p.conn, query, args)
	}
	return s.QueryRowContext(context.WithoutCancel(ctx), args...)
}

func (p *preparedConn) ready(ctx context.Context, query string) (*sql.Stmt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return p.PrepareContext(ctx, query)
}

func (p *preparedConn) close() error {
	var errs []error
	for _, s := range p.statements {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

// rowQueryer is what both *sql.DB and *sql.Conn can do.
type rowQueryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// failedRow asks plainly, to have the error in a *sql.Row, which can't be made otherwise.
func failedRow(ctx context.Context, q rowQueryer, query string, args []any) *sql.Row {
	return q.QueryRowContext(ctx, query, args...)
}

// preparedPool runs statements on a pool. It is safe for concurrent use.
type preparedPool struct {
	db         *sql.DB
	statements sync.Map // string to *sql.Stmt
}

func newPreparedPool(db *sql.DB) *preparedPool { return &preparedPool{db: db} }

func (p *preparedPool) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := p.statements.Load(query); ok {
		return s.(*sql.Stmt), nil
	}
	s, err := p.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if first, raced := p.statements.LoadOrStore(query, s); raced {
		_ = s.Close()
		return first.(*sql.Stmt), nil
	}
	return s, nil
}

func (p *preparedPool) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := p.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

func (p *preparedPool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := p.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

func (p *preparedPool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := p.PrepareContext(ctx, query)
	if err != nil {
		return failedRow(ctx, p.db, query, args)
	}
	return s.QueryRowContext(ctx, args...)
}
