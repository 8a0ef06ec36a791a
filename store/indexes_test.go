package store_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fixly/clock"
	"fixly/store/storetest"
)

// TestNoQueryReadsAWholeTable asks SQLite how it would run each generated query. A scan is fine only over an index
// that the whole answer comes from.
func TestNoQueryReadsAWholeTable(t *testing.T) {
	address := storetest.SQLite(t)
	storetest.Open(t, address, clock.Real())
	db, err := sql.Open("sqlite", "file:"+strings.TrimPrefix(address, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()

	queries := generatedQueries(t)
	if len(queries) < 40 {
		t.Fatalf("found %d queries only", len(queries))
	}
	for name, query := range queries {
		for _, step := range plan(t, db, query) {
			if strings.HasPrefix(step, "SCAN") && !strings.Contains(step, "INDEX") && !strings.Contains(step, "CONSTANT ROW") {
				t.Errorf("%s: %s", name, step)
			}
		}
	}
}

// generatedQueries finds what sqlc wrote: const name = `-- name: Name :kind` and the statement.
func generatedQueries(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("internal/rows/*.sql.go")
	if err != nil {
		t.Fatal(err)
	}
	statement := regexp.MustCompile("(?s)const (\\w+) = `(.*?)`")
	out := map[string]string{}
	for _, f := range files {
		code, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range statement.FindAllStringSubmatch(string(code), -1) {
			out[m[1]] = m[2]
		}
	}
	return out
}

func plan(t *testing.T, db *sql.DB, query string) (steps []string) {
	t.Helper()
	args := 0
	for _, m := range regexp.MustCompile(`\$(\d+)`).FindAllStringSubmatch(query, -1) {
		n, _ := strconv.Atoi(m[1])
		args = max(args, n)
	}
	_, query, _ = strings.Cut(query, "\n") // sqlc's comment
	found, err := db.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+query, make([]any, args)...)
	if err != nil {
		t.Fatalf("%v: %s", err, query)
	}
	defer func() { _ = found.Close() }()
	for found.Next() {
		var id, parent, unused int
		var step string
		if err := found.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return steps
}
