package followup_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/contact"
	"fixly/followup"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/store"
)

// reception lends the follow-ups the receptionist, as the program does, and gives it.
func (d *desk) reception() *receptionist.Receptionist {
	r := receptionist.New(receptionist.Options{Storage: d.db.Receptionist(), Clock: d.clock})
	d.deps.Propose = func(ctx context.Context, tx followup.Tx, p receptionist.Proposal) (receptionist.Reply, error) {
		return r.Propose(ctx, tx.(*store.Tx), p)
	}
	return r
}

// offer runs OfferChange twice, as a queue may, and gives how long it wants to be left alone: zero when it is done.
func (d *desk) offer(j *scheduling.Job, change string, starts ...time.Time) (wait time.Duration) {
	d.t.Helper()
	for range 2 {
		err := followup.WorkerOfferChange(d.deps).Work(d.t.Context(), &river.Job[followup.OfferChange]{JobRow: &rivertype.JobRow{}, Args: followup.OfferChange{
			BusinessID: d.shop.ID, JobID: j.ID, Change: change, Revision: j.UpdatedAt.UnixMilli(), Start: j.Slot.Start, Starts: starts,
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

// writes is a text from the customer to the receptionist; it gives the answer.
func (d *desk) writes(r *receptionist.Receptionist, body string) string {
	d.t.Helper()
	d.clock.Advance(time.Minute)
	var reply receptionist.Reply
	err := d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) (err error) {
		reply, err = r.Text(ctx, tx, receptionist.TextInput{BusinessID: d.shop.ID, From: customer, Body: body, Key: body})
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return reply.Text()
}

// update stores a change of a job.
func (d *desk) update(j *scheduling.Job, f func()) {
	d.t.Helper()
	f()
	j.UpdatedAt = d.clock.Now()
	if err := d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.UpdateJob(ctx, j) }); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) job(id string) *scheduling.Job {
	d.t.Helper()
	j, err := d.db.Job(d.t.Context(), d.shop.ID, id)
	if err != nil {
		d.t.Fatal(err)
	}
	return j
}

// One text that asks, in place of a confirmation; the owner, who did it, has none.
func TestAMovedVisitIsPutToTheCustomer(t *testing.T) {
	each(t, func(d *desk) {
		r := d.reception()
		j := d.book(scheduling.FromCall, nil)
		d.update(j, func() { shift(j, 27*time.Hour) })
		if wait := d.offer(j, followup.OfferMoved); wait != 0 {
			d.t.Errorf("waits %s", wait)
		}
		d.want(d.texts(), "conversation queued >0142 change_offered: Hi, it's Riley, the virtual assistant at Mike's Plumbing & Heating. "+
			"We had to move your leak repair visit to Wed 11/25 between 11 AM and 1 PM. Reply YES if that works, or tell us a better time.")
		if said := d.writes(r, "yes"); !strings.HasPrefix(said, "Great, Wed 11/25") {
			d.t.Errorf("a yes is answered %q", said)
		}
	})
}

func TestATakenTimeIsPutToTheCustomerAndTheOwner(t *testing.T) {
	each(t, func(d *desk) {
		r := d.reception()
		j := d.book(scheduling.FromCall, nil)
		d.tx(func(ctx context.Context, tx followup.Tx) error {
			_, err := tx.(*store.Tx).InsertTrouble(ctx, &calendar.Trouble{
				BusinessID: d.shop.ID, CalendarID: "cal_1", EventID: "dentist", JobID: j.ID, Kind: calendar.Taken, Title: "Dentist", Start: j.Slot.Start, End: j.Slot.End, At: d.clock.Now(),
			})
			return err
		})
		d.offer(j, followup.OfferTaken)
		texts := d.texts()
		if len(texts) != 2 {
			d.t.Fatalf("texts %q", texts)
		}
		for _, w := range []string{"conversation queued >0142", "Sorry, the time we gave you, tomorrow (Tue 11/24) between 8 and 10 AM, turned out to be taken."} {
			if !strings.Contains(texts[0], w) {
				d.t.Errorf("%q lacks %q", texts[0], w)
			}
		}
		if w := `alert queued >0101 time_taken: TIME TAKEN: Karen Whitfield, Leak repair, Tue Nov 24 8-10 am (Luis): "Dentist" is in your calendar then. I texted them Tue Nov 24 `; !strings.HasPrefix(texts[1], w) {
			d.t.Errorf("the owner reads %q, not %q", texts[1], w)
		}
		d.writes(r, "the last one")
		if now := d.job(j.ID); now.Slot.Start.Equal(j.Slot.Start) || now.Status != scheduling.StatusBooked {
			d.t.Errorf("not moved: %+v", now)
		}
	})
}

func TestACancelledVisitIsBookedAgainByText(t *testing.T) {
	each(t, func(d *desk) {
		r := d.reception()
		j := d.book(scheduling.FromCall, nil)
		d.update(j, func() { j.Status = scheduling.StatusCancelled })
		d.offer(j, followup.OfferCancelled)
		if said := d.writes(r, "the first one"); !strings.Contains(said, "booked") {
			d.t.Errorf("a choice is answered %q", said)
		}
		jobs, err := d.db.JobsByPhone(d.t.Context(), d.shop.ID, customer, d.clock.Now())
		if err != nil || len(jobs) != 2 {
			d.t.Errorf("%d jobs, %v", len(jobs), err)
		}
	})
}

// At night it waits for the morning and is worded then, unless the visit is near.
func TestAChangeWaitsForQuietHoursToEnd(t *testing.T) {
	each(t, func(d *desk) {
		d.reception()
		j := d.book(scheduling.FromCall, func(j *scheduling.Job) { shift(j, 24*time.Hour) })
		d.clock.Advance(12 * time.Hour) // 10:05 pm
		if wait := d.offer(j, followup.OfferMoved); wait < 9*time.Hour || wait > 10*time.Hour {
			d.t.Errorf("waits %s", wait)
		}
		d.want(d.texts())
		d.clock.Advance(9*time.Hour + 55*time.Minute)
		d.offer(j, followup.OfferMoved)
		if texts := d.texts(); len(texts) != 1 || !strings.Contains(texts[0], "tomorrow (Wed 11/25)") {
			d.t.Errorf("in the morning: %q", texts)
		}
	})
}

// It is night where the customer is: at 8:05 pm in the shop it is past nine in the east.
func TestAChangeWaitsForTheCustomersNightToEnd(t *testing.T) {
	each(t, func(d *desk) {
		d.reception()
		j := d.book(scheduling.FromCall, func(j *scheduling.Job) {
			shift(j, 48*time.Hour)
			j.Address = contact.Address{Line1: "1 Main Street", City: "Hammond", State: "NY", ZIP: "13646"}
		})
		d.clock.Advance(10 * time.Hour)
		if wait := d.offer(j, followup.OfferMoved); wait < 10*time.Hour || wait > 11*time.Hour {
			d.t.Errorf("waits %s", wait)
		}
		d.want(d.texts())
	})
}

func TestAChangeOfAVisitInTheMorningIsToldAtNight(t *testing.T) {
	each(t, func(d *desk) {
		d.reception()
		j := d.book(scheduling.FromCall, nil)
		d.clock.Advance(12 * time.Hour)
		d.offer(j, followup.OfferMoved)
		if texts := d.texts(); len(texts) != 1 {
			d.t.Errorf("ten hours before the visit: %q", texts)
		}
	})
}

// What another change has overtaken is not told.
func TestAChangeThatIsNoLongerSo(t *testing.T) {
	each(t, func(d *desk) {
		d.reception()
		j := d.book(scheduling.FromCall, nil)
		first := *j
		d.update(j, func() { shift(j, 27*time.Hour) })
		d.offer(&first, followup.OfferMoved)
		d.offer(&first, followup.OfferTaken)
		d.offer(&first, followup.OfferCancelled)
		d.offer(j, followup.OfferBetterTime, j.Slot.Start.Add(time.Hour)) // it doesn't wait for a yes
		d.want(d.texts())
	})
}

// Who said STOP is left to the owner, and nothing is held for them.
func TestAChangeForWhoHasOptedOut(t *testing.T) {
	each(t, func(d *desk) {
		d.reception()
		j := d.book(scheduling.FromCall, nil)
		d.tx(func(ctx context.Context, tx followup.Tx) error { return optsOut(ctx, tx, d.shop.ID, customer) })
		d.offer(j, followup.OfferTaken)
		d.want(d.texts(messaging.Alert), "alert queued >0101 not_delivered: PLEASE CALL Karen Whitfield (312) 555-0142: their Leak repair visit clashes with your calendar, "+
			"Tue Nov 24 8-10 am (Luis). I can't text them: They said STOP to texts.")
		if texts := d.texts(messaging.Talk); len(texts) != 1 || !strings.HasPrefix(texts[0], "conversation suppressed >0142 opted_out") {
			d.t.Errorf("to the customer: %q", texts)
		}
		c, err := d.db.OpenThread(d.t.Context(), d.shop.ID, customer)
		if c != nil || err != nil {
			d.t.Errorf("a thread was opened: %+v, %v", c, err)
		}
	})
}

func TestAChangeWaitsForTheCallToEnd(t *testing.T) {
	each(t, func(d *desk) {
		d.reception()
		j := d.book(scheduling.FromCall, nil)
		d.conversation(receptionist.ByCall, "", d.clock.Now())
		if wait := d.offer(j, followup.OfferMoved); wait != 30*time.Second {
			d.t.Errorf("waits %s", wait)
		}
		d.want(d.texts())
	})
}

// A customer who spoke Spanish reads Spanish.
func TestAChangeInSpanish(t *testing.T) {
	each(t, func(d *desk) {
		r := d.reception()
		d.spoke(receptionist.ByCall, "es")
		d.clock.Advance(time.Hour)
		j := d.book(scheduling.FromCall, inSpanish)
		d.offer(j, followup.OfferMoved)
		if texts := d.texts(); len(texts) != 1 || !strings.Contains(texts[0], "Tuvimos que cambiar su visita de reparación de fugas, ahora es mañana martes 24 de noviembre entre 8 y 10 a.m. Responda SÍ") {
			d.t.Errorf("texts %q", texts)
		}
		if said := d.writes(r, "sí, está bien"); !strings.Contains(said, "Muy bien, queda") {
			d.t.Errorf("a yes is answered %q", said)
		}
	})
}
