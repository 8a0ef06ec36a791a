package business_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/business"
)

func date(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// TestFederalHolidays holds the list against the dates that the Office of Personnel Management publishes.
func TestFederalHolidays(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     []business.Holiday
	}{
		{"2026-01-01", "2027-01-01", []business.Holiday{
			{"New Year's Day", "2026-01-01", false},
			{"Martin Luther King Jr. Day", "2026-01-19", false},
			{"Washington's Birthday", "2026-02-16", false},
			{"Memorial Day", "2026-05-25", false},
			{"Juneteenth", "2026-06-19", false},
			{"Independence Day", "2026-07-03", true},
			{"Independence Day", "2026-07-04", false},
			{"Labor Day", "2026-09-07", false},
			{"Columbus Day", "2026-10-12", false},
			{"Veterans Day", "2026-11-11", false},
			{"Thanksgiving Day", "2026-11-26", false},
			{"Christmas Day", "2026-12-25", false},
		}},
		{"2027-12-20", "2028-01-04", []business.Holiday{ // two Saturdays
			{"Christmas Day", "2027-12-24", true},
			{"Christmas Day", "2027-12-25", false},
			{"New Year's Day", "2027-12-31", true},
			{"New Year's Day", "2028-01-01", false},
		}},
		{"2023-01-01", "2023-01-03", []business.Holiday{ // a Sunday
			{"New Year's Day", "2023-01-01", false},
			{"New Year's Day", "2023-01-02", true},
		}},
		{"2027-05-25", "2027-06-18", []business.Holiday{{"Memorial Day", "2027-05-31", false}}}, // the last Monday is the month's last day
		{"2027-06-18", "2027-06-18", nil},
	} {
		if got := business.FederalHolidays(date(c.from), date(c.to)); !slices.Equal(got, c.want) {
			t.Errorf("%s to %s: %v, want %v", c.from, c.to, got, c.want)
		}
	}
}

// TestEachYearHasItsHolidays: eleven a year, in order, and each that falls on a weekend is kept on a weekday beside it.
func TestEachYearHasItsHolidays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(2000, 2199).Draw(t, "year")
		from := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		// From the last days of the year before, on which its first may be kept.
		all := business.FederalHolidays(from.AddDate(0, 0, -1), from.AddDate(1, 0, 0))
		days, kept := 0, map[string]int{}
		for i, h := range all {
			if i > 0 && all[i-1].Date > h.Date {
				t.Fatalf("%v after %v", h, all[i-1])
			}
			day := date(h.Date)
			weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
			if h.Observed && weekend {
				t.Fatalf("%v is kept on a weekend", h)
			}
			if !h.Observed && day.Year() == year {
				days++
				if weekend {
					kept[h.Name]++
				}
			}
			if h.Observed && (h.Date >= from.Format(time.DateOnly) || h.Name == "New Year's Day") {
				kept[h.Name]--
			}
		}
		// The first of the next year, a Saturday, is kept on the last of this one.
		if next := from.AddDate(1, 0, 0); next.Weekday() == time.Saturday {
			kept["New Year's Day"]++
		}
		for name, n := range kept {
			if n != 0 {
				t.Fatalf("%s of %d falls on a weekend and is not kept beside it, or the other way round: %v", name, year, all)
			}
		}
		if days != 11 {
			t.Fatalf("%d holidays in %d: %v", days, year, all)
		}
	})
}
