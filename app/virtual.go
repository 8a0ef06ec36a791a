package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/config"
	"fixly/store"
)

// Virtual is a server of one business without a network: whoever made it hands it requests, plays the carrier behind its
// transport, moves its clock, and works its durable jobs. Everything else is what serves real callers.
//
// It is not safe for concurrent use.
type Virtual struct {
	s     *server
	queue *store.ByHand
	clock clock.Clock
	shop  *business.Business
}

// NewVirtual starts a server for a business on an empty database. What it asks of carriers goes through transport.
func NewVirtual(ctx context.Context, cfg config.Config, b *business.Business, clk clock.Clock, carrier http.RoundTripper, log *slog.Logger) (*Virtual, error) {
	v := &Virtual{queue: &store.ByHand{}, clock: clk, shop: b.Clone()}
	var err error
	if v.s, err = start(ctx, cfg, clk, log, surroundings{byHand: v.queue, http: &http.Client{Transport: carrier}}); err != nil {
		return nil, err
	}
	if err := v.s.db.SaveBusiness(ctx, v.shop); err != nil {
		_ = v.Close(ctx)
		return nil, fmt.Errorf("app: store the business: %w", err)
	}
	return v, nil
}

// ServeHTTP serves a request, as the server would that came over the network.
func (v *Virtual) ServeHTTP(w http.ResponseWriter, r *http.Request) { v.s.handler.ServeHTTP(w, r) }

// Next is when the next durable job is due; false when none is.
func (v *Virtual) Next() (at time.Time, ok bool) { return v.queue.Next() }

// Work works one durable job that is due; false when none is. The error is that of a job that failed and will be tried
// again, or not, as its worker has it.
func (v *Virtual) Work(ctx context.Context) (worked bool, err error) {
	return v.queue.Work(ctx, v.clock.Now())
}

// Business is the business as it is stored.
func (v *Virtual) Business(ctx context.Context) (*business.Business, error) {
	return v.s.db.Business(ctx, v.shop.ID)
}

// Read lends what is stored, for who judges what has become of it.
func (v *Virtual) Read() (*store.View, string) { return v.s.db.View, v.shop.ID }

// Close stops the server.
func (v *Virtual) Close(ctx context.Context) error {
	return v.s.stop(ctx, &http.Server{ReadHeaderTimeout: time.Second})
}
