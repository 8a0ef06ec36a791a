package trial_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fixly/clock"
	"fixly/demo"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/simulate/trial"
)

// gate is a source of conversations that keeps a trial waiting until it is opened, or fails.
type gate struct {
	open chan struct{}
	err  error
}

func (g gate) ConversationsSince(ctx context.Context, _ string, _ time.Time, _ int) ([]receptionist.Conversation, error) {
	select {
	case <-g.open:
	case <-ctx.Done():
	}
	return nil, errors.Join(g.err, ctx.Err())
}

func (gate) Turns(context.Context, string) ([]receptionist.Turn, error) { return nil, nil }

func (gate) ListJobs(context.Context, string, scheduling.JobFilter) ([]scheduling.Job, error) {
	return nil, nil
}

func room(t *testing.T, g gate) *trial.Room {
	t.Helper()
	r := trial.New(t.Context(), clock.NewManual(time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)), g)
	t.Cleanup(r.Close)
	return r
}

// through waits until a trial has ended.
func through(t *testing.T, r *trial.Room, id string) *trial.State {
	t.Helper()
	r.Wait(t.Context(), id)
	s := r.Latest(id)
	if s.Running {
		t.Fatal("the trial never ends")
	}
	return s
}

func TestCallersAreTried(t *testing.T) {
	r := room(t, gate{})
	if r.Latest("shop") != nil {
		t.Error("there is a trial that nobody began")
	}
	if err := r.Start("shop", trial.Order{Kind: trial.Callers, Business: demo.Business(), Number: 5, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	s := through(t, r, "shop")
	if s.Err != nil || s.Stopped || s.Done != 5 || s.Of != 5 || s.Report == nil || s.Report.Callers != 5 {
		t.Errorf("%+v", s)
	}
}

func TestOneTrialAtATimeForEachBusinessAndFewInAll(t *testing.T) {
	g := gate{open: make(chan struct{})}
	r := room(t, g)
	o := trial.Order{Kind: trial.Replay, Business: demo.Business(), Number: 5}
	for id, want := range map[string]error{"a": nil, "b": nil} {
		if err := r.Start(id, o); !errors.Is(err, want) {
			t.Fatal(err)
		}
	}
	if err := r.Start("a", o); !errors.Is(err, trial.ErrRunning) {
		t.Errorf("a second one of the same business: %v", err)
	}
	if err := r.Start("c", o); !errors.Is(err, trial.ErrBusy) {
		t.Errorf("a third: %v", err)
	}
	close(g.open)
	if s := through(t, r, "a"); s.Err != nil || s.Replayed == nil {
		t.Errorf("%+v", s)
	}
	through(t, r, "b")
	if err := r.Start("a", o); err != nil {
		t.Errorf("again: %v", err)
	}
}

func TestATrialIsStopped(t *testing.T) {
	r := room(t, gate{open: make(chan struct{})})
	if err := r.Start("a", trial.Order{Kind: trial.Replay, Business: demo.Business(), Number: 5}); err != nil {
		t.Fatal(err)
	}
	r.Stop("a")
	r.Stop("nobody")
	if s := through(t, r, "a"); !s.Stopped || s.Err != nil || s.Replayed != nil {
		t.Errorf("%+v", s)
	}
}

func TestWhatGoesWrongIsKept(t *testing.T) {
	g := gate{open: make(chan struct{}), err: errors.New("boom")}
	close(g.open)
	r := room(t, g)
	if err := r.Start("a", trial.Order{Kind: trial.Replay, Business: demo.Business(), Number: 5}); err != nil {
		t.Fatal(err)
	}
	if s := through(t, r, "a"); s.Err == nil || s.Stopped {
		t.Errorf("%+v", s)
	}
}
