package app

import (
	"log/slog"
	"strings"

	"fixly/clock"
	"fixly/config"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/mirror"
	"fixly/store"
)

// calendars lists the kinds of calendars that can be connected. A new one is a line here and a folder under
// scheduling/calendar.
func calendars(config.Config) []calendar.Provider {
	return nil
}

// newMirror makes what keeps outside calendars and the jobs in step.
func newMirror(cfg config.Config, db *store.DB, clk clock.Clock, log *slog.Logger) *mirror.Mirror {
	return mirror.New(mirror.Options{
		Storage: db.Mirror(), Reader: db, Providers: calendars(cfg), Clock: clk, Log: log,
		PublicURL: strings.TrimSuffix(cfg.PublicURL, "/"), Poll: cfg.CalendarPoll,
	})
}
