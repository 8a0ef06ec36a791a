package mirror

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fixly/scheduling/calendar"
)

// tellAfter is how long a calendar may fail before the owner is told.
const tellAfter = 30 * time.Minute

// failed notes that a calendar could not be read or written: with the calendar, and with its account where the owner has
// to do something about it, who is told at once then. It is told once for each time that it begins.
func (m *Mirror) failed(ctx context.Context, id string, cause error) {
	now := m.Clock.Now()
	var refused *calendar.Error
	if !errors.As(cause, &refused) && !errors.Is(cause, context.DeadlineExceeded) || errors.Is(cause, context.Canceled) {
		return // a fault of ours, or nobody waits any more: the provider has nothing to do with it
	}
	kind := calendar.KindOf(cause)
	m.refused(id, now, refused)
	if errors.Is(context.Cause(ctx), errHurry) {
		return
	}
	err := m.Storage.InTx(context.WithoutCancel(ctx), func(ctx context.Context, tx Tx) error {
		c, err := locked(ctx, tx, id)
		if err != nil {
			return err
		}
		a, err := tx.CalendarAccount(ctx, c.AccountID)
		if err != nil {
			return err
		}
		failure := m.explain(kind, a)
		if c.FailingSince.IsZero() || c.Failure != failure {
			if c.FailingSince.IsZero() {
				c.FailingSince = now
			}
			c.Failure = failure
			if err := tx.UpdateCalendar(ctx, c); err != nil {
				return err
			}
		}
		if a.State == calendar.Good && (kind == calendar.Unauthorized || kind == calendar.Forbidden) {
			a.State, a.Problem = calendar.Reconnect, failure
			if err := tx.UpdateCalendarAccount(ctx, a); err != nil {
				return err
			}
			return tx.NoticeOwner(ctx, c.BusinessID, fmt.Sprintf("calendar_account:%s:%d", a.ID, now.UnixMilli()), failure+m.where())
		}
		if a.State == calendar.Good && now.Sub(c.FailingSince) >= tellAfter {
			return tx.NoticeOwner(ctx, c.BusinessID, fmt.Sprintf("calendar_failing:%s:%d", c.ID, c.FailingSince.UnixMilli()), fmt.Sprintf(
				"The calendar %q has not been reached since %s. %s Calls are answered from what was known then, and jobs are written into it as soon as it answers.",
				c.Name, c.FailingSince.In(m.zone(ctx, c.BusinessID)).Format("3:04 PM"), failure))
		}
		return nil
	})
	if err != nil && !errors.Is(err, calendar.ErrNoCalendar) {
		m.Log.ErrorContext(ctx, "that a calendar fails could not be noted", "calendar", id, "error", err)
	}
}

// locked reads a calendar in use so that nobody else changes it until the transaction ends.
func locked(ctx context.Context, tx Tx, id string) (*calendar.Connected, error) {
	c, err := tx.Calendar(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := tx.LockCalendar(ctx, c.BusinessID); err != nil {
		return nil, err
	}
	return tx.Calendar(ctx, id)
}

// refusedWriting notes what keeps a job from being written where the owner has to do something about it, and gives the
// error.
func (m *Mirror) refusedWriting(ctx context.Context, c *calendar.Connected, jobID string, err error) error {
	switch kind := calendar.KindOf(err); {
	case errors.Is(err, errNotGood):
	case kind == calendar.Unauthorized, kind == calendar.Forbidden:
		m.failed(ctx, c.ID, err)
	case kind == calendar.Invalid:
		m.Log.ErrorContext(ctx, "a calendar refuses a job", "calendar", c.ID, "provider", c.Provider, "job", jobID, "error", err)
		failed := m.Storage.InTx(context.WithoutCancel(ctx), func(ctx context.Context, tx Tx) error {
			return tx.NoticeOwner(ctx, c.BusinessID, "calendar_refuses:"+c.ID+":"+jobID, fmt.Sprintf(
				"A visit could not be written into the calendar %q: it may have been deleted, or can't be written to. Choose another one.%s", c.Name, m.where()))
		})
		err = errors.Join(err, failed)
	}
	return err
}

// explain says what the matter is, and what to do, in a sentence for the owner.
func (m *Mirror) explain(kind calendar.Kind, a *calendar.Account) string {
	provider := a.Provider
	if p := m.provider(a.Provider); p != nil {
		provider = p.Title()
	}
	switch kind {
	case calendar.Unauthorized:
		return fmt.Sprintf("%s no longer lets Fixly into %s: access was withdrawn or has run out. Connect it again.", provider, a.Name)
	case calendar.Forbidden:
		return fmt.Sprintf("%s does not allow all that is needed for %s: a permission is missing. Connect it again and allow everything that is asked.", provider, a.Name)
	case calendar.NotFound, calendar.Invalid:
		return fmt.Sprintf("%s refuses the calendar: it may have been deleted. Choose another one.", provider)
	case calendar.Limited:
		return provider + " asked for fewer requests."
	case calendar.Unavailable, calendar.Conflict, calendar.Expired:
	}
	return provider + " does not answer."
}

// where is where the owner connects calendars.
func (m *Mirror) where() string {
	if m.PublicURL == "" {
		return ""
	}
	return " " + m.PublicURL + "/calendars"
}

func (m *Mirror) zone(ctx context.Context, businessID string) *time.Location {
	b, err := m.Reader.Business(ctx, businessID)
	if err != nil {
		return time.UTC
	}
	return b.Location()
}
