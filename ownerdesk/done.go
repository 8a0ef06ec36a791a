package ownerdesk

import (
	"context"
	"errors"
	"slices"

	"fixly/followup"
	"fixly/scheduling"
)

// done completes the visit under way: "done", "done karen".
func (t *text) done(ctx context.Context, name string) (string, error) {
	jobs, err := t.live(ctx)
	if err != nil {
		return "", err
	}
	begun := slices.DeleteFunc(slices.Clone(jobs), func(j scheduling.Job) bool { return j.Slot.Start.After(t.now) || j.Status != scheduling.StatusBooked })
	if len(begun) == 0 {
		if len(jobs) > 0 {
			return "No visit has begun yet. Next: " + t.line(&jobs[0]) + ".", nil
		}
		return "There is no visit under way.", nil
	}
	slices.Reverse(begun) // the one that began last
	j, help := t.choose(begun, name, "done")
	if j == nil {
		return help, nil
	}
	who := followup.NameVisit(t.b, j)
	j, err = scheduling.Complete(ctx, t.tx, t.b, j.ID, t.now)
	if errors.Is(err, scheduling.ErrNotLive) {
		return "That one is settled already.", nil
	}
	if err != nil {
		return "", err
	}
	if err := t.tx.JobChanged(ctx, j, followup.Completed, false); err != nil {
		return "", err
	}
	return "Done: " + who + ".", nil
}
