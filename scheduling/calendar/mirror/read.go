package mirror

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fixly/business"
	"fixly/scheduling/calendar"
)

// What of a calendar is kept locally: a little of the past, and what can be booked with room to spare, so that the copy
// is begun anew every few weeks only.
const (
	keepBehind = 7 * 24 * time.Hour
	keepBeyond = 60 * 24 * time.Hour // beyond the business's horizon
	anewWithin = 14 * 24 * time.Hour // of the end of the window, beyond the horizon
)

// mostAnew bounds how often a reading begins again because another process was quicker.
const mostAnew = 3

var (
	errNotGood    = errors.New("it has to be connected again")
	errSuperseded = errors.New("mirror: somebody else read the calendar meanwhile")
)

// Read brings the local copy of a calendar up to date, and follows what people changed about the events of jobs: all that
// was in the calendar when Read was called. A failure is noted with the calendar; the copy stays as it was. A calendar that
// is in use no more is no error.
func (m *Mirror) Read(ctx context.Context, id string) error {
	return m.share(ctx, id, func() error {
		for n := 1; ; n++ {
			c, err := m.Reader.Calendar(ctx, id)
			if errors.Is(err, calendar.ErrNoCalendar) {
				return nil
			}
			if err == nil {
				err = m.read(ctx, c)
			}
			switch {
			case err == nil:
				m.answered(id)
				return nil
			case errors.Is(err, calendar.ErrNoCalendar):
				return nil
			case errors.Is(err, errSuperseded) && n < mostAnew:
			case errors.Is(err, errSuperseded):
				return err
			default:
				m.failed(ctx, id, err)
				return err
			}
		}
	})
}

func (m *Mirror) read(ctx context.Context, c *calendar.Connected) error {
	b, err := m.Reader.Business(ctx, c.BusinessID)
	if err != nil {
		return fmt.Errorf("mirror: business of calendar %s: %w", c.ID, err)
	}
	outside, _, err := m.of(ctx, c)
	if err != nil {
		return err
	}
	r := reading{m: m, b: b, c: *c, outside: outside, began: m.Clock.Now(), cursor: c.Cursor, window: c.Window}
	horizon := r.began.Add(b.Scheduling.Horizon.Std())
	if r.cursor == "" || c.Window.To.Before(horizon.Add(anewWithin)) {
		r.anew(horizon)
	}
	changes, err := outside.Changes(ctx, c.Remote, r.cursor, r.window)
	if calendar.KindOf(err) == calendar.Expired && r.cursor != "" {
		r.anew(horizon)
		changes, err = outside.Changes(ctx, c.Remote, "", r.window)
	}
	if err != nil {
		return fmt.Errorf("mirror: read calendar %s: %w", c.ID, err)
	}
	if changes.Whole {
		if err := r.missing(ctx, &changes); err != nil {
			return err
		}
	}
	return r.store(ctx, changes)
}

// reading is one reading of a calendar.
type reading struct {
	m       *Mirror
	b       *business.Business
	c       calendar.Connected // as it was before
	outside calendar.Calendars
	began   time.Time
	cursor  string
	window  calendar.Window
}

// anew begins the copy again.
func (r *reading) anew(horizon time.Time) {
	r.cursor = ""
	r.window = calendar.Window{From: r.began.Add(-keepBehind).Truncate(time.Hour), To: horizon.Add(keepBeyond).Truncate(time.Hour)}
}

// mostAsked bounds how many events of jobs are looked for by name that a whole reading doesn't hold.
const mostAsked = 50

// missing adds, as gone, the events of jobs that a whole reading of a calendar doesn't hold. Each is asked for first: a
// job is not cancelled for what might have been left out.
func (r *reading) missing(ctx context.Context, changes *calendar.Changes) error {
	written, err := r.m.Reader.WrittenIn(ctx, r.c.ID, r.began)
	if err != nil {
		return fmt.Errorf("mirror: jobs in calendar %s: %w", r.c.ID, err)
	}
	there := make(map[string]bool, len(changes.Events))
	for i := range changes.Events {
		there[changes.Events[i].ID] = true
	}
	asked := 0
	for _, w := range written {
		if w.EventID == "" || there[w.EventID] || asked == mostAsked {
			continue
		}
		asked++
		e, err := r.outside.Event(ctx, r.c.Remote, w.EventID)
		switch {
		case calendar.KindOf(err) == calendar.NotFound:
			e = calendar.Event{ID: w.EventID, Gone: true}
		case err != nil:
			return fmt.Errorf("mirror: look for the event of job %s: %w", w.JobID, err)
		}
		changes.Events = append(changes.Events, e)
	}
	return nil
}

// store writes what was read, in one transaction with all that follows from it.
func (r *reading) store(ctx context.Context, changes calendar.Changes) error {
	return r.m.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if err := tx.LockCalendar(ctx, r.c.BusinessID); err != nil {
			return err
		}
		c, err := tx.Calendar(ctx, r.c.ID)
		if err != nil {
			return err
		}
		if c.Cursor != r.c.Cursor || !c.SyncedAt.Equal(r.c.SyncedAt) {
			return errSuperseded
		}
		s := seeing{m: r.m, tx: tx, b: r.b, c: c, now: r.began, seenBefore: c.SyncedAt}
		if err := s.all(ctx, changes); err != nil {
			return err
		}
		c.Cursor, c.Window, c.SyncedAt = changes.Cursor, r.window, r.began
		c.FailingSince, c.Failure = time.Time{}, ""
		return tx.UpdateCalendar(ctx, c)
	})
}
