package followup_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/followup"
	"fixly/receptionist"
	"fixly/store"
)

// planned lists what was planned with the customer, as "rule status reason due: step", in the order in which it is due.
func (d *desk) planned() []string {
	d.t.Helper()
	var all []followup.Planned
	d.tx(func(ctx context.Context, tx followup.Tx) (err error) {
		all, err = tx.FollowUpsWith(ctx, d.shop.ID, customer, 0)
		return err
	})
	slices.Reverse(all)
	var out []string
	for _, p := range all {
		s := fmt.Sprintf("%s %s", p.Rule, p.Status)
		if p.Reason != "" {
			s += " " + string(p.Reason)
		}
		out = append(out, s+" "+p.Due.In(d.shop.Location()).Format("Mon 15:04"))
	}
	return out
}

// follow runs what is planned as the queue does, from one that is due to the next, until a while has passed. Each runs twice.
func (d *desk) follow(long time.Duration) {
	d.t.Helper()
	end := d.clock.Now().Add(long)
	waits := map[string]time.Time{}
	for {
		var all []followup.Planned
		var err error
		if all, err = d.db.PlannedFollowUps(d.t.Context(), d.shop.ID, 0); err != nil {
			d.t.Fatal(err)
		}
		at, next := end, -1
		for i, p := range all {
			due := p.Due
			if w := waits[p.ID]; w.After(due) {
				due = w
			}
			if !due.After(at) {
				at, next = due, i
			}
		}
		if at.After(d.clock.Now()) {
			d.play(at.Sub(d.clock.Now()))
		}
		if next < 0 {
			d.play(0)
			return
		}
		if wait := d.run(all[next].ID); wait > 0 {
			waits[all[next].ID] = d.clock.Now().Add(wait)
		}
	}
}

// run runs one follow-up twice and gives how long it wants to be left alone.
func (d *desk) run(id string) (wait time.Duration) {
	d.t.Helper()
	for range 2 {
		job := &river.Job[followup.RunFollowUp]{JobRow: &rivertype.JobRow{}, Args: followup.RunFollowUp{BusinessID: d.shop.ID, ID: id}}
		err := followup.WorkerRunFollowUp(d.deps).Work(d.t.Context(), job)
		var snooze *rivertype.JobSnoozeError
		if errors.As(err, &snooze) {
			wait = max(snooze.Duration, time.Millisecond)
		} else if err != nil {
			d.t.Fatal(err)
		}
	}
	return wait
}

// lends gives the follow-ups the receptionist, with what they ask her.
func (d *desk) lends() *receptionist.Receptionist {
	r := d.reception()
	d.deps.Talking = func(ctx context.Context, tx followup.Tx, businessID, number string) (bool, error) {
		return r.Talking(ctx, tx.(*store.Tx), businessID, number)
	}
	return r
}

// has fails unless a text holds each of some words.
func (d *desk) has(text string, words ...string) {
	d.t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			d.t.Errorf("%q lacks %q", text, w)
		}
	}
}
