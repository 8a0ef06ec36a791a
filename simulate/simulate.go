package simulate

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"fixly/business"
	"fixly/receptionist"
	"fixly/receptionist/understanding"
)

// Options say what is simulated.
type Options struct {
	Business *business.Business
	Callers  int
	Seed     uint64
	// From is the day on which the simulated weeks begin.
	From time.Time
	// ByText lets the callers write texts.
	ByText bool
	// Parallel is how many calls are held at a time; less than one: one.
	Parallel int
	// Progress, where set, is told after each call how many are done. It is called from several goroutines.
	Progress func(done int)
}

// mostCallers bounds a run; a report keeps every call.
const mostCallers = 100_000

type simulation struct {
	Options
	business *business.Business
	engine   receptionist.Understander
	speech   map[string]*speech
	people   *people
}

// Run lets callers call, and reports on them. The same options give the same report, however many calls are held at a
// time. It ends early when ctx does, with its error.
func Run(ctx context.Context, o Options) (*Report, error) {
	if o.Business == nil {
		return nil, errors.New("simulate: no business")
	}
	if o.Callers < 1 || o.Callers > mostCallers {
		return nil, fmt.Errorf("simulate: %d callers; 1 to %d can be simulated", o.Callers, mostCallers)
	}
	s := &simulation{Options: o, business: o.Business.Clone()}
	s.business.ID = shopID
	if len(bookable(s.business)) == 0 {
		return nil, errors.New("simulate: the business has no service that somebody in its team can do")
	}
	var err error
	if s.speech, err = loaded(); err != nil {
		return nil, err
	}
	if s.people, err = everybody(); err != nil {
		return nil, err
	}
	s.engine = understanding.NewEngine(s.business)
	calls := make([]Call, o.Callers)
	if err := s.each(ctx, func(n int) error {
		k := s.newCall(n + 1)
		if err := k.hold(ctx); err != nil {
			return fmt.Errorf("simulate: caller %d: %w", n+1, err)
		}
		k.judge()
		calls[n] = k.result
		return nil
	}); err != nil {
		return nil, err
	}
	return newReport(s, calls), nil
}

// each runs f for every caller, Parallel at a time, until one fails or ctx ends.
func (s *simulation) each(ctx context.Context, f func(n int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next, done atomic.Int64
	var all sync.WaitGroup
	for range max(1, s.Parallel) {
		all.Go(func() {
			for ctx.Err() == nil {
				n := int(next.Add(1)) - 1
				if n >= s.Callers {
					return
				}
				if err := f(n); err != nil {
					cancel(err)
					return
				}
				if d := done.Add(1); s.Progress != nil {
					s.Progress(int(d))
				}
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}
