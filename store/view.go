package store

import (
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"fixly/store/internal/rows"
)

// View is all that can be read: inside a transaction, as it sees the database (Tx), or outside of one, as last
// committed (DB). Except where it says so, everything is read within one business.
type View struct {
	q          *rows.Queries
	businesses *businessCache
	seal       seal
}

// notFound says what was not there. It wraps sql.ErrNoRows and, where a package has an error of its own for it,
// that one.
func notFound(what, id string, also ...error) error {
	return fmt.Errorf("store: no %s %q: %w", what, id, errors.Join(append(also, sql.ErrNoRows)...))
}

func isNoRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// Bounds of a list that is open on a side. Instants in rows lie well within.
const (
	earliest = rows.Millis(math.MinInt64)
	latest   = rows.Millis(math.MaxInt64)
)

func fromBound(t time.Time) rows.Millis {
	if t.IsZero() {
		return earliest
	}
	return rows.Ceil(t)
}

func toBound(t time.Time) rows.Millis {
	if t.IsZero() {
		return latest
	}
	return rows.Ceil(t)
}

// rowLimit is a list's limit as the queries want it: 0 means all.
func rowLimit(n int) int32 {
	if n <= 0 || n > math.MaxInt32 {
		return math.MaxInt32
	}
	return int32(n)
}

// after is where an ascending list goes on, before where a descending one does; the first page has no id.
func after(t time.Time, id string) rows.Millis {
	if id == "" {
		return earliest
	}
	return rows.At(t)
}

func before(t time.Time, id string) rows.Millis {
	if id == "" {
		return latest
	}
	return rows.At(t)
}
