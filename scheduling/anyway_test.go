package scheduling_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/clock"
	"fixly/contact"
	"fixly/scheduling"
)

func TestMoveAnyway(t *testing.T) {
	d := newDesk(t, "2026-11-23 10:00")
	d.b.Team[1].Off = []string{"2026-11-27"}
	j := d.mustBook("Leak repair", "2026-11-24 09:00")
	other := d.mustBook("Leak repair", "2026-11-25 09:00")
	for _, c := range []struct {
		name, start, technician string
		without, with           scheduling.Reason // why it is refused without and with the owner's word; empty: it isn't
	}{
		{"closed that day", "2026-11-29 09:00", "Mike Rossi", scheduling.ClosedDay, ""},
		{"a holiday", "2026-11-26 09:00", "Mike Rossi", scheduling.ClosedDay, ""},
		{"after hours", "2026-11-24 19:00", "Mike Rossi", scheduling.ClosedHours, ""},
		{"too soon", "2026-11-23 10:15", "Mike Rossi", scheduling.TooSoon, ""},
		{"far ahead", "2027-03-01 09:00", "Mike Rossi", scheduling.BeyondHorizon, ""},
		{"a day off", "2026-11-27 09:00", "Luis Ortega", scheduling.OffDuty, ""},
		{"open", "2026-11-24 13:00", "Mike Rossi", "", ""},
		{"over", "2026-11-23 09:00", "Mike Rossi", scheduling.Past, scheduling.Past},
		{"over, on a closed day", "2026-11-22 09:00", "Mike Rossi", scheduling.ClosedDay, scheduling.Past},
		{"another's time", "2026-11-25 09:30", other.Slot.Technician, scheduling.Full, scheduling.Full},
		{"between minutes", "2026-11-24 09:00", "Mike Rossi", scheduling.OffGrid, scheduling.OffGrid},
		{"nobody of the team", "2026-11-24 13:00", "Nobody", scheduling.NobodySkilled, scheduling.NobodySkilled},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := at(t, c.start)
			if c.name == "between minutes" {
				start = start.Add(time.Second)
			}
			before := *j
			for _, anyway := range []bool{false, true} {
				want := c.without
				if anyway {
					want = c.with
				}
				moved, err := d.Move(context.Background(), d.store, d.b, scheduling.MoveRequest{Job: j.ID, Start: start, Technician: c.technician, Anyway: anyway})
				var refused *scheduling.Refusal
				switch {
				case want == "" && (err != nil || !moved.Slot.Start.Equal(start) || moved.Slot.Technician != c.technician):
					t.Errorf("anyway %v: %v, %v", anyway, moved, err)
				case want != "" && (!errors.As(err, &refused) || refused.Reason != want):
					t.Errorf("anyway %v: %v, want %s", anyway, err, want)
				}
				if err := d.store.UpdateJob(context.Background(), &before); err != nil { // back to where it was
					t.Fatal(err)
				}
			}
		})
	}
}

// TestMovingAnywayNeverDoubleBooks moves jobs to and fro by the owner's word: they keep apart, and a move is refused
// only where the time is over or the technician is not free.
func TestMovingAnywayNeverDoubleBooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, now := aShop(t), aNow(t)
		m, s, ctx := &memory{}, scheduling.New(clock.NewManual(now), nil), context.Background()
		for _, slot := range scheduling.Open(b, nil, now, scheduling.Query{Service: "one"}) {
			if len(m.jobs) == 8 {
				break
			}
			_, _ = s.Book(ctx, m, b, scheduling.BookRequest{ // those that overlap are refused
				Service: "one", Start: slot.Start, Technician: slot.Technician, Customer: contact.Customer{Phone: "+13125550142"},
			})
		}
		if len(m.jobs) == 0 {
			t.Skip("never open")
		}
		for range rapid.IntRange(1, 20).Draw(t, "moves") {
			j := m.jobs[rapid.IntRange(0, len(m.jobs)-1).Draw(t, "job")]
			start := now.Truncate(time.Minute).Add(time.Duration(rapid.IntRange(-600, 8*1440).Draw(t, "to")) * time.Minute)
			_, err := s.Move(ctx, m, b, scheduling.MoveRequest{Job: j.ID, Start: start, Technician: j.Slot.Technician, Anyway: true})
			var refused *scheduling.Refusal
			if err != nil && (!errors.As(err, &refused) || refused.Reason != scheduling.Full && refused.Reason != scheduling.Past) {
				t.Fatalf("moved to %v at %v: %v", start, now, err)
			}
			if err == nil && start.Before(now) {
				t.Fatalf("moved into the past: %v at %v", start, now)
			}
			for i := range m.jobs {
				for _, o := range m.jobs[:i] {
					if j := m.jobs[i]; j.Slot.Technician == o.Slot.Technician && j.Slot.Start.Before(o.BusyUntil) && o.Slot.Start.Before(j.BusyUntil) {
						t.Fatalf("%v and %v overlap", j.Slot, o.Slot)
					}
				}
			}
		}
	})
}
