package jobs_test

import (
	"context"
	"errors"
	"testing"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/jobs"
)

type greet struct {
	Name string `json:"name"`
}

func (greet) Kind() string { return "greet" }

var errRude = errors.New("rude")

type greeter struct {
	river.WorkerDefaults[greet]
	greeted []string
}

func (g *greeter) Work(_ context.Context, job *river.Job[greet]) error {
	if job.Args.Name == "" {
		return errRude
	}
	g.greeted = append(g.greeted, job.Args.Name)
	return nil
}

func TestWorkByHand(t *testing.T) {
	w, g := jobs.New(), &greeter{}
	jobs.Add(w, g)
	work := func(kind, args string) error {
		return w.Work(t.Context(), &rivertype.JobRow{Kind: kind, EncodedArgs: []byte(args)})
	}
	if err := work("greet", `{"name": "Karen"}`); err != nil || len(g.greeted) != 1 || g.greeted[0] != "Karen" {
		t.Errorf("greeted %q, %v", g.greeted, err)
	}
	if err := work("greet", `{}`); !errors.Is(err, errRude) {
		t.Errorf("the worker's error comes back as %v", err)
	}
	if err := work("greet", `{`); !errors.As(err, new(*rivertype.JobCancelError)) {
		t.Errorf("a job that can't be read is given up with %v", err)
	}
	if err := work("wave", `{}`); !errors.Is(err, jobs.ErrNoWorker) {
		t.Errorf("a job that nobody works: %v", err)
	}
	if w.River == nil {
		t.Error("River has no workers")
	}
}
