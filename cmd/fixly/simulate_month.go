package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"

	"fixly/app"
	"fixly/business"
	"fixly/clock"
	"fixly/config"
	"fixly/simulate/month"
	"fixly/twilioapi"
)

// simulateMonth plays a month of a business under each answering policy.
func simulateMonth(ctx context.Context, w world, f simulateFlags, b *business.Business) (err error) {
	dir, err := os.MkdirTemp("", "fixly-month-")
	if err != nil {
		return fmt.Errorf("make a folder for the month's databases: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	played := 0
	r, err := month.Run(ctx, month.Options{
		Business: b, Seed: f.seed, From: f.from, Days: f.days, Assume: f.assume,
		Progress: func(policy string) {
			if !f.asJSON {
				fmt.Fprintf(w.stderr, "fixly: playing %q\n", policy)
			}
		},
		NewServer: func(ctx context.Context, shop *business.Business, c clock.Clock, carrier http.RoundTripper) (month.Server, error) {
			played++
			cfg := config.Config{
				Database: "sqlite:" + filepath.Join(dir, fmt.Sprintf("month%d.db", played)), PublicURL: month.Address,
				APIKey: month.APIKey, SecretKey: make(config.Key, 32), TwilioAPIURL: twilioapi.DefaultURL,
			}
			return app.NewVirtual(ctx, cfg, shop, c, carrier, slog.New(slog.DiscardHandler))
		},
	})
	if err != nil {
		return err
	}
	if f.asJSON {
		enc := json.NewEncoder(w.stdout)
		enc.SetIndent("", "  ")
		if err := enc.Encode(r); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
	} else {
		r.Write(w.stdout)
	}
	if n := r.Wrong(); n > 0 {
		fmt.Fprintf(w.stderr, "fixly: %d things happened in the month that never must\n", n)
		return errReported
	}
	return nil
}
