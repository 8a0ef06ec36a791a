package jobs

import (
	"time"

	"github.com/riverqueue/river"
)

// Periodic is a job that is there to be worked at each start of a server, and then again and again. A period brings it
// once, however many servers and restarts there are; one that failed is not tried again before the next.
type Periodic struct {
	Every time.Duration
	Args  river.JobArgs
	Queue string // empty: the queue of everybody
}

// River is the job as River's client takes it.
func (p Periodic) River() *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(p.Every), func() (river.JobArgs, *river.InsertOpts) {
		return p.Args, &river.InsertOpts{Queue: p.Queue, MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: p.Every}}
	}, &river.PeriodicJobOpts{RunOnStart: true})
}
