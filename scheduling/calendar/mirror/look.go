package mirror

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"fixly/scheduling/calendar"
)

// lookFor is how long a caller waits, at most, for a calendar to be looked at before a booking.
const lookFor = 700 * time.Millisecond

// errHurry ends a look that takes too long for a caller. That alone is nothing that the owner has to hear of.
var errHurry = errors.New("mirror: a caller is waiting")

// Look brings the copies of the calendars that keep a technician busy up to date, all at once, within lookFor. It is
// scheduling.Outside.
func (m *Mirror) Look(ctx context.Context, businessID, technician string) {
	limited, cancel := context.WithTimeoutCause(ctx, lookFor, errHurry)
	defer cancel()
	all, err := m.Reader.Calendars(limited, businessID)
	if err != nil {
		m.Log.WarnContext(ctx, "which calendars there are could not be read before a booking", "business", businessID, "error", err)
	}
	var looking sync.WaitGroup
	for i := range all {
		c := &all[i]
		// One that is known not to answer makes no caller wait.
		if !c.Reads || c.Technician != "" && c.Technician != technician || m.waits(c.ID, m.Clock.Now()) {
			continue
		}
		looking.Go(func() { m.look(limited, c) })
	}
	looking.Wait()
}

// look reads a calendar in a hurry. A copy that has to be begun anew may take too long: then it is asked at least when it
// is busy.
func (m *Mirror) look(ctx context.Context, c *calendar.Connected) {
	var err error
	if c.SyncedAt.IsZero() {
		err = m.glance(ctx, c)
	} else {
		err = m.Read(ctx, c.ID)
	}
	if err != nil {
		m.Log.WarnContext(ctx, "a booking goes on without a calendar that could not be looked at", "calendar", c.ID, "error", err)
	}
}

// glance asks when a calendar is busy that was never read yet, and keeps the answer until it is.
func (m *Mirror) glance(ctx context.Context, c *calendar.Connected) error {
	b, err := m.Reader.Business(ctx, c.BusinessID)
	if err != nil {
		return err
	}
	outside, _, err := m.of(ctx, c)
	if err != nil {
		return err
	}
	busier, ok := outside.(calendar.Busier)
	if !ok {
		return m.Read(ctx, c.ID)
	}
	now := m.Clock.Now()
	busy, err := busier.Busy(ctx, []string{c.Remote}, calendar.Window{From: now, To: now.Add(b.Scheduling.Horizon.Std())})
	if err != nil {
		return fmt.Errorf("mirror: ask when calendar %s is busy: %w", c.ID, err)
	}
	return m.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if err := tx.LockCalendar(ctx, c.BusinessID); err != nil {
			return err
		}
		now, err := tx.Calendar(ctx, c.ID)
		if err != nil || !now.SyncedAt.IsZero() {
			return err
		}
		for _, w := range busy {
			e := calendar.Event{ID: fmt.Sprintf("busy/%d", w.From.Unix()), Start: w.From, End: w.To}
			if err := tx.SaveCalendarEvent(ctx, now, &e); err != nil {
				return err
			}
		}
		return nil
	})
}
