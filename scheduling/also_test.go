package scheduling_test

import (
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
