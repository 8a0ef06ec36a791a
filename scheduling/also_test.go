package scheduling_test

import (
	"context"
	"testing"
	"time"

	"fixly/demo"
	"fixly/scheduling"
)

func TestFurtherWorkMakesTheVisitLonger(t *testing.T) {
	b := demo.Business()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, b.Location())
	for _, c := range []struct {
		service, also, technician string
		length                    time.Duration
	}{
		{"Drain cleaning", "", "Luis Ortega", 90 * time.Minute},
		{"Drain cleaning", "Water heater service", "Luis Ortega", 210 * time.Minute}, // he can do both
		{"Drain cleaning", "Gas line service", "Luis Ortega", 90 * time.Minute},      // nobody can: a visit of its own
		{"Leak repair", "Furnace repair", "Mike Rossi", 210 * time.Minute},           // only one of two can
		{"Leak repair", "Leak repair", "", 90 * time.Minute},
	} {
		slots := scheduling.Open(b, nil, now, scheduling.Query{Service: c.service, Also: []string{c.also}, Limit: 4})
		if len(slots) == 0 {
			t.Errorf("%s and %s: nothing open", c.service, c.also)
		}
		for _, s := range slots {
			if s.End.Sub(s.Start) != c.length || c.technician != "" && s.Technician != c.technician {
				t.Errorf("%s and %s: %s for %s", c.service, c.also, s.Technician, s.End.Sub(s.Start))
			}
		}
	}
}

// TestFurtherWorkKeepsItsTime: a visit with further work is booked, and moved, as long as it takes.
func TestFurtherWorkKeepsItsTime(t *testing.T) {
	d := newDesk(t, "2026-11-23 10:00")
	r := d.request("Drain cleaning", "2026-11-24 08:00")
	r.Also = []string{"Water heater service"}
	j, err := d.book(r)
	if err != nil || j.Slot.End.Sub(j.Slot.Start) != 210*time.Minute || j.Slot.Technician != "Luis Ortega" {
		t.Fatalf("booked %+v, %v", j, err)
	}
	r.Start = at(t, "2026-11-25 14:00")
	d.wantRefusal(second(d.book(r)), scheduling.ClosedHours, scheduling.ErrClosed)

	ctx := context.Background()
	_, err = d.Move(ctx, d.store, d.b, scheduling.MoveRequest{Job: j.ID, Start: at(t, "2026-11-25 14:00")})
	d.wantRefusal(err, scheduling.ClosedHours, scheduling.ErrClosed)
	j, err = d.Move(ctx, d.store, d.b, scheduling.MoveRequest{Job: j.ID, Start: at(t, "2026-11-25 13:00")})
	if err != nil || j.Lasting() != 210*time.Minute {
		t.Errorf("moved to %+v, %v", j, err)
	}
	q := wholeDay(t, "Drain cleaning", "2026-11-25")
	q.Job, q.Lasting = j.ID, j.Lasting()
	wantStarts(t, scheduling.Open(d.b, nil, at(t, "2026-11-23 10:00"), q), "08:00", "13:30", 12)
}

func second(_ *scheduling.Job, err error) error { return err }
