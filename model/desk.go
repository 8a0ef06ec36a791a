package model

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"fixly/clock"
)

// Ledger knows what was spent. Package store fulfils it.
type Ledger interface {
	// ModelSpent is what a conversation has cost so far, and what a business's conversations have since an instant.
	ModelSpent(ctx context.Context, businessID, conversationID string, since time.Time) (conversation, day Micros, err error)
}

// Options are what a Desk works with.
type Options struct {
	Provider Provider
	Ledger   Ledger
	Price    Price
	// PerCall and PerDay are what a conversation, and all of a business's in a day of its zone, may cost. What is out when
	// the sum is reached still comes in, so a sum may be passed by one request of each call.
	PerCall, PerDay Micros
	Breaker         *Breaker
	Clock           clock.Clock
	Log             *slog.Logger
}

// mostOut is how many requests may be out at once: more than that means that the vendor is slow, and each holds memory.
const mostOut = 64

// Desk is where a model is asked: within a deadline, a budget, and only while it answers. It is safe for concurrent use.
type Desk struct {
	Options
	out chan struct{}
}

// NewDesk makes a desk.
func NewDesk(o Options) *Desk {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Desk{o, make(chan struct{}, mostOut)}
}

// About is what a request belongs to.
type About struct {
	BusinessID, ConversationID, CallID string
	// Day is when the business's day began, for the budget of the day.
	Day time.Time
}

// Ask asks the model and returns no later than the deadline. asked is false when no request went out; then there is no
// use to store. The error is a *Error.
func (d *Desk) Ask(ctx context.Context, about About, deadline time.Duration, r Request) (text string, use Use, asked bool, err error) {
	now := d.Clock.Now()
	use = Use{
		BusinessID: about.BusinessID, ConversationID: about.ConversationID, CallID: about.CallID, At: now,
		Purpose: r.Purpose, Model: d.Provider.Model(),
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	if f := d.mayAsk(ctx, about); f != "" {
		use.Failure = f
		return "", use, false, &Error{Failure: f}
	}
	defer func() { <-d.out }()

	a, err := d.Provider.Ask(ctx, r)
	use.Took = d.Clock.Now().Sub(now).Round(time.Millisecond)
	use.Usage = a.Usage
	if err != nil {
		err = d.failed(ctx, err)
		var e *Error
		errors.As(err, &e)
		use.Failure = e.Failure
		if use.Usage == (Usage{}) && (e.Failure == Late || e.Failure == Down || e.Failure == Unusable) {
			use.Usage = Estimate(r, a.Text)
		}
	}
	use.Cost = d.Price.Cost(use.Usage)
	d.note(ctx, use, err)
	return a.Text, use, true, err
}

// mayAsk takes a place among the requests that are out, or says why not.
func (d *Desk) mayAsk(ctx context.Context, about About) Failure {
	conversation, day, err := d.Ledger.ModelSpent(ctx, about.BusinessID, about.ConversationID, about.Day)
	if err != nil {
		d.Log.WarnContext(ctx, "what the model has cost cannot be read, so it is not asked", "error", err)
		return OverBudget
	}
	if conversation >= d.PerCall || day >= d.PerDay {
		d.Log.InfoContext(ctx, "the model is not asked: the budget is used up", "conversation", about.ConversationID, "conversation_cost", conversation.String(), "day_cost", day.String())
		return OverBudget
	}
	select {
	case d.out <- struct{}{}:
	default:
		return Busy
	}
	if !d.Breaker.Allow() {
		<-d.out
		return BreakerOff
	}
	return ""
}

// failed makes any error a *Error, and one that came of the deadline a late one.
func (d *Desk) failed(ctx context.Context, err error) error {
	var e *Error
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return &Error{Failure: Late}
	case errors.As(err, &e):
		return e
	case errors.Is(err, context.Canceled):
		return &Error{Failure: Late, Err: err}
	}
	return &Error{Failure: Down, Err: err}
}

// note tells the breaker and the log how a request ended.
func (d *Desk) note(ctx context.Context, use Use, err error) {
	// The caller hung up, or the model would rather not: neither says that it is ill.
	gone := errors.Is(ctx.Err(), context.Canceled)
	if changed := d.Breaker.Done(err == nil || gone || use.Failure == Refused); changed {
		if err != nil {
			d.Log.WarnContext(ctx, "the model fails again and again and is left alone for a while; the built-in understanding goes on", "model", use.Model, "error", err)
		} else {
			d.Log.InfoContext(ctx, "the model answers again", "model", use.Model)
		}
	}
	level := slog.LevelDebug
	if err != nil {
		level = slog.LevelInfo
	}
	d.Log.Log(ctx, level, "asked the model", "purpose", use.Purpose, "model", use.Model, "conversation", use.ConversationID, "took", use.Took,
		"input_tokens", use.Usage.InputTokens, "output_tokens", use.Usage.OutputTokens, "cost", use.Cost.String(), "failure", use.Failure)
}
