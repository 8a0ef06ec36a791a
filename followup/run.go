package followup

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/messaging"
	"fixly/receptionist"
)

// RunFollowUp looks at a follow-up when it is due: it is sent, put off, or dropped.
type RunFollowUp struct {
	BusinessID string `json:"business_id"`
	ID         string `json:"id"` // of the Planned
}

// Kind names the job in the queue.
func (RunFollowUp) Kind() string { return "run_follow_up" }

// runFollowUp decides by the rules what becomes of a follow-up, on what is known when it is due: much can happen between
// the plan and the text. It takes one transaction; a text that proves not to be writable has that rolled back, so that the
// thread is as if nothing had been said, and another one notes the reason.
type runFollowUp struct {
	worker[RunFollowUp]
	Deps
}

// leftError says why a follow-up is left though no rule spoke against it.
type leftError struct{ why messaging.Reason }

func (e *leftError) Error() string { return "followup: left: " + string(e.why) }

// Work does it.
func (w *runFollowUp) Work(ctx context.Context, job *river.Job[RunFollowUp]) error {
	var wait time.Duration
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		wait, err = w.run(ctx, tx, job.Args)
		return err
	})
	var left *leftError
	if errors.As(err, &left) {
		err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return w.leave(ctx, tx, job.Args, left.why) })
	}
	switch {
	case errors.Is(err, receptionist.ErrTalking):
		return river.JobSnooze(talkingWait)
	case err != nil:
		return fmt.Errorf("followup: run follow-up %s: %w", job.Args.ID, err)
	case wait > 0:
		return river.JobSnooze(wait)
	}
	return nil
}

// run gives how long to leave it alone: zero when it is settled.
func (w *runFollowUp) run(ctx context.Context, tx Tx, args RunFollowUp) (wait time.Duration, err error) {
	d, err := w.read(ctx, tx, args)
	if err != nil || d == nil {
		return 0, err
	}
	if d.plan.Due.After(d.now) {
		return d.plan.Due.Sub(d.now), nil
	}
	held, err := tx.Takeover(ctx, d.shop.ID, d.plan.Phone)
	if err != nil {
		return 0, fmt.Errorf("who holds the thread with %s: %w", d.plan.Phone, err)
	}
	why, err := d.stopped(ctx, tx)
	if err != nil {
		return 0, err
	}
	if why != "" {
		return 0, settle(ctx, tx, d.plan, WasDropped, why, d.now)
	}
	if held.Holds(d.shop, d.now) && !d.rule.brings {
		return max(held.Until(d.shop).Sub(d.now), talkingWait), nil // people of the shop are talking with them
	}
	if d.rule.ready != nil {
		at, err := d.rule.ready(ctx, tx, d)
		if err != nil {
			return 0, err
		}
		if at.After(d.now) {
			return at.Sub(d.now), d.putOff(ctx, tx, at)
		}
	}
	allowed, err := messaging.Allowed(ctx, tx, d.shop, d.plan.Phone, d.rule.kind)
	if err != nil {
		return 0, err
	}
	if later := allowed(d.now); later.After(d.now) {
		return later.Sub(d.now), d.putOff(ctx, tx, later)
	}
	return 0, d.send(ctx, tx)
}

// read gives what is due, nil where there is nothing to do any more. The thread is locked from then on.
func (w *runFollowUp) read(ctx context.Context, tx Tx, args RunFollowUp) (*due, error) {
	p, err := tx.FollowUp(ctx, args.BusinessID, args.ID)
	if err != nil || p == nil || p.Status != IsPlanned {
		return nil, err
	}
	b, err := tx.Business(ctx, p.BusinessID)
	if err != nil {
		return nil, err
	}
	from, err := lineOf(ctx, tx, b, p.CallID) // calls are locked before threads
	if err != nil {
		return nil, err
	}
	if err := tx.LockThread(ctx, p.BusinessID, p.Phone); err != nil {
		return nil, err
	}
	if p, err = tx.FollowUp(ctx, args.BusinessID, args.ID); err != nil || p == nil || p.Status != IsPlanned {
		return nil, err // settled meanwhile
	}
	j, err := readJob(ctx, tx, b.ID, p.JobID)
	if err != nil {
		return nil, err
	}
	return &due{Deps: &w.Deps, shop: b, plan: p, rule: findRule(p.Rule), now: w.Clock.Now(), job: j, from: from}, nil
}

// stopped is the first reason that speaks against a follow-up.
func (d *due) stopped(ctx context.Context, tx Tx) (messaging.Reason, error) {
	if d.rule == nil || !d.rule.on(&d.shop.FollowUps) {
		return messaging.SwitchedOff, nil
	}
	if d.rule.late > 0 && d.now.Sub(d.plan.Due) > d.rule.late {
		return messaging.TooLate, nil
	}
	out, err := tx.OptedOut(ctx, d.shop.ID, d.plan.Phone)
	if err != nil {
		return "", fmt.Errorf("whether %s opted out: %w", d.plan.Phone, err)
	}
	if out {
		return messaging.OptedOut, nil
	}
	for _, s := range d.rule.stops {
		if why, err := s(ctx, tx, d); why != "" || err != nil {
			return why, err
		}
	}
	return "", nil
}

func (d *due) putOff(ctx context.Context, tx Tx, until time.Time) error {
	d.plan.Due = until
	return tx.UpdateFollowUp(ctx, d.plan)
}

// send writes the text and notes it, and plans what comes next.
func (d *due) send(ctx context.Context, tx Tx) error {
	m, err := d.rule.write(ctx, tx, d)
	if err != nil {
		return err
	}
	m.BusinessID, m.From, m.To, m.Kind, m.Key = d.shop.ID, d.from, d.plan.Phone, d.rule.kind, d.plan.Key
	m.JobID, m.CallID, m.Reason = d.plan.JobID, d.plan.CallID, string(d.rule.why)
	written, _, err := messaging.Write(ctx, tx, d.now, m, messaging.Known{})
	if err != nil {
		return err
	}
	if written.Status == messaging.Suppressed {
		return &leftError{messaging.Reason(written.Reason)}
	}
	d.plan.MessageID = written.ID
	if err := settle(ctx, tx, d.plan, WasSent, d.rule.why, d.now); err != nil {
		return err
	}
	if d.rule.then == nil {
		return nil
	}
	return d.rule.then(ctx, tx, d)
}

// leave notes why a follow-up was left.
func (w *runFollowUp) leave(ctx context.Context, tx Tx, args RunFollowUp, why messaging.Reason) error {
	d, err := w.read(ctx, tx, args)
	if err != nil || d == nil {
		return err
	}
	mailed, err := d.instead(ctx, tx, why)
	if err != nil {
		return err
	}
	if mailed {
		return settle(ctx, tx, d.plan, WasSent, messaging.ByMail, d.now)
	}
	if err := settle(ctx, tx, d.plan, WasDropped, why, d.now); err != nil {
		return err
	}
	// What stood in the way of this one need not be in the way of the next.
	if passing := why == messaging.MarketingCap || why == messaging.NothingOpen; passing && d.rule.then != nil {
		return d.rule.then(ctx, tx, d)
	}
	return nil
}

// keptWhole is an error where a part of what was to be said was kept back by the guard: half a text is not sent.
func keptWhole(reply receptionist.Reply) error {
	if len(reply.KeptBack) > 0 || reply.Text() == "" {
		return &leftError{messaging.NotSure}
	}
	return nil
}
