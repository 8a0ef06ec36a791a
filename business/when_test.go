package business_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/demo"
)

func TestFits(t *testing.T) {
	b := demo.Business() // open mon-fri 08:00-17:00 and sat 09:00-13:00, closed on 2026-11-26, a Thursday
	at := func(s string) time.Time {
		when, err := time.ParseInLocation("2006-01-02 15:04", s, b.Location())
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	const monday, saturday, sunday, thanksgiving = "2026-11-23 ", "2026-11-28 ", "2026-11-29 ", "2026-11-26 "
	for _, c := range []struct {
		words, at string
		fits      bool
	}{
		{"always", sunday + "03:00", true},
		{"open", monday + "08:00", true},
		{"open", monday + "17:00", false},
		{"closed", monday + "17:00", true},
		{"closed", thanksgiving + "10:00", true},
		{"holiday", thanksgiving + "03:00", true},
		{"holiday", sunday + "10:00", false},
		{"12:00-13:00", sunday + "12:59", true},
		{"mon-fri 12:00-13:00", monday + "12:00", true},
		{"mon-fri 12:00-13:00", monday + "13:00", false},
		{"mon-fri 12:00-13:00", saturday + "12:30", false},
		{"sat,sun 10:00-11:00", sunday + "10:30", true},
		{"fri-mon 10:00-11:00", sunday + "10:30", true},
		{"fri-mon 10:00-11:00", "2026-11-24 10:30", false},
		{"sat 22:00-06:00", saturday + "23:00", true},
		{"sat 22:00-06:00", sunday + "05:59", true},
		{"sat 22:00-06:00", saturday + "05:00", false},
		{"mon 08:00-09:00; sun 08:00-09:00", sunday + "08:30", true},
		{"sun 00:00-24:00", sunday + "23:59", true},
		{"", monday + "10:00", false},
		{"soon", monday + "10:00", false},
	} {
		if got := b.Fits(c.words, at(c.at)); got != c.fits {
			t.Errorf("%q at %s: %v", c.words, c.at, got)
		}
	}
}

// TestNightsBelongToTheDayTheyBeginOn compares hours past midnight with the two spans they are made of.
func TestNightsBelongToTheDayTheyBeginOn(t *testing.T) {
	b := demo.Business()
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(1_770_000_000, 1_800_000_000).Draw(t, "now"), 0)
		whole := b.Fits("tue 21:30-05:15", now)
		parts := b.Fits("tue 21:30-24:00; wed 00:00-05:15", now)
		if whole != parts {
			t.Errorf("at %s: %v, and in two parts %v", now.In(b.Location()), whole, parts)
		}
	})
}
