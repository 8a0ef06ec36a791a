// Package trial runs simulated callers and replays in the background of a server, so that an owner can try a change
// before it goes live. A trial can be had again, so it is kept in memory only: the latest of each business, until the
// server ends.
package trial

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/simulate"
	"fixly/simulate/replay"
)

// Errors of Start.
var (
	// ErrRunning says that a trial of this business is under way.
	ErrRunning = errors.New("trial: one is under way")
	// ErrBusy says that as many trials are under way as the server takes on beside its calls.
	ErrBusy = errors.New("trial: the server is busy with others")
)

// mostAtOnce bounds how many businesses try something at the same time; a trial keeps one processor busy.
const mostAtOnce = 2

// Kind is what is tried.
type Kind string

// The kinds.
const (
	Callers Kind = "callers" // simulated callers
	Replay  Kind = "replay"  // conversations that were held
)

// Order is what is to be tried.
type Order struct {
	Kind Kind
	// Business as it is to be tried. With Kind Replay its ID finds the conversations.
	Business *business.Business
	// Against is the business as it is, where Business is a changed one; nil otherwise.
	Against *business.Business
	File    string // what the owner calls the changed settings, such as a file's name; empty: the business as it is
	Number  int    // of callers, or of conversations at most
	Seed    uint64 // of the callers
}

// State is how a trial stands. It is a snapshot: nothing in it changes any more.
type State struct {
	Order
	StartedAt time.Time
	Running   bool
	Stopped   bool // by Stop, or with the server
	Done      int  // how many were held so far
	Of        int  // of how many; zero while that isn't known
	Err       error
	Report    *simulate.Report // Callers, once it is through
	Replayed  *replay.Report   // Replay, once it is through
}

// Room is where trials run. Make it with New, end it with Close.
type Room struct {
	clock  clock.Clock
	source replay.Source
	ctx    context.Context
	end    context.CancelFunc

	mu      sync.Mutex
	running int
	latest  map[string]*trial // by the business's id
	all     sync.WaitGroup
}

// trial is one trial; Room.mu guards it.
type trial struct {
	State
	stop context.CancelFunc
	over chan struct{} // closed when it has ended
}

// New makes a room for trials over the conversations of a source. They end with ctx at the latest.
func New(ctx context.Context, c clock.Clock, s replay.Source) *Room {
	r := &Room{clock: c, source: s, latest: map[string]*trial{}}
	r.ctx, r.end = context.WithCancel(ctx)
	return r
}

// Close stops all trials and waits until they have ended.
func (r *Room) Close() {
	r.end()
	r.all.Wait()
}

// Start begins a trial for a business, known by its id; the one before it is forgotten. It returns ErrRunning or
// ErrBusy where it can't.
func (r *Room) Start(id string, o Order) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch before := r.latest[id]; {
	case before != nil && before.Running:
		return ErrRunning
	case r.running >= mostAtOnce:
		return ErrBusy
	case r.ctx.Err() != nil:
		return context.Cause(r.ctx)
	}
	ctx, stop := context.WithCancel(r.ctx)
	t := &trial{State: State{Order: o, StartedAt: r.clock.Now(), Running: true}, stop: stop, over: make(chan struct{})}
	if o.Kind == Callers {
		t.Of = o.Number
	}
	r.latest[id] = t
	r.running++
	r.all.Go(func() {
		defer stop()
		report, replayed, err := r.run(ctx, id, t)
		r.mu.Lock()
		defer r.mu.Unlock()
		defer close(t.over)
		r.running--
		t.Running = false
		t.Report, t.Replayed = report, replayed
		if ctx.Err() != nil {
			t.Stopped = true
		} else {
			t.Err = err
		}
	})
	return nil
}

// Stop ends the trial of a business that is under way, if one is.
func (r *Room) Stop(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t := r.latest[id]; t != nil {
		t.stop()
	}
}

// Wait waits until the latest trial of a business has ended, or ctx has.
func (r *Room) Wait(ctx context.Context, id string) {
	r.mu.Lock()
	t := r.latest[id]
	r.mu.Unlock()
	if t == nil {
		return
	}
	select {
	case <-t.over:
	case <-ctx.Done():
	}
}

// Latest is how the latest trial of a business stands; nil when there was none.
func (r *Room) Latest(id string) *State {
	r.mu.Lock()
	defer r.mu.Unlock()
	t := r.latest[id]
	if t == nil {
		return nil
	}
	s := t.State
	return &s
}

func (r *Room) run(ctx context.Context, id string, t *trial) (*simulate.Report, *replay.Report, error) {
	progress := func(done int) {
		r.mu.Lock()
		defer r.mu.Unlock()
		t.Done = done
	}
	if t.Kind == Callers {
		report, err := simulate.Run(ctx, simulate.Options{
			Business: t.Business, Callers: t.Number, Seed: t.Seed, From: t.StartedAt, Parallel: 1, Progress: progress,
		})
		if report != nil { // the calls that went well need not be kept
			report.Calls = slices.DeleteFunc(report.Calls, func(c simulate.Call) bool { return c.Right })
		}
		return report, nil, err
	}
	all, err := replay.Load(ctx, r.source, id, time.Time{}, t.Number)
	if err != nil {
		return nil, nil, err
	}
	r.mu.Lock()
	t.Of = len(all)
	r.mu.Unlock()
	replayed, err := replay.All(ctx, all, replay.Options{Business: t.Business, Against: t.Against, Progress: progress})
	return nil, replayed, err
}
