package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/jackc/pgx/v5/pgxpool"
)

// migrationFiles are the steps of the schema, in order. A step is portable SQL, or comes once for each dialect:
// NNNNN_what.sqlite.sql and NNNNN_what.postgres.sql. Steps are only ever added.
//
//go:embed migrations/*.sql
var migrationFiles embed.FS

// The dialects, as the files' names end.
const (
	forSQLite   = ".sqlite.sql"
	forPostgres = ".postgres.sql"
)

// migrateSQLite migrates a file. Another process may be at the same (two that start together on a new file): each
// step is one transaction, so whoever comes second to a step fails at it, and goes on from where the other has got to.
func migrateSQLite(ctx context.Context, db *sql.DB, log *slog.Logger) error {
	for {
		had := schemaVersion(ctx, db) + queueVersion(ctx, db)
		err := migrate(ctx, db, goose.DialectSQLite3, forPostgres, riversqlite.New(db), log)
		if err == nil || schemaVersion(ctx, db)+queueVersion(ctx, db) == had {
			return err
		}
	}
}

// migratePostgres lets one process migrate at a time: the others wait, then find the work done.
func migratePostgres(ctx context.Context, pool *pgxpool.Pool, db *sql.DB, log *slog.Logger) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	const key = 0x6669786c79 // "fixly"
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", key); err != nil {
		return fmt.Errorf("wait for other migrations: %w", err)
	}
	defer func() {
		_, _ = conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", key)
	}()
	return migrate(ctx, db, goose.DialectPostgres, forSQLite, riverpgxv5.New(pool), log)
}

// migrate brings our tables and River's up to date. A database that is so already costs two queries.
func migrate[T any](ctx context.Context, db *sql.DB, dialect goose.Dialect, otherDialect string, driver riverdriver.Driver[T], log *slog.Logger) error {
	steps, others, newest, err := migrationSteps(otherDialect)
	if err != nil {
		return err
	}
	have := schemaVersion(ctx, db)
	if have > newest {
		return fmt.Errorf("it was written by a newer version of this program (schema %d, this one knows %d)", have, newest)
	}
	if have < newest {
		provider, err := goose.NewProvider(dialect, db, steps, goose.WithExcludeNames(others), goose.WithLogger(goose.NopLogger()), goose.WithDisableGlobalRegistry(true))
		if err != nil {
			return fmt.Errorf("migrate: %w", err)
		}
		if _, err := provider.Up(ctx); err != nil {
			return fmt.Errorf("migrate: %w", err)
		}
	}

	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: queueLog(log)})
	if err != nil {
		return fmt.Errorf("migrate the job queue: %w", err)
	}
	queueSteps := migrator.AllVersions()
	if queueVersion(ctx, db) < int64(queueSteps[len(queueSteps)-1].Version) {
		if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
			return fmt.Errorf("migrate the job queue: %w", err)
		}
	}
	return nil
}

// schemaVersion is the newest step of ours that a database has, queueVersion of River's; noSchema when there is none.
func schemaVersion(ctx context.Context, db *sql.DB) int64 {
	return version(ctx, db, "SELECT MAX(version_id) FROM goose_db_version")
}

func queueVersion(ctx context.Context, db *sql.DB) int64 {
	return version(ctx, db, "SELECT MAX(version) FROM river_migration WHERE line = 'main'")
}

const noSchema = -1

// version asks for a version. An error counts as none: the table isn't there yet, or the migration will meet the same
// error and say more.
func version(ctx context.Context, db *sql.DB, query string) int64 {
	var v sql.NullInt64
	if err := db.QueryRowContext(ctx, query).Scan(&v); err != nil {
		return noSchema
	}
	return v.Int64
}

// migrationSteps lists the files of the other dialect, to be left out, and the newest version.
func migrationSteps(otherDialect string) (steps fs.FS, others []string, newest int64, err error) {
	if steps, err = fs.Sub(migrationFiles, "migrations"); err != nil {
		return nil, nil, 0, err
	}
	files, err := fs.ReadDir(steps, ".")
	if err != nil {
		return nil, nil, 0, err
	}
	for _, f := range files {
		number, _, _ := strings.Cut(f.Name(), "_")
		v, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, nil, 0, fmt.Errorf("migration %s has no number", f.Name())
		}
		newest = max(newest, v)
		if strings.HasSuffix(f.Name(), otherDialect) {
			others = append(others, f.Name())
		}
	}
	return steps, others, newest, nil
}
