package followup_test

import (
	"context"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/contact"
	"fixly/followup"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store"
)

// displaced runs JobDisplaced twice.
func (d *desk) displaced(j, by *scheduling.Job) {
	d.t.Helper()
	for range 2 {
		job := &river.Job[followup.JobDisplaced]{JobRow: &rivertype.JobRow{}, Args: followup.JobDisplaced{BusinessID: d.shop.ID, JobID: j.ID, By: by.ID}}
		if err := followup.WorkerJobDisplaced(d.deps).Work(d.t.Context(), job); err != nil {
			d.t.Fatal(err)
		}
	}
}

// over books an emergency over a job.
func (d *desk) over(j *scheduling.Job) *scheduling.Job {
	d.t.Helper()
	e := &scheduling.Job{
		BusinessID: d.shop.ID, Status: scheduling.StatusBooked, Service: "Leak repair", Problem: "the basement is flooding", Urgency: scheduling.Emergency,
		Slot: j.Slot, BusyUntil: j.BusyUntil, WindowEnd: j.WindowEnd, Source: scheduling.FromCall,
		Customer: contact.Customer{Name: "Owen Pratt", Phone: "+13125550190"}, CreatedAt: d.clock.Now(), UpdatedAt: d.clock.Now(),
		Address: contact.Address{Line1: "1412 North Wood Street", City: "Chicago", State: "IL", ZIP: "60622"},
	}
	if err := d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.InsertJobOver(ctx, e, []string{j.ID}) }); err != nil {
		d.t.Fatal(err)
	}
	return e
}

// TestTheOwnerIsToldWhatIsInTheWay: once, at night too, with whom to call; the customer hears nothing of it.
func TestTheOwnerIsToldWhatIsInTheWay(t *testing.T) {
	each(t, func(d *desk) {
		j := d.book(scheduling.FromCall, nil)
		d.clock.Advance(12 * time.Hour)
		d.displaced(j, d.over(j))
		d.want(d.texts(), "alert queued >0101 job_in_the_way: IN THE WAY: the emergency at 1412 North Wood Street 60622, Tue Nov 24 8-10 am (Luis), takes the time of "+
			"Karen Whitfield (312) 555-0142, Leak repair, Tue Nov 24 8-10 am (Luis). They were not told: please give them another time.")
		d.play(time.Minute)
		if got := d.sentTo(owner); len(got) != 1 {
			d.t.Errorf("sent %q", got)
		}
		d.want(d.sentTo(customer))
	})
}

// TestNothingIsInTheWayAnyMore: by the time the owner would be told, it has settled itself.
func TestNothingIsInTheWayAnyMore(t *testing.T) {
	each(t, func(d *desk) {
		for i, c := range []struct {
			name   string
			settle func(j, emergency *scheduling.Job)
		}{
			{"the emergency was called off", func(_, e *scheduling.Job) {
				d.update(e, func() { e.Status = scheduling.StatusCancelled })
			}},
			{"the emergency was moved away", func(_, e *scheduling.Job) {
				d.update(e, func() { shift(e, 12*time.Hour) })
			}},
			{"the job was cancelled", func(j, _ *scheduling.Job) {
				d.update(j, func() { j.Status = scheduling.StatusCancelled })
			}},
			{"the job was moved", func(j, _ *scheduling.Job) {
				d.update(j, func() { j.DisplacedBy = ""; shift(j, 12*time.Hour) })
			}},
		} {
			j := d.book(scheduling.FromCall, func(j *scheduling.Job) { shift(j, time.Duration(i)*24*time.Hour) })
			e := d.over(j)
			j.DisplacedBy = e.ID
			c.settle(j, e)
			d.displaced(j, e)
			if got := d.texts(messaging.Alert); len(got) != 0 {
				d.t.Errorf("%s, but the owner is told: %q", c.name, got)
			}
		}
		none := &scheduling.Job{ID: "job_none"}
		d.displaced(none, none)
		d.want(d.texts(messaging.Alert))
	})
}

// twoDays makes a job work of two days for a crew of two.
func twoDays(j *scheduling.Job) {
	second := j.Slot.Start.Add(24 * time.Hour)
	j.Parts = []scheduling.Interval{{From: j.Slot.Start, To: j.Slot.End}, {From: second, To: second.Add(90 * time.Minute)}}
	j.Slot.Helper, j.Slot.Days, j.Slot.Daily, j.Slot.End = "Mike Rossi", 2, 90*time.Minute, j.Parts[1].To
	j.BusyUntil = j.Slot.End.Add(30 * time.Minute)
}

func TestWorkOfTwoDaysIsConfirmed(t *testing.T) {
	each(t, func(d *desk) {
		d.changed(d.book(scheduling.FromText, twoDays), "booked", false)
		d.want(
			d.texts(),
			"confirmation queued >0142 job_booked: You're booked with Mike's Plumbing & Heating: 2 days, beginning Tuesday, Nov 24 between 8 and 10 AM. "+
				"Leak repair at 1842 North Damen Avenue 60647. To change it, just text back. STOP ends texts.",
			"summary queued >0101 job_booked: Booked: Karen Whitfield, leak under kitchen sink, Tue Nov 24 8-10 am (Luis and Mike), 2 days, "+
				"1842 North Damen Avenue 60647. (312) 555-0142",
		)
	})
}

func TestWorkOfTwoDaysIsConfirmedInSpanish(t *testing.T) {
	each(t, func(d *desk) {
		d.spoke(receptionist.ByText, "es")
		d.changed(d.book(scheduling.FromText, func(j *scheduling.Job) { inSpanish(j); twoDays(j) }), "booked", false)
		d.want(d.texts(messaging.Confirmation), "confirmation queued >0142 job_booked: Su cita con Mike's Plumbing & Heating está confirmada: "+
			"2 días, empezando el martes 24 de noviembre entre 8 y 10 a.m. Reparación de fugas en 1842 North Damen Avenue 60647. "+
			"Para cambiarla, responda a este mensaje. ALTO para no recibir más.")
	})
}
