package store

import (
	"container/list"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Limits of a shared commit. Whoever is first in a group waits for it to end, so it is kept short.
const (
	maxGroup     = 64
	maxGroupTime = 2 * time.Millisecond
	// slowFunction is how long one function may keep everyone else waiting before a warning is logged.
	slowFunction = 250 * time.Millisecond
)

// turns lets the transactions of this process take turns on SQLite's one writing connection, in the order they came,
// and share commits: a commit costs a sync of the disk, a hundred times what the statements cost.
//
// Whoever has the turn runs its function inside a savepoint of the open SQLite transaction. If others wait by then, it
// hands the turn to the next with the transaction still open, and waits for the outcome; the last of the group
// commits for all. So nobody waits for companions: a group is those who came while the one before was committing.
// A function that fails is rolled back to its savepoint, which harms nobody else. If the commit fails, it fails for
// the whole group.
type turns struct {
	conn *sql.Conn
	log  *slog.Logger

	mu     sync.Mutex
	taken  bool       // somebody has the turn
	queue  *list.List // of *waiter
	closed bool

	// Only whoever has the turn touches these.
	group *group
}

// group is one SQLite transaction and those whose functions it holds.
type group struct {
	t      *transaction
	began  time.Time
	size   int           // functions that succeeded
	broken error         // set when the transaction was lost under the group
	ended  chan struct{} // closed once err is set
	err    error         // how the commit went
}

// waiter waits for the turn.
type waiter struct {
	granted chan struct{} // closed to hand over the turn
	alone   bool          // wants no open group: it writes through a connection of its own
}

var (
	errClosed = errors.New("the database is closed")
	errBusy   = fmt.Errorf("the database is locked: nothing could be written for %v", lockPatience)
)

func newTurns(conn *sql.Conn, log *slog.Logger) *turns {
	return &turns{conn: conn, log: log, queue: list.New()}
}

// inTx runs f in a savepoint of a shared transaction and returns once that is committed.
func (w *turns) inTx(ctx context.Context, f func(context.Context, *transaction) error) (err error) {
	patience := time.NewTimer(lockPatience)
	defer patience.Stop()
	if err := w.take(ctx, patience.C, false); err != nil {
		return err
	}
	if w.group == nil {
		if w.group, err = w.begin(ctx, patience.C); err != nil {
			w.giveBack()
			return err
		}
	}
	g, succeeded := w.group, false
	defer func() { // in a defer, because f may panic or end its goroutine
		if outcome := w.leave(g, succeeded); succeeded {
			err = outcome
		}
	}()
	if err := w.run(ctx, g, f); err != nil {
		return err
	}
	succeeded = true
	return nil
}

// takeAlone waits for a turn for a writer with a connection of its own. It ends with giveBack.
func (w *turns) takeAlone(ctx context.Context) error {
	patience := time.NewTimer(lockPatience)
	defer patience.Stop()
	return w.take(ctx, patience.C, true)
}

// take waits for the turn. Whoever got it must give it back, or hand it over.
func (w *turns) take(ctx context.Context, patience <-chan time.Time, alone bool) error {
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		return errClosed
	}
	me, place := w.enqueue(alone)
	w.mu.Unlock()
	if place == nil {
		return nil
	}

	var err error
	select {
	case <-me.granted:
		return nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-patience:
		err = errBusy
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	select {
	case <-me.granted: // handed over at the last moment; a turn can't be refused
		return nil
	default:
		w.queue.Remove(place)
		return err
	}
}

// enqueue asks for the turn. Without a place in the queue it is granted at once.
func (w *turns) enqueue(alone bool) (*waiter, *list.Element) {
	if !w.taken {
		w.taken = true
		return nil, nil
	}
	me := &waiter{make(chan struct{}), alone}
	return me, w.queue.PushBack(me)
}

// handOver gives the turn, with the group open, to the next in the queue, if that is one to join the group.
func (w *turns) handOver() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	first := w.queue.Front()
	if first == nil || first.Value.(*waiter).alone {
		return false
	}
	w.grant(first)
	return true
}

// giveBack ends a turn that leaves no group open.
func (w *turns) giveBack() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if first := w.queue.Front(); first != nil {
		w.grant(first)
		return
	}
	w.taken = false
}

func (w *turns) grant(place *list.Element) { close(w.queue.Remove(place).(*waiter).granted) }

// begin opens a transaction for a new group.
func (w *turns) begin(ctx context.Context, patience <-chan time.Time) (*group, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		// The transaction must outlive the context of whoever happens to begin it.
		tx, err := w.conn.BeginTx(context.WithoutCancel(ctx), nil)
		if err == nil {
			return &group{
				t:     &transaction{queries: uncancelled{tx}, sqlTx: tx, conn: w.conn},
				began: time.Now(),
				ended: make(chan struct{}),
			}, nil
		}
		if !isSQLiteBusy(err) {
			return nil, fmt.Errorf("begin: %w", err)
		}
		select {
		case <-patience:
			return nil, errBusy
		default:
		}
	}
}

// run runs f inside a savepoint and undoes what it wrote unless it succeeds.
func (w *turns) run(ctx context.Context, g *group, f func(context.Context, *transaction) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	began := time.Now()
	if err := w.exec("SAVEPOINT f"); err != nil {
		g.broken = err
		return err
	}
	released := false
	defer func() {
		if !released {
			// When even this fails, SQLite has rolled everything back of its own accord (disk full, I/O error).
			if err := errors.Join(w.exec("ROLLBACK TO f"), w.exec("RELEASE f")); err != nil {
				g.broken = err
			}
		}
		if took := time.Since(began); took > slowFunction {
			w.log.Warn("a transaction kept the database for long", "took", took)
		}
	}()
	if err := f(ctx, g.t); err != nil {
		return err
	}
	if err := w.exec("RELEASE f"); err != nil {
		return err
	}
	released = true
	return nil
}

// leave ends a turn: it hands the group on, or ends it. When the function succeeded it returns how the group's
// commit went.
func (w *turns) leave(g *group, succeeded bool) error {
	if succeeded {
		g.size++
	}
	if g.broken == nil && g.size < maxGroup && time.Since(g.began) < maxGroupTime && w.handOver() {
		if !succeeded {
			return nil
		}
		<-g.ended
		return g.err
	}
	w.end(g)
	w.giveBack()
	return g.err
}

// end commits a group, or rolls it back when there is nothing left in it.
func (w *turns) end(g *group) {
	w.group = nil
	switch {
	case g.broken != nil:
		g.err = fmt.Errorf("the transaction was lost: %w", g.broken)
		_ = g.t.sqlTx.Rollback()
	case g.size == 0:
		_ = g.t.sqlTx.Rollback()
	default:
		if g.err = g.t.sqlTx.Commit(); g.err != nil {
			g.err = fmt.Errorf("commit: %w", g.err)
			_ = w.exec("ROLLBACK") // database/sql counts the transaction as done, SQLite does not
		}
	}
	close(g.ended)
}

func (w *turns) exec(statement string) error {
	_, err := w.conn.ExecContext(context.Background(), statement)
	return err
}

// close waits for its turn, after all who came before, and closes the connection.
func (w *turns) close() error {
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		return nil
	}
	w.closed = true
	me, place := w.enqueue(true)
	w.mu.Unlock()
	if place != nil {
		<-me.granted
	}
	return w.conn.Close()
}
