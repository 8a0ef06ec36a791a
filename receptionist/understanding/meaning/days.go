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
		for i := range 4 {
			first := Date(y, mo+time.Month(i), 1)
			yy, mm, _ := first.Civil()
			if int(date.MonthDay) > DaysIn(yy, mm) {
				continue
			}
			if x := first + Day(date.MonthDay) - 1; x >= today && x.Weekday() == w {
				return Days{From: x, To: x + 1}, true
			}
		}
	case Fixed:
		if date.To == date.From+1 && date.From.Weekday() == w {
			return date, true
		}
	}
	return d, false
}

// Contradicts says whether two namings side by side, one by weekday and one by date, can't be one day.
func (d Days) Contradicts(o Days) bool {
	a, b := d, o
	if a.Kind != ByWeekday {
		a, b = b, a
	}
	return a.Kind == ByWeekday && (b.Kind == ByMonthDay || b.Kind == Fixed && b.To == b.From+1 && b.From.Weekday() != time.Weekday(a.Weekday))
}
