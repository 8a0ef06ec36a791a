package mirror

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"strings"
	"time"

	"github.com/rs/xid"

	"fixly/scheduling/calendar"
)

const (
	// renewBefore is how long before its end a channel is renewed.
	renewBefore = 12 * time.Hour
	// readWatched is how often a calendar is read that tells of changes by itself: a notice may be lost.
	readWatched = 15 * time.Minute
	// askAgain is how long a provider that refused a channel is not asked for another.
	askAgain = time.Hour
)

// PushPath is where a provider tells of changes, below the public URL.
func PushPath(provider string) string { return "/calendars/" + provider + "/push" }

// ReadAndWatch reads a calendar, as Read does, and sees to it that its provider tells of changes from now on.
func (m *Mirror) ReadAndWatch(ctx context.Context, id string) error {
	if err := m.Read(ctx, id); err != nil {
		return err
	}
	m.keepWatch(ctx, id)
	return nil
}

// keepWatch has a provider tell of a calendar's changes, and renews that before it ends. Where it can't, the calendar is
// polled: a provider wants an https address that it can reach.
func (m *Mirror) keepWatch(ctx context.Context, id string) {
	now := m.Clock.Now()
	if m.PublicURL == "" || m.waits("watch/"+id, now) {
		return
	}
	c, err := m.Reader.Calendar(ctx, id)
	if err != nil || c.Watch.Until.After(now.Add(renewBefore)) {
		return
	}
	outside, _, err := m.of(ctx, c)
	watcher, ok := outside.(calendar.Watcher)
	if err != nil || !ok {
		return
	}
	m.mu.Lock()
	m.waiting["watch/"+id] = pause{until: now.Add(askAgain)}
	m.mu.Unlock()
	if err := m.watch(ctx, watcher, c); err != nil {
		m.Log.WarnContext(ctx, "a calendar does not tell of its changes, so it is polled", "calendar", id, "error", err)
		return
	}
	m.answered("watch/" + id)
}

// watch begins a channel and ends the one before.
func (m *Mirror) watch(ctx context.Context, watcher calendar.Watcher, c *calendar.Connected) error {
	channel := calendar.Channel{ID: xid.New().String(), URL: strings.TrimSuffix(m.PublicURL, "/") + PushPath(c.Provider), Token: rand.Text()}
	w, err := watcher.Watch(ctx, c.Remote, channel)
	if err != nil {
		return fmt.Errorf("mirror: watch calendar %s: %w", c.ID, err)
	}
	before := c.Watch
	err = m.Storage.InTx(context.WithoutCancel(ctx), func(ctx context.Context, tx Tx) error {
		now, err := locked(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		now.Watch, now.Token = w, channel.Token
		if err := tx.UpdateCalendar(ctx, now); err != nil {
			return err
		}
		return tx.ReadCalendar(ctx, now.ID) // what changed between the last reading and the channel
	})
	if err != nil {
		return fmt.Errorf("mirror: keep the channel of calendar %s: %w", c.ID, err)
	}
	if before.Channel != "" {
		if err := watcher.Unwatch(ctx, before); err != nil { // it ends by itself soon
			m.Log.InfoContext(ctx, "the channel before could not be ended", "calendar", c.ID, "error", err)
		}
	}
	return nil
}

// Noticed takes a provider's word that a calendar has changed: it is read at once. calendar.ErrNoCalendar: there is no such
// channel any more, or the token is not its own.
func (m *Mirror) Noticed(ctx context.Context, channel, token string) error {
	c, err := m.Reader.CalendarByWatch(ctx, channel)
	if err != nil {
		return fmt.Errorf("mirror: a notice: %w", err)
	}
	if subtle.ConstantTimeCompare([]byte(c.Token), []byte(token)) != 1 {
		return fmt.Errorf("mirror: a notice with a wrong token: %w", calendar.ErrNoCalendar)
	}
	return m.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return tx.ReadCalendar(ctx, c.ID) })
}
