package mirror

import (
	"context"
	"errors"
	"fmt"

	"github.com/riverqueue/river"

	"fixly/scheduling/calendar"
)

// mostDue bounds how many calendars are taken up each time.
const mostDue = 5000

// Tend has the calendars read that are due.
func (m *Mirror) Tend(ctx context.Context) error {
	now := m.Clock.Now()
	due, err := m.Reader.CalendarsToRead(ctx, now.Add(m.tick()-m.Poll), mostDue)
	if err != nil {
		return fmt.Errorf("mirror: calendars to read: %w", err)
	}
	var ids []string
	for i := range due {
		c := &due[i]
		// What a provider told while nobody listened is lost, so that each is read once after a start.
		told := c.Watch.Until.After(now) && c.SyncedAt.After(m.since)
		if m.waits(c.ID, now) || told && now.Sub(c.SyncedAt) < readWatched {
			continue
		}
		ids = append(ids, c.ID)
	}
	if len(ids) == 0 {
		return nil
	}
	err = m.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		for _, id := range ids {
			if err := tx.ReadCalendar(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("mirror: have calendars read: %w", err)
	}
	return nil
}

// Sweep has every job that lies ahead looked at once more, so that none is forgotten whatever happened.
type Sweep struct{}

// Kind names the job in the queue.
func (Sweep) Kind() string { return "calendar_sweep" }

type sweep struct {
	river.WorkerDefaults[Sweep]
	m *Mirror
}

// Work owes the writing of the jobs of every business that has calendars.
func (w *sweep) Work(ctx context.Context, _ *river.Job[Sweep]) error {
	all, err := w.m.Reader.Businesses(ctx)
	if err != nil {
		return fmt.Errorf("mirror: businesses: %w", err)
	}
	var errs []error
	for _, b := range all {
		calendars, err := w.m.Reader.Calendars(ctx, b.ID)
		if err == nil && len(calendars) > 0 {
			err = w.m.writeAll(ctx, b.ID)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// writeAll owes the writing of each job of a business that lies ahead.
func (m *Mirror) writeAll(ctx context.Context, businessID string) error {
	jobs, err := m.Reader.JobsToWrite(ctx, businessID, m.Clock.Now(), mostJobs)
	if err != nil {
		return fmt.Errorf("mirror: jobs to write: %w", err)
	}
	err = m.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		for _, id := range jobs {
			if err := tx.WriteJobOnce(ctx, businessID, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("mirror: write all jobs: %w", err)
	}
	return nil
}

// Changed is to be called once what calendars of a business are connected, or what is done with them, was changed: all of
// them are read, and jobs written into those that they belong in.
func (m *Mirror) Changed(ctx context.Context, businessID string) error {
	calendars, err := m.Reader.Calendars(ctx, businessID)
	if err != nil {
		return fmt.Errorf("mirror: calendars: %w", err)
	}
	m.forgive(calendars)
	err = m.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		for i := range calendars {
			if err := tx.ReadCalendar(ctx, calendars[i].ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("mirror: have calendars read: %w", err)
	}
	return m.writeAll(ctx, businessID)
}

// forgive ends the pauses of calendars: what was the matter may have been mended.
func (m *Mirror) forgive(calendars []calendar.Connected) {
	for i := range calendars {
		m.answered(calendars[i].ID)
		m.answered("watch/" + calendars[i].ID)
	}
}
