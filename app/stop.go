package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// How long each beat of a stop may take. A live call loses nothing by being cut: it is stored, and the carrier asks
// how to go on.
const (
	finishWait   = 3 * time.Second // live calls finish what they are saying
	requestsWait = 2 * time.Second // requests that have begun are answered
	jobsWait     = 5 * time.Second // jobs at work finish
)

// stop takes the server down in two beats: nothing new is taken and what is live may finish; then it is cut. What
// was started last stops first.
func (s *server) stop(ctx context.Context, srv *http.Server) error {
	ctx = context.WithoutCancel(ctx) // it has ended already: that is why we stop

	// First beat.
	live, cancel := context.WithTimeout(ctx, finishWait)
	defer cancel()
	errs := make([]error, len(s.calls))
	var all sync.WaitGroup
	for i, calls := range s.calls {
		all.Go(func() { errs[i] = calls.Stop(live) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		s.log.Warn("a call was cut while the receptionist was speaking; its carrier will ask how to go on", "error", err)
	}
	if err := s.phone.Close(live); err != nil {
		s.log.Warn("a call in the browser was cut", "error", err)
	}
	// Pages hold event streams open for as long as they are looked at. Nothing else is cancelled: above all, what a
	// carrier asks in these moments is answered.
	s.endStreams()
	s.trials.Close() // they end at their next turn
	closing, cancel := context.WithTimeout(ctx, requestsWait)
	defer cancel()
	errs = []error{}
	if err := srv.Shutdown(closing); err != nil {
		// Second beat.
		s.log.Warn("requests were cut", "error", err)
		errs = append(errs, srv.Close())
	}
	if s.matrix != nil {
		s.matrix.Wait(closing)
	}
	jobs, cancel := context.WithTimeout(ctx, jobsWait)
	defer cancel()
	errs = append(errs, s.db.Close(jobs))
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}
