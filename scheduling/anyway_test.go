package scheduling_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/business"
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

// TestMoveAnywayAgainstTheRulesOfADispatcher: windows and limits yield to the owner's word; a technician in another place
// doesn't.
func TestMoveAnywayAgainstTheRulesOfADispatcher(t *testing.T) {
	type want struct{ without, with scheduling.Reason }
	for _, c := range []struct {
		name, service, start string
		edit                 func(b *business.Business)
		want
	}{
		{"in a window", "Leak repair", "2026-11-25 10:00", nil, want{}},
		{"in the middle of a window", "Leak repair", "2026-11-25 11:00", nil, want{scheduling.OffWindow, ""}},
		{"in no window", "Leak repair", "2026-11-25 15:15", nil, want{scheduling.OffWindow, ""}},
		{"in a window for emergencies", "Leak repair", "2026-11-25 13:00", nil, want{scheduling.ForEmergencies, ""}},
		{"a full window", "Free estimate", "2026-11-24 08:00", nil, want{scheduling.WindowFull, ""}},
		{"a full day", "Leak repair", "2026-11-24 10:00", func(b *business.Business) { b.Scheduling.DailyCap = 1 }, want{scheduling.DayFull, ""}},
		{"a technician with enough to do", "Drain cleaning", "2026-11-24 10:00", func(b *business.Business) { b.Team[1].DailyCap = 1 }, want{scheduling.Full, ""}},
		{"before the day has begun", "Leak repair", "2026-11-25 08:00", func(b *business.Business) { b.Scheduling.StartBuffer = business.Duration(time.Hour) }, want{scheduling.OffDuty, ""}},
		{"nobody goes along", "Leak repair", "2026-11-25 10:00", func(b *business.Business) {
			b.Service("Leak repair").Crew = 2
			b.Team[0].Off, b.Team[2].Off = []string{"2026-11-25"}, []string{"2026-11-25"}
		}, want{scheduling.Full, ""}},
		{"the second day is the other's", "Drain cleaning", "2026-11-23 10:00", func(b *business.Business) { b.Service("Drain cleaning").Days = 2 }, want{scheduling.Full, scheduling.Full}},
		{"the other's time", "Drain cleaning", "2026-11-24 08:00", func(b *business.Business) { b.Scheduling.Windows[1].Capacity = 2 }, want{scheduling.Full, scheduling.Full}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := windowed(t, func(b *business.Business) {
				if c.edit != nil {
					c.edit(b)
				}
			})
			m, ctx := &memory{}, context.Background()
			s := scheduling.New(clock.NewManual(at(t, dawn)), nil)
			other, why := book(t, m, windowed(t, func(*business.Business) {}), dawn, "Leak repair", "2026-11-24 08:00", "")
			if why != "" || other.Slot.Technician != "Luis Ortega" {
				t.Fatalf("the other is %v, %s", other, why)
			}
			j, why := book(t, m, b, dawn, c.service, "2026-11-30 10:00", "")
			if why != "" {
				t.Fatal(why)
			}
			for _, anyway := range []bool{false, true} {
				want := c.without
				if anyway {
					want = c.with
				}
				moved, err := s.Move(ctx, m, b, scheduling.MoveRequest{Job: j.ID, Start: at(t, c.start), Anyway: anyway})
				var refused *scheduling.Refusal
				switch {
				case want == "" && (err != nil || !moved.Slot.Start.Equal(at(t, c.start))):
					t.Errorf("anyway %v: %v, %v", anyway, moved, err)
				case want != "" && (!errors.As(err, &refused) || refused.Reason != want):
					t.Errorf("anyway %v: %v, want %s", anyway, err, want)
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
		if len(m.jobs) == 0 { // the shop that was drawn has no hour in which the service fits: another is drawn
			t.Skip("nothing can be booked at this shop, so nothing can be moved")
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
			var all []scheduling.Busy
			for i := range m.jobs {
				taken := m.jobs[i].Taken()
				if overlaps(taken, all) {
					t.Fatalf("%v overlaps another job", m.jobs[i].Slot)
				}
				all = append(all, taken...)
			}
		}
	})
}
