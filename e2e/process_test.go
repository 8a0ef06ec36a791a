package e2e

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// startPatience and stopPatience are how long a process may take to be ready and to be gone; a loaded machine builds
// other packages meanwhile.
const (
	startPatience = 30 * time.Second
	stopPatience  = 20 * time.Second
)

// process is a running fixly.
type process struct {
	t    testing.TB
	cmd  *exec.Cmd
	url  string        // its address, as printed
	log  *logged       // its standard error
	gone chan struct{} // closed when it has ended
	err  error         // how it ended, once gone
}

// launch starts fixly with arguments and variables, and returns without waiting for anything.
func launch(t testing.TB, env map[string]string, log *logged, args ...string) (*process, io.Reader) {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(binary, args...), log: log, gone: make(chan struct{})}
	p.cmd.Env = environment(env)
	p.cmd.Stderr = log
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	p.cmd.Stdout = write
	// Should the tests themselves be killed, nothing is left behind.
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = write.Close()
	t.Cleanup(func() { _ = read.Close() })
	go func() {
		p.err = p.cmd.Wait()
		close(p.gone)
	}()
	return p, read
}

// environment is ours, without settings of a fixly that is not under test.
func environment(env map[string]string) []string {
	out := slices.DeleteFunc(os.Environ(), func(s string) bool { return strings.HasPrefix(s, "FIXLY_") })
	for _, k := range slices.Sorted(maps.Keys(env)) {
		out = append(out, k+"="+env[k])
	}
	return out
}

// serve starts `fixly serve` and waits until it prints its address.
func serve(t testing.TB, env map[string]string, log *logged, args ...string) *process {
	t.Helper()
	p, stdout := launch(t, env, log, append([]string{"serve"}, args...)...)
	printed := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(stdout)
		for lines.Scan() {
			if _, address, ok := strings.Cut(lines.Text(), "listening on "); ok {
				printed <- address
			}
		}
	}()
	select {
	case p.url = <-printed:
	case <-p.gone:
		t.Fatalf("the server ended before it listened: %v\n%s", p.err, log)
	case <-time.After(startPatience):
		p.kill()
		t.Fatalf("the server does not say where it listens\n%s", log)
	}
	return p
}

// kill ends the process at once, as a power cut would.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may be gone already
	<-p.gone
}

// stop asks the process to end and gives its exit status.
func (p *process) stop() int {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		p.t.Fatal(err)
	}
	return p.ends()
}

// ends waits for the end of the process and gives its exit status, -1 where a signal ended it.
func (p *process) ends() int {
	p.t.Helper()
	select {
	case <-p.gone:
	case <-time.After(stopPatience):
		p.kill()
		p.t.Fatalf("the server does not stop\n%s", p.log)
	}
	return p.cmd.ProcessState.ExitCode()
}

func (p *process) running() bool {
	select {
	case <-p.gone:
		return false
	default:
		return true
	}
}

// command runs fixly to its end and gives what it wrote to standard error, and its exit status.
func command(t testing.TB, env map[string]string, args ...string) (stderr string, status int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), startPatience)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Env = environment(env)
	var out bytes.Buffer
	cmd.Stderr = &out
	if err := cmd.Run(); ctx.Err() != nil {
		t.Fatalf("fixly %s does not end: %v\n%s", strings.Join(args, " "), err, out.String())
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

// logged collects what a process writes, over its restarts.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// tail is the end of it, for failure messages.
func (l *logged) tail() string {
	s := l.String()
	return s[max(0, len(s)-16_000):]
}
