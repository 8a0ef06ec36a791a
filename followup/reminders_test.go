package followup_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fixly/followup"
	"fixly/messaging"
	"fixly/scheduling"
	"fixly/store"
)

// nextWeek puts a visit a week later: Tuesday, December 1st, at eight.
func nextWeek(j *scheduling.Job) { shift(j, 7*24*time.Hour) }

func (d *desk) booked(change func(*scheduling.Job)) *scheduling.Job {
	d.t.Helper()
	j := d.book(scheduling.FromCall, change)
	d.changed(j, "booked", true)
	return j
}

// The visit is at eight: two hours before is at night, so that reminder comes the evening before.
func TestAVisitIsRemindedOf(t *testing.T) {
	each(t, func(d *desk) {
		d.lends()
		d.booked(nextWeek)
		d.want(d.planned(), "reminder planned Mon 08:00", "reminder planned Mon 20:00")
		d.follow(8 * 24 * time.Hour)
		d.want(d.planned(), "reminder sent visit_ahead Mon 08:00", "reminder sent visit_ahead Mon 20:00")
		d.want(d.texts(messaging.Reminder),
			"reminder sent >0142 visit_ahead: Mike's Plumbing & Heating: we're coming tomorrow (Tue 12/1) between 8 and 10 AM for your leak repair visit. Reply C to confirm, M to move it, X to call it off.",
			"reminder sent >0142 visit_ahead: Mike's Plumbing & Heating: your leak repair visit is tomorrow (Tue 12/1) between 8 and 10 AM. C confirms it, M moves it, X calls it off.")
	})
}

func TestAReminderIsAnswered(t *testing.T) {
	for _, c := range []struct {
		says, hears string
		want        func(d *desk, j *scheduling.Job)
	}{
		{"C", "Thanks, that's confirmed.", confirmed},
		{"yes", "Thanks, that's confirmed.", confirmed},
		{"Confirmed!", "Thanks, that's confirmed.", confirmed},
		{"ok", "Thanks, that's confirmed.", confirmed},
		{"x", "cancelled", off},
		{"Cancel", "cancelled", off},
		{"M", "What day", as},
		{"can we do wednesday instead?", "Wed 12/2", as},
		{"I need to reschedule", "What day", as},
		{"no", "M to move it", as},
		{"I need to cancel my appointment", "cancel", as},
	} {
		t.Run(c.says, func(t *testing.T) {
			once(t, func(d *desk) {
				r := d.lends()
				j := d.booked(nextWeek)
				d.follow(7*24*time.Hour - 2*time.Hour)
				d.has(d.writes(r, c.says), c.hears)
				c.want(d, j)
			})
		})
	}
}

func confirmed(d *desk, j *scheduling.Job) {
	d.t.Helper()
	if now := d.job(j.ID); now.ConfirmedAt.IsZero() || now.Status != scheduling.StatusBooked {
		d.t.Errorf("not confirmed: %+v", now)
	}
	d.follow(24 * time.Hour)
	sent := d.texts(messaging.Reminder)
	if len(sent) != 2 {
		d.t.Fatalf("reminders %q", sent)
	}
	d.has(sent[1], "tomorrow (Tue 12/1) between 8 and 10 AM")
	if strings.Contains(sent[1], "confirm") {
		d.t.Errorf("asked once more: %q", sent[1])
	}
}

func off(d *desk, j *scheduling.Job) {
	d.t.Helper()
	if now := d.job(j.ID); now.Status != scheduling.StatusCancelled {
		d.t.Errorf("not called off: %+v", now)
	}
	d.follow(24 * time.Hour)
	d.want(d.planned(), "reminder sent visit_ahead Mon 08:00", "reminder dropped visit_off Mon 20:00")
}

func as(d *desk, j *scheduling.Job) {
	d.t.Helper()
	if now := d.job(j.ID); now.Status != scheduling.StatusBooked || !now.Slot.Start.Equal(j.Slot.Start) || !now.ConfirmedAt.IsZero() {
		d.t.Errorf("changed: %+v", now)
	}
}

func TestAReminderInSpanish(t *testing.T) {
	once(t, func(d *desk) {
		d.shop.Profile.Languages = []string{"en", "es"}
		if err := d.db.SaveBusiness(d.t.Context(), d.shop); err != nil {
			d.t.Fatal(err)
		}
		r := d.lends()
		j := d.booked(func(j *scheduling.Job) { nextWeek(j); j.Customer.Language = "es" })
		d.writes(r, "¿a qué hora es mi visita?")
		d.follow(7*24*time.Hour - 2*time.Hour)
		d.has(d.sentTo(customer)[1], "su visita de reparación de fugas es mañana", "Responda C para confirmar, M para moverla, X para no hacerla.")
		d.has(d.writes(r, "sí"), "queda confirmada")
		if d.job(j.ID).ConfirmedAt.IsZero() {
			d.t.Error("not confirmed")
		}
	})
}

func TestAMovedVisitIsRemindedOfAnew(t *testing.T) {
	each(t, func(d *desk) {
		d.lends()
		j := d.booked(nextWeek)
		d.clock.Advance(time.Minute)
		d.update(j, func() { shift(j, 27*time.Hour) })
		d.changed(j, "moved", false)
		d.want(d.planned(), "reminder dropped visit_moved Mon 08:00", "reminder dropped visit_moved Mon 20:00", "reminder planned Tue 11:00", "reminder planned Wed 09:00")
		d.clock.Advance(time.Minute)
		d.update(j, func() { shift(j, -27*time.Hour) })
		d.offer(j, followup.OfferMoved) // by the shop, back to where it was
		d.want(d.planned(), "reminder planned Mon 08:00", "reminder planned Mon 20:00", "reminder dropped visit_moved Tue 11:00", "reminder dropped visit_moved Wed 09:00")
	})
}

// A move takes the confirmation with it.
func TestAConfirmationIsOfOneTime(t *testing.T) {
	each(t, func(d *desk) {
		j := d.book(scheduling.FromCall, nextWeek)
		d.tx(func(ctx context.Context, tx followup.Tx) error {
			return tx.(*store.Tx).ConfirmJob(ctx, d.shop.ID, j.ID, d.clock.Now())
		})
		d.update(j, func() { j.Problem = "leak, and a tap" })
		if d.job(j.ID).ConfirmedAt.IsZero() {
			d.t.Error("unconfirmed by other words")
		}
		d.update(j, func() { shift(j, time.Hour) })
		if !d.job(j.ID).ConfirmedAt.IsZero() {
			d.t.Error("confirmed for another time")
		}
	})
}

// Who books in the afternoon for the morning was just told of it; who calls about today needs no reminder.
func TestNobodyIsRemindedOfWhatTheyWereJustTold(t *testing.T) {
	once(t, func(d *desk) {
		d.clock.Advance(8 * time.Hour) // six in the evening
		d.lends()
		d.booked(nil)
		d.want(d.planned(), "reminder dropped just_told Mon 08:00", "reminder dropped just_told Mon 20:00")
		d.follow(24 * time.Hour)
		d.want(d.texts(messaging.Reminder))
	})
}

func TestNoReminderComesLate(t *testing.T) {
	each(t, func(d *desk) {
		d.lends()
		d.booked(func(j *scheduling.Job) { shift(j, 7*24*time.Hour+5*time.Hour) }) // at one in the afternoon
		d.clock.Advance(8*24*time.Hour + 150*time.Minute)                          // the server was away
		d.follow(time.Hour)
		d.want(d.planned(), "reminder dropped too_late Mon 13:00", "reminder dropped too_late Tue 11:00")
	})
}

func TestNobodyIsRemindedAfterSTOP(t *testing.T) {
	each(t, func(d *desk) {
		d.lends()
		d.booked(nextWeek)
		d.tx(func(ctx context.Context, tx followup.Tx) error { return optsOut(ctx, tx, d.shop.ID, customer) })
		d.follow(8 * 24 * time.Hour)
		d.want(d.planned(), "reminder dropped opted_out Mon 08:00", "reminder dropped opted_out Mon 20:00")
		d.want(d.texts(messaging.Reminder))
	})
}

// Who is texting with us is reminded when they are done.
func TestAReminderWaitsForAConversation(t *testing.T) {
	once(t, func(d *desk) {
		r := d.lends()
		d.booked(nextWeek)
		d.follow(6*24*time.Hour - 5*time.Minute + 21*time.Hour + 50*time.Minute) // five to eight on the day before
		d.writes(r, "and I have a clogged drain, too")
		d.follow(9 * time.Minute)
		d.want(d.texts(messaging.Reminder))
		d.follow(10 * time.Minute)
		if got := d.texts(messaging.Reminder); len(got) != 1 {
			d.t.Errorf("reminders: %q", got)
		}
	})
}
