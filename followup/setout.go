package followup

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fixly/business"
	"fixly/messaging"
	"fixly/scheduling"
	"fixly/scheduling/travel"
)

// ErrNotAhead says that nobody can be on the way to a visit: it does not stand, or is not within some hours.
var ErrNotAhead = errors.New("followup: the visit is not one to set out for")

const (
	// setOutBefore is how long before a visit somebody may be on the way to it, setOutAfter how long after its window.
	setOutBefore = 6 * time.Hour
	setOutAfter  = 3 * time.Hour
	// leftFrom is how long after the visit before somebody is taken to come from there.
	leftFrom = 3 * time.Hour
)

// SetOut has the customer of a visit told that the technician is on the way, once: with when they will be there, where it is
// known how far it is from the visit before, and with the window that was promised. Whoever says so, by text, on the page or
// over the API, calls it in their transaction.
func SetOut(ctx context.Context, tx PlanTx, b *business.Business, j *scheduling.Job, now time.Time) error {
	if j.Status != scheduling.StatusBooked || j.Slot.Start.Sub(now) > setOutBefore || now.Sub(j.WindowEnd) > setOutAfter {
		return fmt.Errorf("set out for job %s: %w", j.ID, ErrNotAhead)
	}
	if j.Customer.Phone == "" {
		return nil
	}
	return plan(ctx, tx, Planned{
		BusinessID: b.ID, Rule: OnMyWay, Key: fmt.Sprintf("on_my_way:%s:%d", j.ID, j.Slot.Start.UnixMilli()), Phone: j.Customer.Phone,
		JobID: j.ID, CallID: j.CallID, About: j.Service, Step: 1, Since: j.Slot.Start, Due: now, CreatedAt: now,
	})
}

// writeOnMyWay tells that somebody comes.
func writeOnMyWay(ctx context.Context, tx Tx, d *due) (messaging.Message, error) {
	words, language, err := wordsFor(ctx, tx, d.shop, d.plan.Phone, d.plan.JobID)
	if err != nil {
		return messaging.Message{}, err
	}
	at, err := d.arrival(ctx, tx)
	if err != nil {
		return messaging.Message{}, err
	}
	return messaging.Message{Body: words.OnMyWay(d.shop.Profile.Name, visitOf(d.shop, d.job, language), at), NotAfter: d.now.Add(time.Hour)}, nil
}

// arrival is about when the technician will be there, by the drive from the visit before, rounded up to five minutes; zero
// where that can't be told.
func (d *due) arrival(ctx context.Context, tx Tx) (time.Time, error) {
	before, err := tx.JobsBetween(ctx, d.shop.ID, d.job.Slot.Technician, d.now.Add(-leftFrom), d.now)
	if err != nil {
		return time.Time{}, fmt.Errorf("where %s comes from: %w", d.job.Slot.Technician, err)
	}
	var from *scheduling.Job
	for i := range before {
		if j := &before[i]; j.ID != d.job.ID && j.Slot.Start.Before(d.now) && (from == nil || j.Slot.Start.After(from.Slot.Start)) {
			from = j
		}
	}
	if from == nil {
		return time.Time{}, nil
	}
	drive, ok := travel.Drive(from.Address.ZIP, d.job.Address.ZIP)
	if !ok {
		return time.Time{}, nil
	}
	const step = 5 * time.Minute
	set := d.plan.CreatedAt.Add(drive)
	if up := set.Truncate(step); up.Before(set) {
		set = up.Add(step)
	}
	return set.In(d.shop.Location()), nil
}
