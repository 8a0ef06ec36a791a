package meaning

import "time"

// Within moves a day into a week, weekend or month named with it: "tuesday" into next week, "the third" into
// December. A day that lies in it already stays. It fails where the day has no place there.
func (d Days) Within(scope Days) (Days, bool) {
	if scope.Kind != Scope {
		return d, false
	}
	switch d.Kind {
	case ByWeekday:
		for x := scope.From; x < scope.To && x < scope.From+7; x++ {
			if x.Weekday() == time.Weekday(d.Weekday) {
				return Days{From: x, To: x + 1}, true
			}
		}
	case ByMonthDay:
		for x := scope.From; x < scope.To; x++ {
			if _, _, n := x.Civil(); n == int(d.MonthDay) {
				return Days{From: x, To: x + 1}, true
			}
		}
	case Scope: // "this weekend" said beside "this week"
		if d.From >= scope.From && d.To <= scope.To && d != scope {
			return d, true
		}
	default:
		if d.From >= scope.From && d.To > 0 && d.To <= scope.To {
			return d, true
		}
	}
	return d, false
}

// Same puts two namings of one day together: "tuesday the first", "next tuesday, december first", "monday,
// february 18". It fails where they are two days.
func (d Days) Same(o Days, today Day) (Days, bool) {
	if d.Or != 0 || o.Or != 0 { // "next friday, the 27th": the date says which
		for _, x := range [...]struct{ two, plain Days }{{d, o}, {o, d}} {
			if x.two.Or == 0 || x.plain.Or != 0 || x.plain.Kind != Fixed && x.plain.Kind != ByMonthDay {
				continue
			}
			for _, r := range x.two.Readings() {
				if r.From == x.plain.From && r.To == x.plain.To {
					r.Kind = Fixed
					return r, true
				}
			}
		}
	}
	if d.From == o.From && d.To == o.To {
		if d.Kind == Fixed {
			return d, true
		}
		return o, true
	}
	weekday, date := d, o
	if weekday.Kind != ByWeekday {
		weekday, date = o, d
	}
	if weekday.Kind != ByWeekday {
		// a date without its month beside a day that is fixed already
		if d.Kind == ByMonthDay || o.Kind == ByMonthDay {
			fixed, by := d, o
			if d.Kind == ByMonthDay {
				fixed, by = o, d
			}
			if _, _, n := fixed.From.Civil(); fixed.Kind == Fixed && fixed.To == fixed.From+1 && n == int(by.MonthDay) {
				return fixed, true
			}
		}
		return d, false
	}
	w := time.Weekday(weekday.Weekday)
	switch date.Kind {
	case ByMonthDay:
		y, mo, _ := today.Civil()
		for i := range 12 {
			first := Date(y, mo+time.Month(i), 1)
			yy, mm, _ := first.Civil()
			if int(date.MonthDay) > DaysIn(yy, mm) {
				continue
			}
			if x := first + Day(date.MonthDay) - 1; x >= today && x.Weekday() == w {
				return Days{From: x, To: x + 1, Unlikely: i > soonMonths}, true
			}
		}
	case Fixed:
		if date.To == date.From+1 && date.From.Weekday() == w {
			return date, true
		}
		// "friday, july 18": a year further on, unless it is near enough to be a slip of the tongue
		y, mo, day := date.From.Civil()
		if x := Date(y+1, mo, day); date.To == date.From+1 && date.From > today+90 && x.Weekday() == w {
			return Days{From: x, To: x + 1}, true
		}
	}
	return d, false
}

// soonMonths is how far ahead a day may lie that a weekday and a number agree on only then.
const soonMonths = 3

// Contradicts says whether two namings side by side, one by weekday and one by date, can't be one day.
func (d Days) Contradicts(o Days) bool {
	a, b := d, o
	if a.Kind != ByWeekday {
		a, b = b, a
	}
	return a.Kind == ByWeekday && (b.Kind == ByMonthDay || b.Kind == Fixed && b.To == b.From+1 && b.From.Weekday() != time.Weekday(a.Weekday))
}

// Readings are the days that the words can mean, the likeliest first, each without the other.
func (d Days) Readings() []Days {
	one := d
	one.Or = 0
	if d.Or == 0 {
		return []Days{one}
	}
	other := one
	other.From += Day(d.Or)
	other.To += Day(d.Or)
	return []Days{one, other}
}
