package billing_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fixly/billing"
	"fixly/ledger"
	"fixly/scheduling"
	"fixly/store"
)

// counted books so many jobs and has them counted.
func (d *desk) counted(n int) []*scheduling.Job {
	d.t.Helper()
	out := make([]*scheduling.Job, n)
	for i := range out {
		out[i] = d.book(scheduling.FromWeb, d.anywhere)
	}
	d.clock.Advance(ledger.Grace)
	for _, j := range out {
		d.settle(j)
	}
	return out
}

func TestFreeJobsAndCreditsOfAMonth(t *testing.T) {
	each(t, func(d *desk) {
		jobs := d.counted(4)
		for i, charge := range []ledger.Cents{0, 0, 900, 900} {
			d.wants(jobs[i], ledger.Counted, ledger.NewJob, charge)
		}
		for _, next := range []struct {
			job  *scheduling.Job
			want ledger.Cents
		}{{jobs[0], 900}, {jobs[2], 900}, {jobs[1], 0}} { // a free one, a charged one, and one in whose place none is charged
			c, err := d.credit(next.job, ledger.CreditNotNew)
			if err != nil || c.Amount != next.want || c.Note != "we fixed that last week" {
				t.Errorf("credited %+v, %v; want %s", c, err, next.want)
			}
		}
		again, err := d.credit(jobs[0], ledger.CreditTest) // once is enough
		if err != nil || again.Reason != ledger.CreditNotNew {
			t.Errorf("again: %+v, %v", again, err)
		}
		one := d.counted(1)[0] // one stands, so there is room among the free ones
		d.wants(one, ledger.Counted, ledger.NewJob, 0)
		s := d.statement(ledger.Month{Year: 2026, Month: time.November})
		if sums := s.Sums(); len(sums) != 1 || sums[0].Counted != 5 || sums[0].Credits != 3 || sums[0].Total != 0 {
			t.Errorf("sums: %+v", sums)
		}
	})
}

// A month that is over stays as it was; what is credited later stands on the later one.
func TestALateCredit(t *testing.T) {
	each(t, func(d *desk) {
		jobs := d.counted(3)
		november := ledger.Month{Year: 2026, Month: time.November}
		before := d.statement(november).Sums()
		d.clock.Advance(30 * 24 * time.Hour)
		if _, err := d.credit(jobs[2], ledger.CreditNobody); err != nil {
			t.Fatal(err)
		}
		if after := d.statement(november).Sums(); after[0] != before[0] || after[0].Total != 900 {
			t.Errorf("november was %+v and is %+v", before, after)
		}
		if sums := d.statement(november.Next()).Sums(); len(sums) != 1 || sums[0].Total != -900 {
			t.Errorf("december: %+v", sums)
		}
		d.clock.Advance(30 * 24 * time.Hour)
		if _, err := d.credit(jobs[1], ledger.CreditNobody); !errors.Is(err, billing.ErrNotCreditable) {
			t.Errorf("after 60 days: %v", err)
		}
	})
}

func TestWhatCannotBeCredited(t *testing.T) {
	each(t, func(d *desk) {
		pending := d.book(scheduling.FromWeb, d.anywhere)
		own := d.book(scheduling.FromOwner, d.anywhere)
		for _, j := range []*scheduling.Job{pending, own} {
			if _, err := d.credit(j, ledger.CreditTest); !errors.Is(err, billing.ErrNotCreditable) {
				t.Errorf("%s: %v", j.Source, err)
			}
		}
		if _, err := d.credit(&scheduling.Job{ID: "job_none"}, ledger.CreditTest); !errors.Is(err, billing.ErrNoBooking) {
			t.Error(err)
		}
		if _, err := d.credit(d.counted(1)[0], "because"); !errors.Is(err, billing.ErrNotCreditable) {
			t.Error(err)
		}
	})
}

// The last free job of a month goes to one of two that are settled at once, and a month begins in the shop's zone.
func TestChargesOfNovember(t *testing.T) {
	each(t, func(d *desk) {
		d.shop.Billing.FreeJobsPerMonth = 1
		d.save()
		a, b := d.book(scheduling.FromWeb, d.anywhere), d.book(scheduling.FromWeb, d.anywhere)
		d.clock.Advance(ledger.Grace)
		done := make(chan bool)
		for _, j := range []*scheduling.Job{a, b} {
			go func() { defer func() { done <- true }(); d.settle(j) }()
		}
		<-done
		<-done
		if sum := d.entry(a).Charge + d.entry(b).Charge; sum != 900 {
			t.Errorf("both together cost %s", sum)
		}
		c := d.book(scheduling.FromWeb, d.anywhere)
		d.clock.Advance(time.Date(2026, 12, 1, 5, 59, 59, 0, time.UTC).Sub(d.clock.Now())) // a second before midnight in Chicago
		d.settle(c)
		d.wants(c, ledger.Counted, ledger.NewJob, 900)
		e := d.book(scheduling.FromWeb, d.anywhere)
		d.clock.Advance(ledger.Grace)
		d.settle(e)
		d.wants(e, ledger.Counted, ledger.NewJob, 0)
	})
}

// A demonstration's bookings never count, even where the database is used in earnest before their grace time is over.
func TestTheDemoNeverCounts(t *testing.T) {
	each(t, func(d *desk) {
		j := newJob(d, start)
		d.tx(func(ctx context.Context, tx *store.Tx) error {
			if err := tx.InsertJob(ctx, j); err != nil {
				return err
			}
			return billing.Note(ctx, tx, j, true)
		})
		d.wants(j, ledger.NotCounted, ledger.IsDemo, 0)
		d.clock.Advance(ledger.Grace)
		d.settle(j)
		d.wants(j, ledger.NotCounted, ledger.IsDemo, 0)
	})
}

func (d *desk) statement(m ledger.Month) *ledger.Statement {
	d.t.Helper()
	s, err := billing.Statement(d.t.Context(), d.db, d.shop, m)
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}
