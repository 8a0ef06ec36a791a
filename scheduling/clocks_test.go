package scheduling_test

import (
	"testing"
	"time"

	"fixly/business"
	"fixly/scheduling"
)

// TestClocksAndEdges is a table of days and hours on which programs that book go wrong.
func TestClocksAndEdges(t *testing.T) {
	roundTheClock := func(b *business.Business) {
		h, day := &b.Hours, []string{"00:00-24:00"}
		h.Mon, h.Tue, h.Wed, h.Thu, h.Fri, h.Sat, h.Sun = day, day, day, day, day, day, day
		h.Closed = nil
	}
	zone := func(name string, more func(b *business.Business)) func(b *business.Business) {
		return func(b *business.Business) { b.Profile.Timezone = name; more(b) }
	}
	nothing := func(*business.Business) {}
	for _, c := range []struct {
		name        string
		edit        func(b *business.Business)
		now         string // RFC 3339
		date        string
		busy        [][2]string // Luis's, RFC 3339
		first, last string
		count       int
	}{
		{"spring forward", roundTheClock, "2026-03-06T12:00:00-06:00", "2026-03-08", nil, "00:00", "23:30", 46},
		{"fall back", roundTheClock, "2026-10-30T12:00:00-05:00", "2026-11-01", nil, "00:00", "23:30", 50},
		{"a half-hour zone", zone("Asia/Kolkata", nothing), "2026-11-23T07:00:00+05:30", "2026-11-24", nil, "08:00", "15:30", 16},
		{"a zone of three quarters", zone("Asia/Kathmandu", nothing), "2026-11-23T07:00:00+05:45", "2026-11-24", nil, "08:00", "15:30", 16},
		{"clocks that change by half an hour", zone("Australia/Lord_Howe", roundTheClock), "2026-10-02T12:00:00+10:30", "2026-10-04", nil, "00:00", "23:30", 47},
		{"leap day", roundTheClock, "2028-02-28T12:00:00-06:00", "2028-02-29", nil, "00:00", "23:30", 48},
		{"busy all day", nothing, "2026-11-23T07:00:00-06:00", "2026-11-24", [][2]string{{"2026-11-24T00:00:00-06:00", "2026-11-25T00:00:00-06:00"}}, "", "", 0},
		{"busy all day, twenty-five hours", roundTheClock, "2026-10-30T12:00:00-05:00", "2026-11-01", [][2]string{{"2026-11-01T00:00:00-05:00", "2026-11-02T00:00:00-06:00"}}, "", "", 0},
		{"busy until the very start", nothing, "2026-11-23T07:00:00-06:00", "2026-11-24", [][2]string{{"2026-11-24T06:00:00-06:00", "2026-11-24T15:30:00-06:00"}}, "15:30", "15:30", 1},
		{"busy from the very end", nothing, "2026-11-23T07:00:00-06:00", "2026-11-24", [][2]string{{"2026-11-24T10:00:00-06:00", "2026-11-24T18:00:00-06:00"}}, "08:00", "08:00", 1},
		{"a minute too long", nothing, "2026-11-23T07:00:00-06:00", "2026-11-24", [][2]string{{"2026-11-24T06:00:00-06:00", "2026-11-24T15:31:00-06:00"}}, "", "", 0},
		{"hours in another zone", func(b *business.Business) { // eight to noon in New York is seven to eleven here
			b.Team[1].Timezone, b.Team[1].Hours.Tue = "America/New_York", []string{"08:00-12:00"}
		}, "2026-11-23T07:00:00-06:00", "2026-11-24", nil, "08:00", "09:30", 4},
		{"a day off in another zone", func(b *business.Business) { // which begins there at seven in the morning here
			b.Team[1].Timezone, b.Team[1].Off = "Australia/Sydney", []string{"2026-11-25"}
		}, "2026-11-23T06:00:00-06:00", "2026-11-24", nil, "", "", 0},
		{"hours past midnight in another zone", func(b *business.Business) { // eleven at night to midnight and on
			roundTheClock(b)
			b.Team[1].Timezone = "America/New_York"
			b.Team[1].Hours.Tue, b.Team[1].Hours.Wed = []string{"22:00-24:00"}, []string{"00:00-02:00"}
		}, "2026-11-23T07:00:00-06:00", "2026-11-24", nil, "21:00", "23:30", 6},
		{"a window across midnight", func(b *business.Business) {
			roundTheClock(b)
			b.Scheduling.Windows = []business.Window{{Name: "night", Hours: "23:30-01:30"}}
		}, "2026-11-23T07:00:00-06:00", "2026-11-24", nil, "23:30", "23:30", 1},
		{"a window that the clocks skip", func(b *business.Business) {
			roundTheClock(b)
			b.Scheduling.Windows = []business.Window{{Name: "gone", Hours: "02:15-02:45"}, {Name: "there", Hours: "04:00-06:00"}}
		}, "2026-03-06T12:00:00-06:00", "2026-03-08", nil, "04:00", "04:00", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := edited(t, c.edit)
			now, err := time.Parse(time.RFC3339, c.now)
			if err != nil {
				t.Fatal(err)
			}
			var busy []scheduling.Busy
			for _, x := range c.busy {
				from, _ := time.Parse(time.RFC3339, x[0])
				to, _ := time.Parse(time.RFC3339, x[1])
				busy = append(busy, scheduling.Busy{Technician: "Luis Ortega", From: from, To: to})
			}
			day, err := time.ParseInLocation(time.DateOnly, c.date, b.Location())
			if err != nil {
				t.Fatal(err)
			}
			q := scheduling.Query{Service: "Drain cleaning", From: day, To: day.AddDate(0, 0, 1)}
			wantStarts(t, scheduling.Open(b, busy, now, q), c.first, c.last, c.count)
		})
	}
}
