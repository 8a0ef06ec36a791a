package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"fixly/clock"
	"fixly/config"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/caldav"
	"fixly/scheduling/calendar/google"
	"fixly/scheduling/calendar/graph"
	"fixly/scheduling/calendar/icsfile"
	"fixly/scheduling/calendar/mirror"
	"fixly/store"
)

// calendars lists the kinds of calendars that can be connected. A new one is a line here and a folder under
// scheduling/calendar.
func calendars(cfg config.Config, db *store.DB, clk clock.Clock) []calendar.Provider {
	zone := func(ctx context.Context, businessID string) (*time.Location, error) {
		b, err := db.Business(ctx, businessID)
		if err != nil {
			return nil, fmt.Errorf("zone of a calendar: %w", err)
		}
		return b.Location(), nil
	}
	return []calendar.Provider{
		google.New(google.Options{
			APIURL: cfg.GoogleAPIURL, OAuthURL: cfg.GoogleOAuthURL, ClientID: cfg.GoogleClientID, ClientSecret: string(cfg.GoogleClientSecret), Clock: clk,
		}),
		graph.New(graph.Options{
			APIURL: cfg.MicrosoftAPIURL, LoginURL: cfg.MicrosoftLoginURL, ClientID: cfg.MicrosoftClientID, ClientSecret: string(cfg.MicrosoftClientSecret), Clock: clk,
		}),
		caldav.New(caldav.Options{Clock: clk, Zone: zone}),
		icsfile.New(icsfile.Options{Zone: zone}),
	}
}

// notices is where those of them that tell of changes by themselves do so.
func notices(mux *http.ServeMux, m *mirror.Mirror) {
	mux.Handle("POST "+mirror.PushPath("google"), google.Notices{Tell: m.Noticed})
	for _, p := range m.Providers {
		if microsoft, ok := p.(*graph.Provider); ok {
			mux.Handle("POST "+mirror.PushPath(microsoft.Name()), graph.Notices{Provider: microsoft, Tell: m.Noticed})
		}
	}
}

// newMirror makes what keeps outside calendars and the jobs in step.
func newMirror(cfg config.Config, db *store.DB, clk clock.Clock, log *slog.Logger) *mirror.Mirror {
	return mirror.New(mirror.Options{
		Storage: db.Mirror(), Reader: db, Providers: calendars(cfg, db, clk), Clock: clk, Log: log,
		PublicURL: strings.TrimSuffix(cfg.PublicURL, "/"), Poll: cfg.CalendarPoll,
	})
}
