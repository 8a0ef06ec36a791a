package e2e

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // "pgx"
	_ "modernc.org/sqlite"             // "sqlite"
)

// connect opens the shop's database beside the server.
func (s *shop) connect() *sql.DB {
	s.t.Helper()
	driver, address := "pgx", s.database
	if path, ok := strings.CutPrefix(s.database, "sqlite:"); ok {
		driver, address = "sqlite", "file:"+path+"?_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = db.Close() })
	return db
}

// calmsDown waits until the server has nothing left to do: no job is at work, due, or to be tried again, and no text
// is on its way. After it, what has not been sent will not be.
func (s *shop) calmsDown() { s.t.Helper(); s.calmsDownWithin(patience) }

func (s *shop) calmsDownWithin(within time.Duration) {
	s.t.Helper()
	db := s.connect()
	defer func() { _ = db.Close() }()
	waiting := fmt.Sprintf(`SELECT count(*) FROM messages WHERE status IN ('queued', 'sending') AND not_before <= %d`, s.now().UnixMilli())
	quiet := 0
	s.await("nothing is left to do", within, func() bool {
		ctx, cancel := context.WithTimeout(s.t.Context(), patience)
		defer cancel()
		var jobs, texts int
		if err := db.QueryRowContext(ctx, `SELECT count(*) FROM river_job WHERE state IN ('available', 'running', 'retryable')`).Scan(&jobs); err != nil {
			s.t.Fatal(err)
		}
		if err := db.QueryRowContext(ctx, waiting).Scan(&texts); err != nil {
			s.t.Fatal(err)
		}
		if quiet++; jobs+texts > 0 {
			quiet = 0
		}
		return quiet > 1
	})
}
