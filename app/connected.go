package app

import (
	"context"
	"errors"
	"fmt"

	"fixly/dashboard"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/mirror"
	"fixly/store"
)

// connected is what the pages ask of calendars outside, answered by the mirror.
type connected struct {
	mirror *mirror.Mirror
	db     *store.DB
}

// connectable gives the pages the calendars that can be connected; nil when there are none.
func connectable(m *mirror.Mirror, db *store.DB) dashboard.Calendars {
	if len(m.Providers) == 0 {
		return nil
	}
	return connected{m, db}
}

// Providers lists what can be connected.
func (c connected) Providers() []calendar.Provider { return c.mirror.Providers }

// List asks which calendars an account has.
func (c connected) List(ctx context.Context, accountID string) ([]calendar.Info, error) {
	_, opened, err := c.open(ctx, accountID)
	if err != nil {
		return nil, err
	}
	return opened.List(ctx)
}

func (c connected) open(ctx context.Context, accountID string) (*calendar.Account, calendar.Calendars, error) {
	a, err := c.db.CalendarAccount(ctx, accountID)
	if err != nil {
		return nil, nil, fmt.Errorf("open a calendar's account: %w", err)
	}
	opened, err := c.mirror.Calendars(a)
	return a, opened, err
}

// Read has everything of the business brought in step by the queue, and reads the account's calendars besides, now.
func (c connected) Read(ctx context.Context, accountID string) error {
	a, err := c.db.CalendarAccount(ctx, accountID)
	if err != nil {
		return fmt.Errorf("read an account's calendars: %w", err)
	}
	if err := c.mirror.Changed(ctx, a.BusinessID); err != nil {
		return err
	}
	inUse, err := c.db.CalendarsOfAccount(ctx, a.BusinessID, a.ID)
	if err != nil {
		return fmt.Errorf("read an account's calendars: %w", err)
	}
	var failed error
	for i := range inUse {
		failed = errors.Join(failed, c.mirror.ReadAndWatch(ctx, inUse[i].ID))
	}
	return failed
}

// Leave ends the channels of an account, and gives our access back where the provider takes it.
func (c connected) Leave(ctx context.Context, accountID string) error {
	a, opened, err := c.open(ctx, accountID)
	if err != nil {
		return err
	}
	inUse, err := c.db.CalendarsOfAccount(ctx, a.BusinessID, a.ID)
	if err != nil {
		return fmt.Errorf("leave a calendar's account: %w", err)
	}
	var failed error
	if watcher, ok := opened.(calendar.Watcher); ok {
		for i := range inUse {
			if w := inUse[i].Watch; w.Channel != "" {
				failed = errors.Join(failed, watcher.Unwatch(ctx, w))
			}
		}
	}
	for _, p := range c.mirror.Providers {
		if revoker, ok := p.(calendar.Revoker); ok && p.Name() == a.Provider {
			failed = errors.Join(failed, revoker.Revoke(ctx, *a))
		}
	}
	return failed
}
