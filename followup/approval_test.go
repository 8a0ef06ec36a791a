package followup_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/followup"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/scheduling"
)

func waiting(j *scheduling.Job) { j.Status = scheduling.StatusTentative }

const yesOrNo = "YES OR NO? Karen Whitfield, leak under kitchen sink, Tue Nov 24 8-10 am (Luis), 1842 North Damen Avenue 60647. (312) 555-0142. "

const howTo = `Reply Y to take it, N to decline, or a better time like "Wed 8".`

// The customer hears that it waits, the owner is asked: one text each.
func TestAVisitThatWaitsForTheOwner(t *testing.T) {
	each(t, func(d *desk) {
		d.changed(d.book(scheduling.FromText, waiting), "booked", false)
		d.want(
			d.texts(),
			"confirmation queued >0142 job_booked: Mike's Plumbing & Heating has you down for Tuesday, Nov 24 between 8 and 10 AM. "+
				"Leak repair at 1842 North Damen Avenue 60647. Mike will confirm by text. STOP ends texts. To change it, just text back.",
			"summary queued >0101 job_waits: "+yesOrNo+howTo,
		)
	})
}

// After a call it is the call's summary that asks.
func TestACallsSummaryAsksTheOwner(t *testing.T) {
	each(t, func(d *desk) {
		j := d.book(scheduling.FromCall, waiting)
		d.changed(j, "booked", true)
		d.want(d.texts(messaging.Summary))
		d.ended(d.call("CA1", customer, ledger.Booked, ledger.ByReceptionist, "", j.ID))
		d.want(d.texts(messaging.Summary), "summary queued >0101 call_ended: "+yesOrNo+howTo)
	})
}

// The owner's yes is confirmed to the customer, and he isn't told what he has just said.
func TestAVisitThatTheOwnerTook(t *testing.T) {
	each(t, func(d *desk) {
		j := d.book(scheduling.FromText, waiting)
		d.changed(j, "booked", false)
		d.clock.Advance(time.Minute)
		d.update(j, func() { j.Status = scheduling.StatusBooked })
		d.changed(j, "accepted", false)
		d.want(d.texts()[2:], "confirmation queued >0142 job_booked: "+booking)
	})
}

// Several that wait are numbered, and one that is moved keeps its number.
func TestSeveralVisitsThatWaitAreNumbered(t *testing.T) {
	each(t, func(d *desk) {
		one := d.book(scheduling.FromText, waiting)
		d.changed(one, "booked", false)
		two := d.book(scheduling.FromText, func(j *scheduling.Job) { waiting(j); shift(j, 3*time.Hour); j.Customer.Name = "Owen Pratt" })
		d.clock.Advance(time.Minute)
		d.changed(two, "booked", false)
		d.clock.Advance(time.Minute)
		d.update(one, func() { shift(one, 24*time.Hour) })
		d.changed(one, "moved", false)
		asked := d.texts(messaging.Summary)
		if len(asked) != 3 || !strings.HasSuffix(asked[0], howTo) ||
			!strings.HasSuffix(asked[1], `Reply Y 2 to take it, N 2 to decline, or a better time like "2 Wed 8".`) ||
			!strings.HasSuffix(asked[2], `Reply Y 1 to take it, N 1 to decline, or a better time like "1 Wed 8".`) || !strings.Contains(asked[2], "Wed Nov 25 8-10 am") {
			d.t.Errorf("asked:\n%s", strings.Join(asked, "\n"))
		}
		// the next one gets the next number, though one is free by then
		d.update(two, func() { two.Status = scheduling.StatusCancelled })
		three := d.book(scheduling.FromText, func(j *scheduling.Job) { waiting(j); shift(j, 5*time.Hour) })
		d.clock.Advance(time.Minute)
		d.changed(three, "booked", false)
		open, err := d.db.OpenApprovals(d.t.Context(), d.shop.ID, d.clock.Now())
		if err != nil || len(open) != 2 || open[1].JobID != three.ID || open[1].Number != 3 {
			d.t.Errorf("open: %+v, %v", open, err)
		}
	})
}

// remind runs RemindOwner twice and gives how long it wants to be left alone.
func (d *desk) remind(j *scheduling.Job, alert bool) (wait time.Duration) {
	d.t.Helper()
	for range 2 {
		err := followup.WorkerRemindOwner(d.deps).Work(d.t.Context(), &river.Job[followup.RemindOwner]{JobRow: &rivertype.JobRow{}, Args: followup.RemindOwner{
			BusinessID: d.shop.ID, JobID: j.ID, Start: j.Slot.Start.UnixMilli(), Alert: alert,
		}})
		var snooze *rivertype.JobSnoozeError
		if errors.As(err, &snooze) {
			wait = snooze.Duration
		} else if err != nil {
			d.t.Fatal(err)
		}
	}
	return wait
}

func TestTheOwnerIsReminded(t *testing.T) {
	each(t, func(d *desk) {
		j := d.book(scheduling.FromText, waiting)
		d.changed(j, "booked", false)
		asked := d.texts()
		d.clock.Advance(30 * time.Minute)
		d.remind(j, false)
		d.want(d.texts()[len(asked):], "summary queued >0101 job_waits: STILL WAITING FOR YOUR ANSWER: "+strings.TrimPrefix(yesOrNo, "YES OR NO? ")+howTo)
		d.clock.Advance(17 * time.Hour)
		d.remind(j, true)
		d.want(d.texts()[len(asked)+1:], "alert queued >0101 job_waits: NOBODY HAS ANSWERED, and they are expecting to hear from you: "+strings.TrimPrefix(yesOrNo, "YES OR NO? ")+howTo)
	})
}

// Who has answered, or was asked about another time since, is not reminded; at night it waits.
func TestTheOwnerIsNotReminded(t *testing.T) {
	each(t, func(d *desk) {
		j := d.book(scheduling.FromText, func(j *scheduling.Job) { waiting(j); shift(j, 24*time.Hour) })
		d.changed(j, "booked", false)
		before := len(d.texts())
		d.clock.Advance(12 * time.Hour)
		if wait := d.remind(j, false); wait < 9*time.Hour {
			d.t.Errorf("at night it waits %s", wait)
		}
		d.clock.Advance(10 * time.Hour)
		open, err := d.db.OpenApprovals(d.t.Context(), d.shop.ID, d.clock.Now())
		if err != nil || len(open) != 1 {
			d.t.Fatalf("open: %+v, %v", open, err)
		}
		open[0].Better = j.Slot.Start.Add(3 * time.Hour)
		d.tx(func(ctx context.Context, tx followup.Tx) error { return tx.SaveApproval(ctx, &open[0]) })
		d.remind(j, false)
		old := *j
		d.update(j, func() { shift(j, time.Hour) })
		d.remind(&old, true)
		d.update(j, func() { j.Status = scheduling.StatusBooked })
		d.remind(j, true)
		d.want(d.texts()[before:])
	})
}

func TestAVisitThatWaitsInSpanish(t *testing.T) {
	each(t, func(d *desk) {
		d.spoke("text", "es")
		d.changed(d.book(scheduling.FromText, func(j *scheduling.Job) { waiting(j); inSpanish(j) }), "booked", false)
		d.want(d.texts(messaging.Confirmation), "confirmation queued >0142 job_booked: Mike's Plumbing & Heating le apartó el martes 24 de noviembre entre 8 y 10 a.m. "+
			"Reparación de fugas en 1842 North Damen Avenue 60647. Mike le confirma por mensaje. ALTO para no recibir más. Para cambiarla, responda a este mensaje.")
	})
}
