package storetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"fixly/store"
)

// Postgres is the address of a new database, with the schema in place, on a PostgreSQL server that this process
// starts when it is first asked for. Where PostgreSQL is not installed the test is skipped, or fails when
// FIXLY_TEST_POSTGRES=required.
func Postgres(t testing.TB) string {
	t.Helper()
	s, err := server()
	if errors.Is(err, errNotInstalled) && os.Getenv("FIXLY_TEST_POSTGRES") != "required" {
		t.Skip("PostgreSQL is not installed (no /usr/lib/postgresql/*/bin/postgres and none on the PATH); set FIXLY_TEST_POSTGRES=required to fail instead")
	}
	if err != nil {
		t.Fatalf("start PostgreSQL: %v", err)
	}
	name, err := s.newDatabase()
	if err != nil {
		t.Fatalf("make a database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.admin("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Errorf("drop the database: %v", err)
		}
	})
	return s.address(name)
}

var errNotInstalled = errors.New("PostgreSQL is not installed")

// server starts the one server of this process.
var server = sync.OnceValues(startServer)

// template is the database that those of the tests are copies of: migrating once is enough.
const template = "fixly_template"

// postgres is a running server.
type postgres struct {
	dir string // data, socket and log
	// leash keeps the server alive: the shell that runs it reads from the other end and stops the server when this
	// process is gone, however it went.
	leash io.WriteCloser

	mu        sync.Mutex // copying a template allows nobody else on it
	databases int
}

// onALeash runs the server until standard input ends, then removes its directory.
const onALeash = `
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c full_page_writes=off \
	-c synchronous_commit=off -c max_connections=200 >"$2/log" 2>&1 &
cat >/dev/null
kill -QUIT $!
wait
rm -rf "$2"
`

func startServer() (*postgres, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "fixly-postgres-")
	if err != nil {
		return nil, err
	}
	credential, err := unprivileged(dir)
	if err != nil {
		return nil, err
	}
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"), "-U", "postgres",
		"-A", "trust", "-N", "--no-locale", "-E", "UTF8")
	initdb.Dir = dir
	initdb.SysProcAttr = &syscall.SysProcAttr{Credential: credential}
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}

	s := &postgres{dir: dir}
	run := exec.Command("/bin/sh", "-c", onALeash, "sh", bin, dir)
	run.Dir = dir
	run.SysProcAttr = &syscall.SysProcAttr{Credential: credential, Setpgid: true}
	if s.leash, err = run.StdinPipe(); err != nil {
		return nil, err
	}
	if err := run.Start(); err != nil {
		return nil, err
	}
	if err := s.await(10 * time.Second); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		return nil, fmt.Errorf("%w: %s", err, log)
	}
	if err := s.admin("CREATE DATABASE " + template); err != nil {
		return nil, err
	}
	db, err := store.Open(context.Background(), s.address(template), store.Options{})
	if err != nil {
		return nil, err
	}
	return s, db.Close(context.Background())
}

// binaries finds the newest server installed. Debian keeps them off the PATH.
func binaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		if p, err := exec.LookPath("postgres"); err == nil {
			return filepath.Dir(p), nil
		}
		return "", errNotInstalled
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		return n
	}
	newest := slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Dir(newest), nil
}

// unprivileged is whom to run the server as: PostgreSQL refuses to run as root, so root hands it and its directory to
// the user that Debian's package made for it. nil: as we are.
func unprivileged(dir string) (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(dir, int(uid), int(gid))
}

func (s *postgres) address(database string) string {
	q := url.Values{"host": {s.dir}, "user": {"postgres"}}
	return "postgres:///" + database + "?" + q.Encode()
}

// await waits until the server answers.
func (s *postgres) await(patience time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := pgx.Connect(ctx, s.address("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the server does not answer: %w", err)
		case <-tick.C:
		}
	}
}

func (s *postgres) admin(statement string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, s.address("postgres"))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}

func (s *postgres) newDatabase() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.databases++
	name := fmt.Sprintf("fixly_%d", s.databases)
	return name, s.admin("CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY file_copy")
}
