package store_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/clock"
	"fixly/store"
	"fixly/store/storetest"
)

func TestReopeningKeepsEverything(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		ctx := context.Background()
		var id string
		for i := range 3 {
			db, err := store.Open(ctx, address, store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				id = shop(t, db, "mikes", "+13125550100").ID
			}
			if _, err := db.Business(ctx, id); err != nil {
				t.Errorf("opened %d times: %v", i+1, err)
			}
			if err := db.Ping(ctx); err != nil {
				t.Error(err)
			}
			if err := db.Close(ctx); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestProcessesThatOpenANewDatabaseTogetherAgree(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				db, err := store.Open(context.Background(), address, store.Options{})
				if err != nil {
					t.Error(err)
					return
				}
				if err := db.Close(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

func TestADatabaseThatCantBeUsedSaysWhyInOneLine(t *testing.T) {
	dir := t.TempDir()
	garbage := filepath.Join(dir, "garbage.db")
	if err := os.WriteFile(garbage, bytes.Repeat([]byte("no database "), 500), 0o600); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(dir, "newer.db")
	db, err := store.Open(context.Background(), "sqlite:"+newer, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	execSQLite(t, newer, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")

	for _, tt := range []struct{ address, says string }{
		{"mysql://localhost/fixly", `"sqlite:PATH" or "postgres://..."`},
		{"", `"sqlite:PATH" or "postgres://..."`},
		{"sqlite:", "must be a file"},
		{"sqlite::memory:", "must be a file"},
		{"sqlite:" + dir, "is a directory"},
		{"sqlite:" + filepath.Join(dir, "none", "fixly.db"), "directory does not exist"},
		{"sqlite:" + garbage, "not a database"},
		{"sqlite:" + newer, "newer version of this program"},
		{"postgres://nobody@127.0.0.1:1/none?connect_timeout=2", "connect"},
		{"postgres://%zz", "postgres"},
	} {
		began := time.Now()
		db, err := store.Open(context.Background(), tt.address, store.Options{})
		if err == nil {
			_ = db.Close(context.Background())
			t.Errorf("%s: opened", tt.address)
			continue
		}
		if !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(tt.says)) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %q, want one line that says %q", tt.address, err, tt.says)
		}
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("%s: took %v to say so", tt.address, took)
		}
	}
}

func execSQLite(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(statement)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestPathsWithOddCharacters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "Mike's 100% #1?.db")
	db := storetest.Open(t, "sqlite:"+path, clock.Real())
	shop(t, db, "mikes", "+13125550100")
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

// TestADatabaseLockedByAnotherProcess checks that writers give up when their context ends, that readers go on, and
// that writing works again once the lock is gone.
func TestADatabaseLockedByAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fixly.db")
	db := storetest.Open(t, "sqlite:"+path, clock.Real())
	b := shop(t, db, "mikes", "+13125550100")

	other, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	lock, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	began := time.Now()
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error { return event(ctx, tx, "locked") })
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
		})
	}
	if _, err := db.Business(context.Background(), b.ID); err != nil {
		t.Errorf("reading meanwhile: %v", err)
	}
	wg.Wait()
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("took %v to give up", took)
	}
	soon, cancelSoon := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancelSoon()
	if err := db.Ping(soon); err == nil {
		t.Error("it seems to answer, and nobody can write")
	}
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := db.Ping(context.Background()); err != nil {
		t.Error(err)
	}
	write(t, db, func(ctx context.Context, tx *store.Tx) error { return event(ctx, tx, "free") })
}

// crashChild tells a copy of this test's process what to write to, until it is killed.
const crashChild = "FIXLY_STORE_TEST_CRASH"

// TestKillLosesNothingThatWasCommitted kills a process in the midst of its writing, several times over: every
// transaction that it saw committed is there, whole, and the file is in order.
func TestADatabaseWhoseFileIsGone(t *testing.T) {
	ctx := context.Background()
	address := storetest.SQLite(t)
	path := strings.TrimPrefix(address, "sqlite:")
	db := storetest.Open(t, address, newClock())
	if err := db.Ping(ctx); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path, path+".away"); err != nil {
		t.Fatal(err)
	}
	if err := db.Ping(ctx); err == nil {
		t.Error("it seems to answer, and what is written will be lost")
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := db.Ping(ctx); err == nil {
		t.Error("another file is taken for it")
	}
	if err := os.Rename(path+".away", path); err != nil {
		t.Fatal(err)
	}
	if err := db.Ping(ctx); err != nil {
		t.Error(err)
	}
}

func TestKillLosesNothingThatWasCommitted(t *testing.T) {
	if address := os.Getenv(crashChild); address != "" {
		writeUntilKilled(t, address)
		return
	}
	address := storetest.SQLite(t)
	committed := 0
	for round := range 5 {
		committed += killAWriter(t, address, 20+37*round)
		db := storetest.Open(t, address, clock.Real())
		counts := 0
		all, err := db.Businesses(context.Background())
		if err != nil || len(all) != 1 {
			t.Fatalf("%d businesses, %v", len(all), err)
		}
		jobs, err := db.ListJobs(context.Background(), all[0].ID, allJobs)
		if err != nil {
			t.Fatal(err)
		}
		for _, j := range jobs {
			if j.CallID == "" {
				t.Errorf("job %s is half written", j.ID)
			}
			counts++
		}
		if counts < committed {
			t.Errorf("%d jobs, but %d were seen committed", counts, committed)
		}
		committed = counts // what was committed, but not yet said so, counts from now on
		if err := db.Close(context.Background()); err != nil {
			t.Fatal(err)
		}
		if got := integrity(t, strings.TrimPrefix(address, "sqlite:")); got != "ok" {
			t.Fatalf("integrity check: %s", got)
		}
	}
	t.Logf("%d jobs written by processes that were killed", committed)
}

// killAWriter runs a writer, kills it once it has reported so many commits, in the midst of the next ones, and says how
// many it had reported by then.
func killAWriter(t *testing.T, address string, commits int) (reported int) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestKillLosesNothingThatWasCommitted$")
	child.Env = append(os.Environ(), crashChild+"="+address)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() != committedLine {
			t.Errorf("the writer says: %s", lines.Text())
			continue
		}
		if reported++; reported == commits {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = child.Wait()
	return reported
}

const committedLine = "committed"

func writeUntilKilled(t *testing.T, address string) {
	db := storetest.Open(t, address, clock.Real())
	b := shop(t, db, "mikes", "+13125550100")
	existing, err := db.ListJobs(context.Background(), b.ID, allJobs)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := len(existing) + w; ; i += 4 {
				s := visit(3 * i)
				s.Technician = []string{"Luis", "Mike", "Ann", "Bo"}[w]
				err := db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
					return errors.Join(tx.InsertJob(ctx, newJob(b.ID, s, "+13125550111")), tx.Enqueue(ctx, ping{i}, nil))
				})
				if err != nil {
					t.Error(err)
					return
				}
				_, _ = os.Stdout.WriteString(committedLine + "\n")
			}
		})
	}
	wg.Wait()
}

func integrity(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var says string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&says); err != nil {
		t.Fatal(err)
	}
	var jobs, times, queued int
	if err := db.QueryRow("SELECT (SELECT COUNT(*) FROM jobs), (SELECT COUNT(*) FROM times), (SELECT COUNT(*) FROM river_job)").Scan(&jobs, &times, &queued); err != nil {
		t.Fatal(err)
	}
	if jobs != times || jobs != queued {
		t.Errorf("%d jobs, %d times and %d follow-ups: a transaction was torn", jobs, times, queued)
	}
	return says
}
