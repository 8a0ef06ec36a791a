package business

import (
	"slices"
	"strings"
	"time"
)

// Holiday is a day on which shops may want to stay closed.
type Holiday struct {
	Name string
	Date string // "2006-01-02"
	// Observed says that it is the weekday on which offices keep a holiday that falls on a weekend.
	Observed bool
}

// federalHolidays are the legal public holidays of the United States (5 U.S.C. 6103): a day of a month, or the nth of a
// weekday in it, the last where n is -1.
var federalHolidays = []struct {
	name    string
	month   time.Month
	day     int
	weekday time.Weekday
	nth     int // 0: on day
}{
	{name: "New Year's Day", month: time.January, day: 1},
	{name: "Martin Luther King Jr. Day", month: time.January, weekday: time.Monday, nth: 3},
	{name: "Washington's Birthday", month: time.February, weekday: time.Monday, nth: 3},
	{name: "Memorial Day", month: time.May, weekday: time.Monday, nth: -1},
	{name: "Juneteenth", month: time.June, day: 19},
	{name: "Independence Day", month: time.July, day: 4},
	{name: "Labor Day", month: time.September, weekday: time.Monday, nth: 1},
	{name: "Columbus Day", month: time.October, weekday: time.Monday, nth: 2},
	{name: "Veterans Day", month: time.November, day: 11},
	{name: "Thanksgiving Day", month: time.November, weekday: time.Thursday, nth: 4},
	{name: "Christmas Day", month: time.December, day: 25},
}

// FederalHolidays lists the holidays of the United States on the dates from one, included, to another, excluded, by date.
func FederalHolidays(from, to time.Time) []Holiday {
	first, end := from.Format(time.DateOnly), to.Format(time.DateOnly)
	var out []Holiday
	add := func(name string, day time.Time, observed bool) {
		if date := day.Format(time.DateOnly); date >= first && date < end {
			out = append(out, Holiday{name, date, observed})
		}
	}
	for year := from.Year(); year <= to.Year()+1; year++ { // the first of a year may be kept on the last of the one before
		for _, h := range federalHolidays {
			day := time.Date(year, h.month, h.day, 12, 0, 0, 0, time.UTC)
			if h.nth != 0 {
				day = nthWeekday(year, h.month, h.weekday, h.nth)
			}
			add(h.name, day, false)
			switch day.Weekday() {
			case time.Saturday:
				add(h.name, day.AddDate(0, 0, -1), true)
			case time.Sunday:
				add(h.name, day.AddDate(0, 0, 1), true)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Holiday) int { return strings.Compare(a.Date, b.Date) })
	return out
}

// nthWeekday is the noon of the nth of a weekday in a month; of the last one for -1.
func nthWeekday(year int, month time.Month, weekday time.Weekday, nth int) time.Time {
	if nth < 0 {
		last := time.Date(year, month+1, 0, 12, 0, 0, 0, time.UTC)
		return last.AddDate(0, 0, -(int(last.Weekday()-weekday)+7)%7)
	}
	first := time.Date(year, month, 1, 12, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, (int(weekday-first.Weekday())+7)%7+7*(nth-1))
}
