package mirror

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fixly/business"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
)

// seeing takes what a calendar told into the local copy, inside one transaction that holds the calendar's lock.
type seeing struct {
	m   *Mirror
	tx  Tx
	b   *business.Business
	c   *calendar.Connected
	now time.Time
	// seenBefore is when the calendar was read before; zero: never.
	seenBefore time.Time
	known      map[string]calendar.Stored
	putsBack   bool // an event that its job can't follow is about to be put back

	vanished int      // events of jobs that were deleted by hand, in this reading
	overlaps []string // what the owner has to be told of, a line each
	overlap  string   // the key of the first of them
}

// tooMany is how many events of jobs deleted by hand at once are taken for an accident: a calendar emptied, an app gone
// wrong.
const tooMany = 4

// all sees every change.
func (s *seeing) all(ctx context.Context, changes calendar.Changes) error {
	stored, err := s.tx.CalendarEvents(ctx, s.c.ID)
	if err != nil {
		return err
	}
	s.known = make(map[string]calendar.Stored, len(stored))
	for _, e := range stored {
		s.known[e.ID] = e
	}
	if changes.Whole {
		there := make(map[string]bool, len(changes.Events))
		for i := range changes.Events {
			there[changes.Events[i].ID] = true
		}
		for _, e := range stored {
			if !there[e.ID] {
				if err := s.forget(ctx, e.ID); err != nil {
					return err
				}
			}
		}
	}
	if err := s.count(ctx, changes.Events); err != nil {
		return err
	}
	for i := range changes.Events {
		if err := s.one(ctx, &changes.Events[i]); err != nil {
			return fmt.Errorf("mirror: event of calendar %s: %w", s.c.ID, err)
		}
	}
	return s.tell(ctx)
}

// one sees one change.
func (s *seeing) one(ctx context.Context, e *calendar.Event) error {
	w, err := s.tx.WrittenAt(ctx, s.c.ID, e.ID)
	if err != nil {
		return err
	}
	if w != nil {
		if !e.Gone {
			e.Job, e.Part = w.JobID, w.Part
		}
		if err := s.follow(ctx, w, e); err != nil {
			return err
		}
	} else if e.Job != "" && !e.Gone {
		ours, err := s.isJobs(ctx, e)
		if err != nil {
			return err
		}
		if !ours {
			e.Job, e.Part = "", 0 // a copy that somebody made: an appointment like any other
		}
	}
	if e.Gone {
		return s.forget(ctx, e.ID)
	}
	return s.keep(ctx, e)
}

// isJobs says whether an event that names a job, and that no event of a job is known to be, is the job's all the same: it is
// being written, it was written before the calendar was disconnected and connected again, or by way of another account that
// has the same calendar. Any other one is a copy that somebody made.
func (s *seeing) isJobs(ctx context.Context, e *calendar.Event) (bool, error) {
	j, err := s.tx.Job(ctx, s.b.ID, e.Job)
	if errors.Is(err, scheduling.ErrNoJob) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	all, err := s.tx.WrittenOf(ctx, s.b.ID, e.Job)
	if err != nil {
		return false, err
	}
	calendars, err := s.tx.Calendars(ctx, s.b.ID)
	if err != nil {
		return false, err
	}
	here := false // this calendar has another event for it
	for i := range all {
		w := &all[i]
		if c := find(calendars, w.CalendarID); c == nil || !isSame(c, s.c) || w.Part != e.Part {
			continue
		}
		if w.EventID == "" || w.EventID == e.ID {
			return true, nil
		}
		here = true
	}
	return !here && s.c.Writes && (!j.Live() || wants(s.c, j) && e.Part < len(visits(j))), nil
}

// keep stores an event in the local copy.
func (s *seeing) keep(ctx context.Context, e *calendar.Event) error {
	if !e.Start.Before(e.End) { // some apps have appointments without length: they keep nobody busy
		e.End, e.Free = e.Start.Add(time.Millisecond), true
	}
	before, was := s.known[e.ID]
	if err := s.tx.SaveCalendarEvent(ctx, s.c, e); err != nil {
		return err
	}
	same := was && before.Start.Equal(e.Start) && before.End.Equal(e.End) && before.Free == e.Free
	if same || e.Job != "" {
		return nil
	}
	if err := s.settle(ctx, e.ID, e); err != nil {
		return err
	}
	return s.overlapping(ctx, e)
}

// forget takes an event out of the local copy.
func (s *seeing) forget(ctx context.Context, id string) error {
	if err := s.tx.DeleteCalendarEvent(ctx, s.c.ID, id); err != nil {
		return err
	}
	return s.settle(ctx, id, nil)
}
