// Package mirror keeps outside calendars and the jobs in step: a local copy of when people are busy, which open times are
// told from, and the jobs written out as events.
//
// Reading and writing are durable jobs of the queue. No transaction waits for a provider: a provider is asked, and what
// came of it is stored in a transaction of its own, in which what people changed by hand is followed as well.
package mirror

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"fixly/clock"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
)

// Options are what a mirror works with. All but PublicURL and Poll are needed.
type Options struct {
	Storage   Storage
	Reader    Reader
	Providers []calendar.Provider
	Clock     clock.Clock
	Log       *slog.Logger
	// PublicURL is where providers tell of changes, and owners connect calendars; empty: nowhere, so calendars are polled only.
	PublicURL string
	// Poll is how often a calendar is read that does not tell of changes by itself; zero: DefaultPoll.
	Poll time.Duration
}

// DefaultPoll is how often a calendar is read that does not tell of changes by itself.
const DefaultPoll = time.Minute

// Mirror keeps calendars and jobs in step. It is safe for concurrent use.
type Mirror struct {
	Options
	scheduler *scheduling.Scheduler
	since     time.Time // when it was made

	mu      sync.Mutex
	open    map[string]opened  // accounts, by id
	waiting map[string]pause   // calendars that are left alone for a while, by id
	reading map[string]*flight // readings under way, by calendar
	flights int                // readings begun so far
}

// opened is an account whose provider was asked to open it, with the version of the account.
type opened struct {
	calendars calendar.Calendars
	version   string
}

// New makes a mirror.
func New(o Options) *Mirror {
	if o.Poll <= 0 {
		o.Poll = DefaultPoll
	}
	return &Mirror{
		Options: o, scheduler: scheduling.New(o.Clock, nil), since: o.Clock.Now(),
		open: map[string]opened{}, waiting: map[string]pause{}, reading: map[string]*flight{},
	}
}

// provider finds a provider by name; nil when there is none.
func (m *Mirror) provider(name string) calendar.Provider {
	for _, p := range m.Providers {
		if p.Name() == name {
			return p
		}
	}
	return nil
}

// Calendars gives the calendars of an account, opened once for each time it was connected.
func (m *Mirror) Calendars(a *calendar.Account) (calendar.Calendars, error) {
	p := m.provider(a.Provider)
	if p == nil {
		return nil, &calendar.Error{Kind: calendar.Invalid, Doing: "open an account", Err: fmt.Errorf("this program knows no calendars of %q", a.Provider)}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	// Connecting again changes the credentials, and so does the provider itself as it goes: then what is open stays good.
	version := string(a.Credentials)
	if o, ok := m.open[a.ID]; ok && o.version == version {
		return o.calendars, nil
	}
	id := a.ID
	had := version
	c, err := p.Open(*a, func(ctx context.Context, credentials []byte) error {
		err := m.saveCredentials(ctx, id, had, credentials)
		had = string(credentials)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("mirror: open the account %s: %w", a.ID, err)
	}
	m.open[id] = opened{c, version}
	return c, nil
}

// saveCredentials stores what a provider got in exchange for the credentials that it had, unless others were stored
// meanwhile: the owner has connected again.
func (m *Mirror) saveCredentials(ctx context.Context, id, had string, credentials []byte) error {
	err := m.Storage.InTx(context.WithoutCancel(ctx), func(ctx context.Context, tx Tx) error {
		a, err := tx.CalendarAccount(ctx, id)
		if err != nil {
			return err
		}
		if err := tx.LockCalendar(ctx, a.BusinessID); err != nil {
			return err
		}
		if a, err = tx.CalendarAccount(ctx, id); err != nil || string(a.Credentials) != had {
			return err
		}
		a.Credentials = credentials
		return tx.UpdateCalendarAccount(ctx, a)
	})
	if err != nil {
		return fmt.Errorf("mirror: keep new credentials of the account %s: %w", id, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if o, ok := m.open[id]; ok {
		o.version = string(credentials)
		m.open[id] = o
	}
	return nil
}

// of opens the account of a calendar.
func (m *Mirror) of(ctx context.Context, c *calendar.Connected) (calendar.Calendars, *calendar.Account, error) {
	a, err := m.Reader.CalendarAccount(ctx, c.AccountID)
	if err != nil {
		return nil, nil, fmt.Errorf("mirror: account of calendar %s: %w", c.ID, err)
	}
	if a.State != calendar.Good {
		return nil, a, &calendar.Error{Kind: calendar.Unauthorized, Doing: "use an account", Err: errNotGood}
	}
	opened, err := m.Calendars(a)
	return opened, a, err
}
