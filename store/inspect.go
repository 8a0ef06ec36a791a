package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"fixly/store/internal/rows"
)

// Inspection is a database opened to be looked at: nothing is changed, the schema included, so that it is safe beside
// a running server of another version.
type Inspection struct {
	*View
	db     *sql.DB
	newest int64
}

// Inspect opens the database at an address for reading. Of the options it needs the secret key. Errors are one clear
// line.
func Inspect(ctx context.Context, address string, o Options) (*Inspection, error) {
	sealed, err := newSeal(o.SecretKey)
	if err != nil {
		return nil, err
	}
	var (
		db    *sql.DB
		other string
	)
	path, isSQLite := strings.CutPrefix(address, "sqlite:")
	switch {
	case isSQLite:
		other = forPostgres
		if err = checkPath(path); err == nil {
			q := url.Values{"mode": {"ro"}, "_pragma": {fmt.Sprintf("busy_timeout(%d)", lockPatience.Milliseconds())}}
			db, err = sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
		}
	case strings.HasPrefix(address, "postgres://"), strings.HasPrefix(address, "postgresql://"):
		other = forSQLite
		db, err = sql.Open("pgx", address)
	default:
		err = errors.New(`a database address is "sqlite:PATH" or "postgres://..."`)
	}
	if err != nil {
		return nil, fmt.Errorf("the database can't be read: %w", oneLine(err))
	}
	// SQLite opens a file at the first query only.
	if _, err = db.ExecContext(ctx, "SELECT 1"); err == nil && isSQLite {
		_, err = db.ExecContext(ctx, "SELECT COUNT(*) FROM sqlite_master")
	}
	if err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("the database can't be read: %w", oneLine(err))
	}
	_, _, newest, err := migrationSteps(other)
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	return &Inspection{View: &View{q: rows.New(db), businesses: newBusinessCache(), seal: sealed}, db: db, newest: newest}, nil
}

// Schema is the version of the schema that the database has, 0 for a new one, and the one this program needs.
func (i *Inspection) Schema(ctx context.Context) (has, needs int64, err error) {
	return max(schemaVersion(ctx, i.db), 0), i.newest, nil
}

// Close closes the database.
func (i *Inspection) Close() error { return i.db.Close() }
