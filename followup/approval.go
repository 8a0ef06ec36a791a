package followup

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/messaging"
	"fixly/scheduling"
)

// Approval is a visit that the owner was asked about. It is open while its job is tentative; package approval takes the
// answers.
type Approval struct {
	JobID, BusinessID string
	// Number is by which the owner names it where several are open, from 1 to 9, then from 1 again, as far as free.
	Number  int
	Start   time.Time // of the visit, as it was asked about
	AskedAt time.Time // for the first time
	Better  time.Time // when the owner would rather come, which the customer was asked about; zero: he didn't say
}

const (
	// numbers is how many numbers go round, so that an answer to an old question does not meet a new one.
	numbers = 9
	// remindAfter and alertBefore are used where the business says nothing else.
	remindAfter = 30 * time.Minute
	alertBefore = 4 * time.Hour
)

// ask has the owner asked about a visit that waits for his yes: it gives the question, whose number is zero where no other
// one is open. A visit that was moved since is asked about anew, under its number. What is to happen when nobody answers is
// owed from then on.
func ask(ctx context.Context, tx Tx, b *business.Business, j *scheduling.Job, now time.Time) (number int, err error) {
	if err := tx.LockThread(ctx, b.ID, b.Profile.Owner.Phone); err != nil { // numbers are given one after the other
		return 0, err
	}
	open, err := tx.OpenApprovals(ctx, b.ID, now)
	if err != nil {
		return 0, err
	}
	a := Approval{JobID: j.ID, BusinessID: b.ID}
	taken := map[int]bool{}
	for _, o := range open {
		taken[o.Number] = true
		if o.JobID == j.ID {
			a = o
		}
	}
	alone := len(taken) == 0 || len(taken) == 1 && a.Number != 0
	if a.Number == 0 || !a.Start.Equal(j.Slot.Start) {
		if a.Number == 0 {
			last, err := tx.LastApproval(ctx, b.ID)
			if err != nil {
				return 0, err
			}
			if last != nil {
				a.Number = last.Number
			}
			a.Number, a.AskedAt = nextNumber(a.Number, taken), now
		}
		a.Start, a.Better = j.Slot.Start, time.Time{}
		if err := tx.SaveApproval(ctx, &a); err != nil {
			return 0, err
		}
		if err := oweReminders(ctx, tx, b, &a, now); err != nil {
			return 0, err
		}
	}
	if alone {
		return 0, nil
	}
	return a.Number, nil
}

// nextNumber is the first one after the last that is not taken; beyond nine open ones they go on.
func nextNumber(last int, taken map[int]bool) int {
	for i := range numbers {
		if n := (last+i)%numbers + 1; !taken[n] {
			return n
		}
	}
	n := numbers + 1
	for taken[n] {
		n++
	}
	return n
}

// oweReminders enqueues what happens when the owner doesn't answer: he is reminded, and told at last, while there is time
// to do something about it, that nobody has answered. Whatever would come when the visit has begun is left out.
func oweReminders(ctx context.Context, tx Tx, b *business.Business, a *Approval, now time.Time) error {
	remind, before := b.Scheduling.ApprovalReminder.Std(), b.Scheduling.ApprovalDeadline.Std()
	if remind == 0 {
		remind = remindAfter
	}
	if before == 0 {
		before = alertBefore
	}
	first := now.Add(remind)
	last := a.Start.Add(-before)
	if soonest := first.Add(remind); last.Before(soonest) {
		last = soonest
	}
	for _, at := range []struct {
		when  time.Time
		alert bool
	}{{first, false}, {last, true}} {
		if !at.when.Before(a.Start) {
			continue
		}
		job := RemindOwner{BusinessID: b.ID, JobID: a.JobID, Start: a.Start.UnixMilli(), Alert: at.alert}
		if err := tx.EnqueueAt(ctx, job, at.when, nil); err != nil {
			return err
		}
	}
	return nil
}

// remindOwner reminds the owner of a visit that waits for his yes. The visit stays on the calendar, whoever answers or not:
// nothing is dropped in silence, and the last word to the customer is a person's.
type remindOwner struct {
	worker[RemindOwner]
	Deps
}

// Work writes the text in one transaction. Where the visit is far enough away it waits for quiet hours to end.
func (w *remindOwner) Work(ctx context.Context, job *river.Job[RemindOwner]) error {
	var wait time.Duration
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		wait, err = w.write(ctx, tx, job.Args)
		return err
	})
	if err != nil {
		return fmt.Errorf("followup: remind the owner of job %s: %w", job.Args.JobID, err)
	}
	if wait > 0 {
		return river.JobSnooze(wait)
	}
	return nil
}

func (w *remindOwner) write(ctx context.Context, tx Tx, r RemindOwner) (wait time.Duration, err error) {
	b, err := tx.Business(ctx, r.BusinessID)
	if err != nil {
		return 0, err
	}
	j, err := readJob(ctx, tx, b.ID, r.JobID)
	now := w.Clock.Now()
	if err != nil || j == nil || j.Status != scheduling.StatusTentative || j.Slot.Start.UnixMilli() != r.Start || !j.Slot.Start.After(now) {
		return 0, err
	}
	if b.QuietHours(now) && j.Slot.Start.Sub(now) >= tooSoonToWait {
		return max(b.NextAllowed(now).Sub(now), time.Second), nil
	}
	open, err := tx.OpenApprovals(ctx, b.ID, now)
	if err != nil {
		return 0, err
	}
	n, answered := 0, false
	for _, o := range open {
		if o.JobID == j.ID {
			answered = !o.Better.IsZero()
			if len(open) > 1 {
				n = o.Number
			}
		}
	}
	if answered && !r.Alert {
		return 0, nil // it is the customer's turn
	}
	from, err := lineOf(ctx, tx, b, j.CallID)
	if err != nil {
		return 0, err
	}
	_, language, err := wordsFor(ctx, tx, b, j.Customer.Phone, j.ID)
	if err != nil {
		return 0, err
	}
	m := messaging.OwnerText(b)
	m.From, m.JobID, m.Reason = from, j.ID, string(messaging.JobWaits)
	m.Key = fmt.Sprintf("remind_owner:%s:%d:%t", j.ID, r.Start, r.Alert)
	v := visitOf(b, j, language)
	switch {
	case !r.Alert:
		m.Body = english{}.AskAgain(v, n)
	case answered:
		m.Kind, m.Body = messaging.Alert, english{}.CustomerSilent(v, n)
	default:
		m.Kind, m.Body = messaging.Alert, english{}.NobodyAnswered(v, n)
	}
	_, _, err = messaging.Write(ctx, tx, now, m, messaging.Known{Live: r.Alert})
	return 0, err
}
