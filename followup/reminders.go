package followup

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fixly/business"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
)

const (
	// freshlyTold is how long after they were told of a visit nobody is reminded of it.
	freshlyTold = 3 * time.Hour
	// beforeNight is how long before quiet hours a reminder leaves that would have come in them.
	beforeNight = time.Hour
)

// planVisit plans what goes with a visit as it is by now, and drops what was planned for it as it was. It is called in the
// transaction that tells its customer of a change, or in the job that the change enqueued.
func planVisit(ctx context.Context, tx Tx, b *business.Business, j *scheduling.Job, now time.Time) error {
	planned, err := tx.FollowUpsOfJob(ctx, b.ID, j.ID)
	if err != nil {
		return fmt.Errorf("what is planned for job %s: %w", j.ID, err)
	}
	stands := j.Status == scheduling.StatusBooked
	old := func(p *Planned) bool {
		return p.Rule == Reminder && (!stands || p.Since.UnixMilli() != j.Slot.Start.UnixMilli() || p.Phone != j.Customer.Phone)
	}
	why := messaging.VisitMoved
	switch {
	case j.Status == scheduling.StatusCompleted:
		why = messaging.VisitBegan
	case !isStanding(j):
		why = messaging.VisitOff
	}
	if err := dropAll(ctx, tx, planned, why, now, old); err != nil {
		return err
	}
	if j.Status == scheduling.StatusCompleted {
		return planAfterVisit(ctx, tx, b, j, now)
	}
	if !stands || !j.Slot.Start.After(now) || j.Customer.Phone == "" {
		return nil
	}
	return planReminders(ctx, tx, b, j, now)
}

// planReminders plans the reminders of a visit, the first due first. One that would come shortly after its customer was
// told of the visit, by another reminder or because it was booked so late, is dropped at once.
func planReminders(ctx context.Context, tx Tx, b *business.Business, j *scheduling.Job, now time.Time) error {
	allowed, err := messaging.Allowed(ctx, tx, b, j.Customer.Phone, messaging.Reminder)
	if err != nil {
		return err
	}
	told := now
	if j.Source == scheduling.FromOwner { // the confirmation of who is not in conversation waits for the morning
		told = allowed(now)
	}
	leads := slices.Clone(b.FollowUps.Reminder)
	slices.SortFunc(leads, func(x, y business.Duration) int { return int(y - x) })
	for i, lead := range leads {
		p := Planned{
			BusinessID: b.ID, Rule: Reminder, Phone: j.Customer.Phone, JobID: j.ID, CallID: j.CallID, About: j.Service, Step: i + 1,
			Key:   fmt.Sprintf("reminder:%s:%d:%s", j.ID, j.Slot.Start.UnixMilli(), lead),
			Since: j.Slot.Start, Due: remindAt(allowed, j.Slot.Start.Add(-lead.Std())), CreatedAt: now,
		}
		if p.Due.Before(told.Add(freshlyTold)) {
			p.Status, p.Reason, p.SettledAt = WasDropped, messaging.JustTold, now
		} else {
			told = p.Due
		}
		if err := plan(ctx, tx, p); err != nil {
			return err
		}
	}
	return nil
}

// remindAt is when a reminder leaves: as it is due, or the evening before where that is at night.
func remindAt(allowed func(time.Time) time.Time, due time.Time) time.Time {
	const step, night = 15 * time.Minute, 24 * time.Hour
	if allowed(due).Equal(due) {
		return due
	}
	for t := due; due.Sub(t) < night; t = t.Add(-step) {
		if allowed(t).Equal(t) {
			return t.Add(step - beforeNight)
		}
	}
	return due
}

// reminderLate: it could not be sent when it was due, and the visit is too near for it, or the next one is due.
func reminderLate(_ context.Context, _ Tx, d *due) (messaging.Reason, error) {
	if d.now.After(lastCall(d.plan)) {
		return messaging.TooLate, nil
	}
	return "", nil
}

// lastCall is until when a reminder is of use: for half the time that was left to the visit when it was due.
func lastCall(p *Planned) time.Time { return p.Due.Add(p.Since.Sub(p.Due) / 2) }

// writeReminder has the receptionist put it to the customer whether the visit stands.
func writeReminder(ctx context.Context, tx Tx, d *due) (messaging.Message, error) {
	reply, err := d.Propose(ctx, tx, receptionist.Proposal{Job: d.job, Change: "remind", Key: d.plan.Key})
	if err != nil {
		return messaging.Message{}, err
	}
	return messaging.Message{Body: reply.Text(), NotAfter: lastCall(d.plan)}, keptWhole(reply)
}
