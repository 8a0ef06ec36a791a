// Package app puts the rooms together: what is made of what, in which order it starts, and in which it stops.
// It is the only package that knows them all; nothing imports it but the command.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"fixly/clock"
	"fixly/config"
)

// Run serves until ctx ends, then stops cleanly. It prints one line with the address to stdout once requests are
// accepted. The error, when there is one, is one line that says what to do.
func Run(ctx context.Context, cfg config.Config, stdout io.Writer, log *slog.Logger) error {
	// Bound before anything else: an address in use is found before the database is touched, and the public URL
	// may be the address really bound.
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; choose another address with --listen", cfg.Listen, err)
	}
	defer func() { _ = ln.Close() }()
	if cfg.PublicURL == "" {
		cfg.PublicURL = "http://" + ln.Addr().String()
	}
	s, err := start(ctx, cfg, serverClock(cfg), log, surroundings{})
	if err != nil {
		return err
	}
	srv := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		IdleTimeout:       2 * time.Minute,
		// No write timeout: the pages' event streams stay open. Each handler bounds its own work.
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()
	if _, err := fmt.Fprintf(stdout, "listening on http://%s\n", ln.Addr()); err != nil {
		log.Warn("the address could not be printed", "error", err)
	}
	select {
	case err := <-served:
		return errors.Join(fmt.Errorf("serve: %w", err), s.stop(ctx, srv))
	case <-ctx.Done():
		log.Info("stopping: live calls finish what they are saying")
		return s.stop(ctx, srv)
	}
}

// serverClock is the clock that --now asks for.
func serverClock(cfg config.Config) clock.Clock {
	if cfg.Now.IsZero() {
		return clock.Real()
	}
	return clock.StartingAt(cfg.Now)
}
