package followup_test

import (
	"context"
	"testing"
	"time"

	"fixly/ledger"
	"fixly/messaging"
	"fixly/scheduling"
	"fixly/store"
)

const booking = "You're booked with Mike's Plumbing & Heating: Tuesday, Nov 24 between 8 and 10 AM. " +
	"Leak repair at 1842 North Damen Avenue 60647. To change it, just text back. STOP ends texts."

func TestBookedByCall(t *testing.T) {
	each(t, func(d *desk) {
		d.changed(d.book(scheduling.FromCall, nil), "booked", true)
		d.want(d.texts(), "confirmation queued >0142 job_booked: "+booking)
	})
}

func TestBookedByText(t *testing.T) {
	each(t, func(d *desk) {
		d.ended(d.call("CA1", customer, ledger.Missed, ledger.ByNobody, "", "")) // the text-back became a booking
		d.changed(d.book(scheduling.FromText, nil), "booked", false)
		d.want(d.texts(messaging.Confirmation), "confirmation queued >0142 job_booked: "+booking)
		d.want(d.texts(messaging.Summary)[1:], "summary queued >0101 job_booked: "+
			"Booked: Karen Whitfield, leak under kitchen sink, Tue Nov 24 8-10 am (Luis), 1842 North Damen Avenue 60647. (312) 555-0142")
		d.want(d.owed())
	})
}

func TestBookedByTheOwner(t *testing.T) {
	each(t, func(d *desk) {
		d.changed(d.book(scheduling.FromOwner, nil), "booked", false)
		d.want(d.texts(), "confirmation queued >0142 job_booked: "+booking)
	})
}

// The owner writes up the day's jobs at night: the customer hears of it in the morning.
func TestTheOwnersBookingAtNightIsConfirmedInTheMorning(t *testing.T) {
	each(t, func(d *desk) {
		d.clock.Advance(12 * time.Hour)
		d.changed(d.book(scheduling.FromOwner, func(j *scheduling.Job) { shift(j, 24*time.Hour) }), "booked", false)
		d.play(time.Hour)
		d.want(d.sentTo(customer))
		d.play(9 * time.Hour)
		if got := d.sentTo(customer); len(got) != 1 {
			d.t.Errorf("sent %q", got)
		}
	})
}

// shift moves a job's times.
func shift(j *scheduling.Job, by time.Duration) {
	j.Slot.Start, j.Slot.End = j.Slot.Start.Add(by), j.Slot.End.Add(by)
	j.BusyUntil, j.WindowEnd = j.BusyUntil.Add(by), j.WindowEnd.Add(by)
}

func TestMovedAndCancelled(t *testing.T) {
	each(t, func(d *desk) {
		j := d.book(scheduling.FromOwner, nil)
		update := func(change string, f func()) {
			d.clock.Advance(time.Minute)
			f()
			j.UpdatedAt = d.clock.Now()
			if err := d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.UpdateJob(ctx, j) }); err != nil {
				d.t.Fatal(err)
			}
			d.changed(j, change, false)
		}
		update("moved", func() { shift(j, 27*time.Hour) })
		update("cancelled", func() { j.Status = scheduling.StatusCancelled })
		d.want(
			d.texts(),
			"confirmation queued >0142 job_moved: Your visit from Mike's Plumbing & Heating has been moved. New time: Wednesday, Nov 25 between 11 AM and 1 PM. "+
				"Leak repair at 1842 North Damen Avenue 60647. To change it again, just text back.",
			"summary queued >0101 job_moved: Moved: Karen Whitfield, leak under kitchen sink, now Wed Nov 25 11 am-1 pm (Luis), 1842 North Damen Avenue 60647. (312) 555-0142",
			"confirmation queued >0142 job_cancelled: Your visit from Mike's Plumbing & Heating on Wednesday, Nov 25 between 11 AM and 1 PM has been cancelled. "+
				"To book another time, just text back.",
			"summary queued >0101 job_cancelled: Cancelled: Karen Whitfield, leak under kitchen sink, was Wed Nov 25 11 am-1 pm (Luis), 1842 North Damen Avenue 60647. (312) 555-0142",
		)
	})
}

// The booking's job runs only after the cancellation: nobody is told that they are booked.
func TestABookingCancelledMeanwhile(t *testing.T) {
	each(t, func(d *desk) {
		j := d.book(scheduling.FromText, func(j *scheduling.Job) { j.Status = scheduling.StatusCancelled })
		d.changed(j, "booked", false)
		d.want(d.texts())
	})
}

func TestJobsThatAreGone(t *testing.T) {
	each(t, func(d *desk) {
		d.changed(&scheduling.Job{ID: "job_none"}, "booked", false)
		d.want(d.texts())
	})
}

func TestEmergencies(t *testing.T) {
	each(t, func(d *desk) {
		d.clock.Advance(12 * time.Hour)
		d.changed(d.book(scheduling.FromOwner, func(j *scheduling.Job) { j.Urgency = scheduling.Emergency }), "booked", false)
		d.play(time.Second)
		d.want(d.sentTo(customer), booking) // quiet hours or not
		j := d.book(scheduling.FromCall, func(j *scheduling.Job) {
			j.Urgency = scheduling.Emergency
			shift(j, 3*time.Hour)
		})
		d.ended(d.call("CA1", "+13125550177", ledger.Booked, ledger.ByReceptionist, "", j.ID))
		d.want(d.texts(messaging.Summary), "summary queued >0101 call_ended: EMERGENCY booked: Karen Whitfield, leak under kitchen sink, Tue Nov 24 11 am-1 pm (Luis), "+
			"1842 North Damen Avenue 60647. (312) 555-0142, called from (312) 555-0177")
	})
}

func TestNoConfirmationsWhereTheShopWantsNone(t *testing.T) {
	each(t, func(d *desk) {
		d.shop.FollowUps.Confirmation = false
		if err := d.db.SaveBusiness(d.t.Context(), d.shop); err != nil {
			d.t.Fatal(err)
		}
		d.changed(d.book(scheduling.FromCall, nil), "booked", true)
		d.want(d.texts())
	})
}

// Times are the shop's wall clock on both sides of a change of clocks.
func TestConfirmationsOnTheDayClocksChange(t *testing.T) {
	each(t, func(d *desk) {
		j := d.book(scheduling.FromCall, func(j *scheduling.Job) {
			at := time.Date(2026, 11, 1, 15, 0, 0, 0, time.UTC) // 9 am, the morning after
			shift(j, at.Sub(j.Slot.Start))
		})
		d.changed(j, "booked", true)
		d.want(d.texts(), "confirmation queued >0142 job_booked: You're booked with Mike's Plumbing & Heating: Sunday, Nov 1 between 9 and 11 AM. "+
			"Leak repair at 1842 North Damen Avenue 60647. To change it, just text back. STOP ends texts.")
	})
}
