package scheduling_test

import (
	"errors"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/demo"
	"fixly/scheduling"
)

// TestNobodyOnDuty: drains are Luis's alone, and he works mornings, but for Wednesday.
func TestNobodyOnDuty(t *testing.T) {
	b := demo.Business()
	b.ID = "biz_1"
	mornings := []string{"08:00-12:00"}
	b.Team[1].Hours = business.MemberHours{Mon: mornings, Tue: mornings, Wed: mornings, Thu: mornings, Fri: mornings}
	b.Team[1].Off = []string{"2026-11-25"}
	if err := business.Validate(b); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 10, 5, 0, 0, b.Location())
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, b.Location()) }
	s, m := scheduling.New(clock.NewManual(now), nil), &memory{}

	for _, c := range []struct {
		start time.Time
		why   scheduling.Reason
	}{
		{at(24, 9), ""},
		{at(24, 11), scheduling.OffDuty}, // ends after noon
		{at(24, 14), scheduling.OffDuty},
		{at(25, 9), scheduling.OffDuty},
	} {
		_, err := s.Book(t.Context(), m, b, scheduling.BookRequest{Service: "Drain cleaning", Start: c.start, Customer: contact.Customer{Phone: "+13125550142"}})
		var refused *scheduling.Refusal
		switch {
		case c.why == "" && err != nil:
			t.Errorf("%v: %v", c.start, err)
		case c.why != "" && (!errors.As(err, &refused) || refused.Reason != c.why || !errors.Is(err, scheduling.ErrClosed) || len(refused.Alternatives) == 0):
			t.Errorf("%v: %v, want %s", c.start, err, c.why)
		}
	}

	wednesday := scheduling.Query{Service: "Drain cleaning", Wanted: []scheduling.Interval{{From: at(25, 0), To: at(26, 0)}}}
	if got := scheduling.Offers(b, nil, now, wednesday); got.Refusal == nil || got.Refusal.Reason != scheduling.OffDuty || len(got.Slots) == 0 {
		t.Errorf("on a day off: %+v", got)
	}
	// An emergency is taken outside of his hours, on no day off.
	wednesday.Emergency = true
	if got := scheduling.Offers(b, nil, now, wednesday); got.Refusal == nil {
		t.Errorf("an emergency on a day off: %+v", got)
	}
	evening := scheduling.Query{Service: "Drain cleaning", Emergency: true, Wanted: []scheduling.Interval{{From: at(24, 19), To: at(24, 21)}}}
	if got := scheduling.Offers(b, nil, now, evening); got.Refusal != nil || len(got.Slots) == 0 {
		t.Errorf("an emergency in the evening: %+v", got.Refusal)
	}
}
