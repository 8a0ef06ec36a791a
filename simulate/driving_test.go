package simulate

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/demo"
)

// monday is when the simulated weeks begin.
var monday = time.Date(2026, 11, 16, 6, 0, 0, 0, time.UTC)

// TestPlanningSavesDriving: most where several can do the work, some for the demo's two, who share little of it.
func TestPlanningSavesDriving(t *testing.T) {
	six := demo.Business()
	skills := append(slices.Clone(six.Team[0].Skills), six.Team[1].Skills...)
	six.Team = nil
	for i := range 6 {
		six.Team = append(six.Team, business.Member{Name: fmt.Sprintf("Technician %d", i+1), Skills: skills})
	}
	for _, c := range []struct {
		name  string
		b     *business.Business
		least float64 // percent
	}{{"the demo", demo.Business(), 0.1}, {"six who can do everything", six, 15}} {
		d, err := Drive(t.Context(), c.b, 1, monday)
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		d.Write(&text)
		t.Log(c.name, text.String())
		if d.Saved() < c.least {
			t.Errorf("%s: %.1f %% saved", c.name, d.Saved())
		}
		// The customers don't pay for it: as many are booked, at times they wished, as soon.
		if d.Planned.Jobs < d.Unplanned.Jobs*99/100 || d.Planned.AsWished < d.Unplanned.AsWished*98/100 || d.Planned.HoursWaited > d.Unplanned.HoursWaited+2 {
			t.Errorf("%s: %+v, unplanned %+v", c.name, d.Planned, d.Unplanned)
		}
	}
}

func TestDrivingIsTheSameWithTheSameSeed(t *testing.T) {
	one, err := Drive(t.Context(), demo.Business(), 7, monday)
	if err != nil {
		t.Fatal(err)
	}
	two, err := Drive(t.Context(), demo.Business(), 7, monday)
	if err != nil || *one != *two {
		t.Errorf("%+v, then %+v, %v", one, two, err)
	}
}

func TestDrivingNeedsAMap(t *testing.T) {
	b := demo.Business()
	b.ServiceArea.ZIPs = []string{"00000", "60647"}
	if _, err := Drive(t.Context(), b, 1, monday); !errors.Is(err, ErrNoPlaces) {
		t.Errorf("%v", err)
	}
}
