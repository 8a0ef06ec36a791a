package followup

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
)

// remindAgain is how long somebody who was reminded of the work of a service is not reminded of it again, so that a season
// that the owner moves is not two.
const remindAgain = 180 * day

// planSeasonal plans to offer the work of a visit again.
func planSeasonal(ctx context.Context, tx Tx, b *business.Business, p Planned) error {
	season := b.FollowUps.SeasonOf(p.About)
	if season == nil {
		return nil
	}
	p.Rule, p.Due = Seasonal, season.Due(p.Since, b.Location())
	p.Key = "seasonal:" + p.JobID
	return plan(ctx, tx, p)
}

// seasonBegins is when the reminder is due by the business as it is now.
func seasonBegins(_ context.Context, _ Tx, d *due) (time.Time, error) {
	return d.shop.FollowUps.SeasonOf(d.plan.About).Due(d.plan.Since, d.shop.Location()), nil
}

// outOfSeason: the service is none that is offered again, by now.
func outOfSeason(_ context.Context, _ Tx, d *due) (messaging.Reason, error) {
	if d.shop.FollowUps.SeasonOf(d.plan.About) == nil {
		return messaging.SwitchedOff, nil
	}
	return "", nil
}

// bookedAhead: they expect somebody, for whatever it is.
func bookedAhead(ctx context.Context, tx Tx, d *due) (messaging.Reason, error) {
	const longest = 60 * day // a visit of many days that is going on
	jobs, err := tx.JobsByPhone(ctx, d.shop.ID, d.plan.Phone, d.now.Add(-longest))
	if err != nil {
		return "", fmt.Errorf("the visits of %s: %w", d.plan.Phone, err)
	}
	for i := range jobs {
		if jobs[i].Live() && jobs[i].BusyUntil.After(d.now) {
			return messaging.BookedSince, nil
		}
	}
	return "", nil
}

// doneSince: they have had the same work again, and are reminded by the last visit for it alone.
func doneSince(ctx context.Context, tx Tx, d *due) (messaging.Reason, error) {
	jobs, err := tx.JobsByPhone(ctx, d.shop.ID, d.plan.Phone, d.job.Slot.Start)
	if err != nil {
		return "", fmt.Errorf("the visits of %s: %w", d.plan.Phone, err)
	}
	for i := range jobs {
		j := &jobs[i]
		later := j.Slot.Start.After(d.job.Slot.Start) || j.Slot.Start.Equal(d.job.Slot.Start) && j.ID > d.job.ID
		if later && j.Service == d.job.Service && j.Status == scheduling.StatusCompleted {
			return messaging.DoneSince, nil
		}
	}
	return "", nil
}

// remindedLately: they were reminded of the same work not long ago.
func remindedLately(ctx context.Context, tx Tx, d *due) (messaging.Reason, error) {
	const recent = 100
	all, err := tx.FollowUpsWith(ctx, d.shop.ID, d.plan.Phone, recent)
	if err != nil {
		return "", fmt.Errorf("what %s was sent: %w", d.plan.Phone, err)
	}
	for i := range all {
		p := &all[i]
		if p.Rule == Seasonal && p.About == d.plan.About && p.Status == WasSent && d.now.Sub(p.SettledAt) < remindAgain {
			return messaging.AskedLately, nil
		}
	}
	return "", nil
}

// writeSeasonal has the receptionist ask whether the work is to be booked.
func writeSeasonal(ctx context.Context, tx Tx, d *due) (messaging.Message, error) {
	reply, err := d.Propose(ctx, tx, receptionist.Proposal{Job: d.job, Change: "seasonal", Key: d.plan.Key})
	if err != nil {
		return messaging.Message{}, err
	}
	return messaging.Message{Body: reply.Text()}, keptWhole(reply)
}
