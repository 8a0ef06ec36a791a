package business_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/business"
	"fixly/demo"
)

func in(t testing.TB, zone, s string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	v, err := time.ParseInLocation("2006-01-02 15:04", s, loc)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// zoned is the demo business in a zone, with the same hours every day.
func zoned(t testing.TB, zone string, spans ...string) *business.Business {
	t.Helper()
	b := demo.Business()
	b.Profile.Timezone = zone
	h := &b.Hours
	h.Mon, h.Tue, h.Wed, h.Thu, h.Fri, h.Sat, h.Sun = spans, spans, spans, spans, spans, spans, spans
	if err := b.Prepare(); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestOpenOn(t *testing.T) {
	for _, c := range []struct {
		name, zone, date string
		spans            []string
		want             string // in UTC
	}{
		{"a usual day", "America/Chicago", "2026-11-23", []string{"08:00-17:00"}, "[23 14:00-23 23:00]"},
		{"the day clocks go forward", "America/Chicago", "2026-03-08", []string{"08:00-17:00"}, "[08 13:00-08 22:00]"},
		{"the day they go back", "America/Chicago", "2026-11-01", []string{"08:00-17:00"}, "[01 14:00-01 23:00]"},
		{"all day, forward", "America/Chicago", "2026-03-08", []string{"00:00-24:00"}, "[08 06:00-09 05:00]"},
		{"all day, back", "America/Chicago", "2026-11-01", []string{"00:00-24:00"}, "[01 05:00-02 06:00]"},
		{"from a time that is skipped", "America/Chicago", "2026-03-08", []string{"02:30-05:00"}, "[08 08:00-08 10:00]"},
		{"to a time that is skipped", "America/Chicago", "2026-03-08", []string{"01:00-02:30"}, "[08 07:00-08 08:00]"},
		{"all of it skipped", "America/Chicago", "2026-03-08", []string{"02:00-03:00"}, "[]"},
		{"to a time that comes twice", "America/Chicago", "2026-11-01", []string{"00:00-01:30"}, "[01 05:00-01 06:30]"},
		{"midnight is skipped", "America/Santiago", "2026-09-06", []string{"00:00-02:00"}, "[06 04:00-06 05:00]"},
		{"up to a midnight that is skipped", "America/Santiago", "2026-09-05", []string{"22:00-24:00"}, "[06 02:00-06 04:00]"},
		{"spans that touch", "America/Chicago", "2026-11-23", []string{"08:00-12:00", "12:00-17:00"}, "[23 14:00-23 23:00]"},
		{"a break", "America/Chicago", "2026-11-23", []string{"08:00-12:00", "13:00-17:00"}, "[23 14:00-23 18:00 23 19:00-23 23:00]"},
		{"a date closed", "America/Chicago", "2026-11-26", []string{"08:00-17:00"}, "[]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := zoned(t, c.zone, c.spans...)
			var got []string
			for _, s := range b.OpenOn(in(t, c.zone, c.date+" 12:00")) {
				got = append(got, s.From.UTC().Format("02 15:04")+"-"+s.To.UTC().Format("02 15:04"))
			}
			if fmt.Sprint(got) != c.want {
				t.Errorf("open %v, want %s", got, c.want)
			}
		})
	}
}

func TestIsOpen(t *testing.T) {
	b := demo.Business()
	for s, want := range map[string]bool{
		"2026-11-23 07:59": false, "2026-11-23 08:00": true, "2026-11-23 16:59": true, "2026-11-23 17:00": false,
		"2026-11-28 09:00": true, "2026-11-28 13:00": false, "2026-11-29 10:00": false, "2026-11-26 10:00": false,
	} {
		if got := b.IsOpen(in(t, "America/Chicago", s)); got != want {
			t.Errorf("open at %s: %v", s, got)
		}
	}
}

func TestReachable(t *testing.T) {
	b := demo.Business()
	if got := b.Reachable(in(t, "America/Chicago", "2026-11-23 10:00")); len(got) != 2 || got[0].Name != "Mike Rossi" {
		t.Errorf("by day %v", got)
	}
	if got := b.Reachable(in(t, "America/Chicago", "2026-11-23 22:00")); len(got) != 1 || got[0].Name != "Mike Rossi" {
		t.Errorf("by night %v", got)
	}
	if !b.IsBlocked("+13125550199") || b.IsBlocked("+13125550150") || !b.IsVIP("+13125550150") || b.IsVIP("") {
		t.Error("wrong about who is blocked or VIP")
	}
	if got := b.OnCall(); len(got) != 2 {
		t.Errorf("on call %v", got)
	}
	b.Answering.Chain = nil
	if got := b.OnCall(); len(got) != 1 || got[0].Phone != b.Profile.Owner.Phone {
		t.Errorf("on call without a chain %v", got)
	}
}

func TestLookups(t *testing.T) {
	b := demo.Business()
	if s := b.Service("leak REPAIR"); s == nil || s.Name != "Leak repair" {
		t.Errorf("found %v", s)
	}
	if b.Service("Roofing") != nil || b.LineByNumber("+13125550101") != nil || b.LineByNumber("+13125550100") != &b.Lines[0] {
		t.Error("found what isn't there, or not what is")
	}
	if !b.InArea("60614") || !b.InArea("60614-1234") || b.InArea("60540") || b.InArea("") {
		t.Error("wrong about the area")
	}
	if got := b.Skilled(b.Service("Gas line service")); len(got) != 1 || got[0].Name != "Mike Rossi" {
		t.Errorf("skilled %v", got)
	}
}

func TestQuietHours(t *testing.T) {
	b := demo.Business()
	for s, want := range map[string]string{
		"2026-11-23 20:59": "2026-11-23 20:59",
		"2026-11-23 21:00": "2026-11-24 08:00",
		"2026-11-24 00:00": "2026-11-24 08:00",
		"2026-11-24 07:59": "2026-11-24 08:00",
		"2026-11-24 08:00": "2026-11-24 08:00",
		"2026-03-07 23:00": "2026-03-08 08:00", // an hour shorter
		"2026-10-31 23:00": "2026-11-01 08:00", // an hour longer
	} {
		now := in(t, "America/Chicago", s)
		if b.QuietHours(now) != (s != want) {
			t.Errorf("quiet at %s: %v", s, b.QuietHours(now))
		}
		if got := b.NextAllowed(now); !got.Equal(in(t, "America/Chicago", want)) {
			t.Errorf("at %s allowed from %v, want %s", s, got, want)
		}
	}
}

// TestQuietHoursThatEndTwice: the clock shows 01:30 twice, and it is quiet before both.
func TestQuietHoursThatEndTwice(t *testing.T) {
	b := demo.Business()
	b.FollowUps.QuietHours = "00:00-01:30"
	now := time.Date(2026, 11, 1, 7, 10, 0, 0, time.UTC) // 01:10, the second time
	if got, want := b.NextAllowed(now), now.Add(20*time.Minute); !b.QuietHours(now) || !got.Equal(want) {
		t.Errorf("at %v allowed from %v, want %v", now, got, want)
	}
}

// TestTheFirstEndOfQuietHoursCounts: where clocks go back over the end of quiet hours, the first of the two ends counts.
func TestTheFirstEndOfQuietHoursCounts(t *testing.T) {
	b := demo.Business()
	b.Profile.Timezone, b.FollowUps.QuietHours = "Australia/Lord_Howe", "01:31-01:30"
	if err := b.Prepare(); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 4, 3, 14, 31, 0, 0, time.UTC)
	if got, want := b.NextAllowed(now), time.Date(2026, 4, 4, 14, 30, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("allowed from %v on, want %v", got.UTC(), want)
	}
}

func TestNextAllowedIsTheFirstAllowed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := demo.Business()
		b.Profile.Timezone = rapid.SampledFrom([]string{"America/Chicago", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu"}).Draw(t, "zone")
		if err := b.Prepare(); err != nil {
			t.Fatal(err)
		}
		from, to := rapid.IntRange(0, 1440).Draw(t, "from"), rapid.IntRange(0, 1440).Draw(t, "to")
		b.FollowUps.QuietHours = fmt.Sprintf("%02d:%02d-%02d:%02d", from/60, from%60, to/60, to%60)
		day := rapid.SampledFrom([]string{"2026-03-07", "2026-04-03", "2026-09-05", "2026-10-03", "2026-10-31", "2026-11-23"}).Draw(t, "day")
		base, _ := time.Parse(time.DateOnly, day)
		now := base.Add(time.Duration(rapid.IntRange(0, 3*1440).Draw(t, "minute")) * time.Minute)
		got := b.NextAllowed(now)
		if b.QuietHours(got) {
			t.Fatalf("%v is within %s", got, b.FollowUps.QuietHours)
		}
		for at := now; at.Before(got); at = at.Add(time.Minute) {
			if !b.QuietHours(at) {
				t.Fatalf("%v is allowed already, before %v (%s)", at, got, b.FollowUps.QuietHours)
			}
		}
	})
}
