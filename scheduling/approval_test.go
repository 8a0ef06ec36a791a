package scheduling_test

import (
	"context"
	"errors"
	"testing"

	"fixly/business"
	"fixly/scheduling"
)

// What waits for the owner's yes, and what doesn't.
func TestWhatWaitsForTheOwner(t *testing.T) {
	for name, c := range map[string]struct {
		rules  func(b *business.Business)
		want   func(r *scheduling.BookRequest)
		before bool // the customer had a visit before
		waits  bool
	}{
		"nothing is asked about":        {waits: false},
		"the service is":                {rules: func(b *business.Business) { b.Service("Leak repair").Approval = true }, waits: true},
		"another service is":            {rules: func(b *business.Business) { b.Service("Drain cleaning").Approval = true }},
		"the owner books it himself":    {rules: func(b *business.Business) { b.Service("Leak repair").Approval = true }, want: func(r *scheduling.BookRequest) { r.Source = scheduling.FromOwner }},
		"an emergency of the service":   {rules: func(b *business.Business) { b.Service("Leak repair").Approval = true }, want: func(r *scheduling.BookRequest) { r.Urgency = scheduling.Emergency }},
		"emergencies are":               {rules: func(b *business.Business) { b.Scheduling.Approval = []string{business.ApproveEmergencies} }, want: func(r *scheduling.BookRequest) { r.Urgency = scheduling.Emergency }, waits: true},
		"emergencies are, and it isn't": {rules: func(b *business.Business) { b.Scheduling.Approval = []string{business.ApproveEmergencies} }},
		"new customers are":             {rules: func(b *business.Business) { b.Scheduling.Approval = []string{business.ApproveNewCustomers} }, waits: true},
		"new customers are, not this":   {rules: func(b *business.Business) { b.Scheduling.Approval = []string{business.ApproveNewCustomers} }, before: true},
		"who books has it wait":         {want: func(r *scheduling.BookRequest) { r.Tentative = true }, waits: true},
		"the owner has none wait":       {want: func(r *scheduling.BookRequest) { r.Tentative, r.Source = true, scheduling.FromOwner }},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, "2026-11-23 10:05")
			if c.before {
				d.mustBook("Leak repair", "2026-11-27 10:00")
			}
			if c.rules != nil {
				c.rules(d.b)
			}
			r := d.request("Leak repair", "2026-11-24 10:00")
			if c.want != nil {
				c.want(&r)
			}
			j, err := d.book(r)
			if err != nil {
				t.Fatal(err)
			}
			if waits := j.Status == scheduling.StatusTentative; waits != c.waits {
				t.Errorf("the job is %s", j.Status)
			}
		})
	}
}

// A visit that waits keeps its time for itself, is accepted once, and moves as what it is.
func TestAVisitThatWaits(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, "2026-11-23 10:05")
	r := d.request("Leak repair", "2026-11-24 10:00")
	r.Tentative, r.Technician = true, "Luis Ortega"
	j, err := d.book(r)
	if err != nil {
		t.Fatal(err)
	}
	r.Tentative = false
	if _, err := d.book(r); !errors.Is(err, scheduling.ErrTaken) {
		t.Errorf("its time is had by another: %v", err)
	}
	move := scheduling.MoveRequest{Job: j.ID, Start: at(t, "2026-11-25 10:00")}
	if j, err = d.Move(ctx, d.store, d.b, move); err != nil || j.Status != scheduling.StatusTentative {
		t.Errorf("moved: %+v, %v", j, err)
	}
	before := j.UpdatedAt
	d.clock.Advance(1)
	if j, err = d.Accept(ctx, d.store, d.b, j.ID); err != nil || j.Status != scheduling.StatusBooked || !j.UpdatedAt.After(before) || !j.Slot.Start.Equal(move.Start) {
		t.Errorf("accepted: %+v, %v", j, err)
	}
	if _, err = d.Accept(ctx, d.store, d.b, j.ID); !errors.Is(err, scheduling.ErrNotTentative) {
		t.Errorf("accepted twice: %v", err)
	}
	if _, err := d.Cancel(ctx, d.store, d.b, j.ID); err != nil {
		t.Fatal(err)
	}
	if _, err = d.Accept(ctx, d.store, d.b, j.ID); !errors.Is(err, scheduling.ErrNotLive) {
		t.Errorf("accepted after it was cancelled: %v", err)
	}
	if _, err = d.Accept(ctx, d.store, d.b, "job_nothing"); !errors.Is(err, scheduling.ErrNoJob) {
		t.Errorf("accepted what isn't there: %v", err)
	}
}
