package e2e

import (
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"testing"

	"fixly/store/storetest"
)

// gate stands between the server and PostgreSQL: it is the socket that the server knows, and can be shut, or hang.
type gate struct {
	t       testing.TB
	address string // of the database, through the gate
	socket  string // its own
	behind  string // PostgreSQL's

	mu       sync.Mutex
	moved    *sync.Cond // hanging or conns has changed
	listener net.Listener
	conns    map[net.Conn]bool
	hanging  bool
}

// newGate makes a database and opens a gate before it.
func newGate(t testing.TB) *gate {
	t.Helper()
	u, err := url.Parse(storetest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	const name = ".s.PGSQL.5432"
	q, dir := u.Query(), t.TempDir()
	g := &gate{t: t, socket: filepath.Join(dir, name), behind: filepath.Join(q.Get("host"), name), conns: map[net.Conn]bool{}}
	g.moved = sync.NewCond(&g.mu)
	q.Set("host", dir)
	u.RawQuery = q.Encode()
	g.address = u.String()
	g.open()
	t.Cleanup(g.shut)
	return g
}

// open lets everything through, from now on.
func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.hanging = false
	g.moved.Broadcast()
	if g.listener != nil {
		return
	}
	l, err := net.Listen("unix", g.socket)
	if err != nil {
		g.t.Error(err)
		return
	}
	g.listener = l
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go g.pass(c)
		}
	}()
}

// shut cuts all connections and refuses new ones, as when PostgreSQL is stopped.
func (g *gate) shut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.listener != nil {
		_ = g.listener.Close()
		g.listener = nil
	}
	for c := range g.conns {
		_ = c.Close()
	}
	clear(g.conns)
	g.hanging = false
	g.moved.Broadcast()
}

// hang accepts connections and keeps those there are, and carries nothing, as when PostgreSQL's machine is stuck.
func (g *gate) hang() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.hanging = true
}

// pass carries a connection through.
func (g *gate) pass(c net.Conn) {
	back, err := net.Dial("unix", g.behind)
	if err != nil {
		_ = c.Close()
		return
	}
	g.mu.Lock()
	g.conns[c], g.conns[back] = true, true
	g.mu.Unlock()
	go g.carry(back, c)
	g.carry(c, back)
}

func (g *gate) carry(from, to net.Conn) {
	defer func() { _, _ = from.Close(), to.Close() }()
	b := make([]byte, 64<<10)
	for {
		n, err := from.Read(b)
		if err != nil {
			return
		}
		g.mu.Lock()
		for g.hanging {
			g.moved.Wait()
		}
		g.mu.Unlock()
		if _, err := to.Write(b[:n]); err != nil {
			return
		}
	}
}
