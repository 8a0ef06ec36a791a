// Package storetest runs tests on real databases: SQLite in a temporary file, and PostgreSQL on a server that the
// test process starts for itself.
package storetest

import (
	"context"
	"path/filepath"
	"testing"

	"fixly/clock"
	"fixly/store"
)

// Run runs a test on each database, empty and migrated, as subtests "sqlite" and "postgres". The clock is the
// machine's.
func Run(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	RunAt(t, clock.Real(), test)
}

// RunAt is Run with a clock.
func RunAt(t *testing.T, c clock.Clock, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	Each(t, func(t *testing.T, address string) { test(t, Open(t, address, c)) })
}

// Each gives a test the address of an empty database of each kind, for tests that open it themselves.
func Each(t *testing.T, test func(t *testing.T, address string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// SQLite is the address of a SQLite database in a new temporary directory.
func SQLite(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "fixly.db")
}

// Open opens a database and closes it at the end of the test.
func Open(t testing.TB, address string, c clock.Clock) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), address, store.Options{Clock: c})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(context.Background()); err != nil {
			t.Errorf("close the database: %v", err)
		}
	})
	return db
}
