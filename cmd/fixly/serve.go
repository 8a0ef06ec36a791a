package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"

	"fixly/app"
	"fixly/config"
)

// serve runs the server until the context ends.
func serve(ctx context.Context, w world, args []string) error {
	fs := flag.NewFlagSet("serve", flag.ContinueOnError)
	cfg, rest, err := config.Read(fs, args, w.getenv)
	if config.IsHelp(err) {
		return helpFor(w.stdout, "serve [FLAGS]", "Answers calls and texts. A flag wins over its environment variable, which wins over the default.")
	}
	if err != nil {
		return usageError{err}
	}
	if len(rest) > 0 {
		return usageError{fmt.Errorf("serve takes no argument such as %q; see fixly serve --help", rest[0])}
	}
	if err := cfg.Check(); err != nil {
		return usageError{err}
	}
	if err := cfg.EnsureSecretKey(); err != nil {
		return err
	}
	return app.Run(ctx, cfg, w.stdout, newLogger(w.stderr, cfg))
}

// newLogger writes to standard error: standard output is for what was asked for, the address above all.
func newLogger(w io.Writer, cfg config.Config) *slog.Logger {
	o := &slog.HandlerOptions{Level: cfg.LogLevel}
	if cfg.LogFormat == config.LogJSON {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}
