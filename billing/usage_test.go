package billing_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/billing"
	"fixly/ledger"
	"fixly/scheduling"
)

// meter is a meter in memory. It takes each event once, for a day, and answers as the test says.
type meter struct {
	d      *desk
	taken  map[string]time.Time
	sum    int
	answer func(take func()) error // nil: take
}

func (m *meter) Record(_ context.Context, e billing.UsageEvent) error {
	take := func() {
		now := m.d.clock.Now()
		if at, known := m.taken[e.ID]; !known || now.Sub(at) > 24*time.Hour {
			m.taken[e.ID] = now
			m.sum += e.Value
		}
	}
	if m.answer != nil {
		return m.answer(take)
	}
	take()
	return nil
}

// metered is a shop that is invoiced for each job.
func metered(d *desk) *meter {
	m := &meter{d: d, taken: map[string]time.Time{}}
	d.shop.Billing.FreeJobsPerMonth, d.shop.Billing.StripeCustomer = 1, "cus_mikes"
	d.save()
	d.deps.Meter = m
	return m
}

// send runs SendUsage once and gives how long it wants to be left alone.
func (d *desk) send(id string) time.Duration {
	d.t.Helper()
	err := billing.WorkerUsage(d.deps).Work(d.t.Context(), &river.Job[billing.SendUsage]{
		JobRow: &rivertype.JobRow{}, Args: billing.SendUsage{BusinessID: d.shop.ID, EventID: id},
	})
	var snooze *rivertype.JobSnoozeError
	if errors.As(err, &snooze) {
		return snooze.Duration
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return 0
}

func (d *desk) event(id string) *billing.UsageEvent {
	d.t.Helper()
	e, err := d.db.UsageEvent(d.t.Context(), d.shop.ID, id)
	if err != nil {
		d.t.Fatal(err)
	}
	return e
}

func TestChargedBookingsAndCreditsAreMetered(t *testing.T) {
	each(t, func(d *desk) {
		m := metered(d)
		jobs := d.counted(3)
		if e := d.event("fixly-" + jobs[0].ID); e != nil {
			t.Errorf("a free one is told of: %+v", e)
		}
		for range 2 {
			for _, j := range jobs[1:] {
				d.send("fixly-" + j.ID)
			}
		}
		if m.sum != 2 {
			t.Errorf("metered %d", m.sum)
		}
		e := d.event("fixly-" + jobs[1].ID)
		if e.State != billing.UsageSent || e.Customer != "cus_mikes" || e.Value != 1 || !e.At.Equal(d.entry(jobs[1]).SettledAt) {
			t.Errorf("event: %+v", e)
		}
		// The free one is credited, in whose place a charged one becomes free; then both others.
		for i, j := range jobs {
			c, err := d.credit(j, ledger.CreditTwice)
			if err != nil {
				t.Fatal(err)
			}
			e := d.event("fixly-" + j.ID + "-credit")
			if (c.Amount > 0) != (e != nil) {
				t.Fatalf("credit %d of %s is told of as %+v", i, c.Amount, e)
			}
			if e != nil {
				d.send(e.ID)
				d.send(e.ID)
			}
		}
		if m.sum != 0 {
			t.Errorf("metered %d in all", m.sum)
		}
	})
}

// Neither an answer that is lost nor a crash before it is noted counts anything twice; and when it is too late for the meter
// to know the event again, it is not sent again.
func TestUsageIsMeteredOnce(t *testing.T) {
	each(t, func(d *desk) {
		m := metered(d)
		jobs := d.counted(4)
		lost := "fixly-" + jobs[1].ID
		m.answer = func(take func()) error {
			take()
			return &billing.MeterError{Retry: true, Unknown: true, Err: errors.New("the line went dead")}
		}
		if wait := d.send(lost); wait < time.Second || m.sum != 1 {
			t.Fatalf("again in %s, metered %d", wait, m.sum)
		}
		d.clock.Advance(22 * time.Hour)
		m.answer = nil
		if wait := d.send(lost); wait != 0 || m.sum != 1 || d.event(lost).State != billing.UsageSent {
			t.Errorf("again in %s, metered %d: %+v", wait, m.sum, d.event(lost))
		}

		silent := "fixly-" + jobs[2].ID
		m.answer = func(take func()) error { take(); return errors.New("killed") }
		d.send(silent)
		m.answer = nil
		d.clock.Advance(25 * time.Hour)
		if wait := d.send(silent); wait != 0 || m.sum != 2 || d.event(silent).State != billing.UsageInDoubt {
			t.Errorf("again in %s, metered %d: %+v", wait, m.sum, d.event(silent))
		}

		// One that was certainly not taken may wait as long as it has to.
		slow := "fixly-" + jobs[3].ID
		m.answer = func(func()) error { return &billing.MeterError{Retry: true, Err: errors.New("slow down")} }
		d.send(slow)
		d.clock.Advance(10 * 24 * time.Hour)
		if wait := d.send(slow); wait != time.Hour || !d.event(slow).DoubtSince.IsZero() || d.event(slow).Problem == "" {
			t.Errorf("again in %s: %+v", wait, d.event(slow))
		}
		m.answer = nil
		if wait := d.send(slow); wait != 0 || m.sum != 3 {
			t.Errorf("again in %s, metered %d", wait, m.sum)
		}
	})
}

func TestUsageThatIsRefused(t *testing.T) {
	each(t, func(d *desk) {
		m := metered(d)
		jobs := d.counted(3)
		refused, old := "fixly-"+jobs[1].ID, "fixly-"+jobs[2].ID
		m.answer = func(func()) error { return &billing.MeterError{Err: errors.New("no such customer")} }
		if wait := d.send(refused); wait != 0 || d.event(refused).State != billing.UsageRefused || d.event(refused).Problem == "" {
			t.Errorf("again in %s: %+v", wait, d.event(refused))
		}
		m.answer = nil
		d.clock.Advance(35 * 24 * time.Hour)
		if wait := d.send(old); wait != 0 || d.event(old).State != billing.UsageRefused {
			t.Errorf("again in %s: %+v", wait, d.event(old))
		}
		if m.sum != 0 {
			t.Errorf("metered %d", m.sum)
		}
	})
}

// Without a customer at the meter, nobody is told of anything.
func TestUsageWithoutACustomer(t *testing.T) {
	each(t, func(d *desk) {
		metered(d)
		d.shop.Billing.StripeCustomer = ""
		d.save()
		jobs := []*scheduling.Job{d.counted(2)[1]}
		if _, err := d.credit(jobs[0], ledger.CreditTest); err != nil {
			t.Fatal(err)
		}
		if d.event("fixly-"+jobs[0].ID) != nil || d.event("fixly-"+jobs[0].ID+"-credit") != nil {
			t.Error("somebody was told")
		}
	})
}
