package meaning

import "time"

// Day is a calendar day, counted from 1 January 1970. Calendar arithmetic is done on days, not on instants, so
// daylight saving plays no part until a time of day is put on one.
type Day int

// DayOf is the calendar day of an instant in its own zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Date(y, m, d)
}

// Date is a day by its date. Overflowing months and days are carried as time.Date does.
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Civil is the day's date.
func (d Day) Civil() (year int, month time.Month, day int) {
	return time.Unix(int64(d)*86400, 0).UTC().Date()
}

// Weekday of the day.
func (d Day) Weekday() time.Weekday { return time.Weekday(((int(d)+4)%7 + 7) % 7) }

// Monday of the day's week; weeks begin on Monday.
func (d Day) Monday() Day { return d - Day((int(d.Weekday())+6)%7) }

// At is an instant of the day: minutes of wall-clock time after midnight in a zone.
func (d Day) At(minutes int, zone *time.Location) time.Time {
	y, m, day := d.Civil()
	return time.Date(y, m, day, 0, minutes, 0, 0, zone)
}

// DaysIn is the number of days of a month.
func DaysIn(year int, month time.Month) int {
	return int(Date(year, month+1, 1) - Date(year, month, 1))
}

// Now is the present as the rules see it.
type Now struct {
	Today  Day
	Minute int // minutes after midnight
	// Opens and Closes are the usual opening hours, minutes after midnight; they decide between morning and
	// afternoon where a caller did not say. Opens gives the hours for a weekday; a closed day has Closes 0.
	Hours [7]OpenHours
	// OpenStill says whether today still has opening hours ahead.
	OpenStill bool
}

// OpenHours are the first opening and the last closing of a day, minutes after midnight; both 0 when closed.
type OpenHours struct{ From, To int }
