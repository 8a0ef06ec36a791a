package rules

import (
	"time"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// PartOf takes a part of a week (days from its Monday) or of a month (days from its first).
func PartOf(w0, w1, m0, m1 m.Day) func(*grammar.Match) (any, bool) {
	return func(mt *grammar.Match) (any, bool) {
		d := As[m.Days](mt, 0)
		switch {
		case d.Grain == m.Week && d.To == d.From+7:
			d.From, d.To = d.From+w0, d.From+w1
		case d.Grain == m.Month && d.To-d.From >= 28:
			d.From, d.To = d.From+m0, min(d.From+m1, d.To)
		default:
			return nil, false
		}
		if t := Now(mt).Today; d.From < t && d.To > t {
			d.From = t
		}
		return d, true
	}
}

// OneDay is a day alone.
func OneDay(d m.Day) m.Days { return m.Days{From: d, To: d + 1} }

// Coming is a weekday named alone: the coming one; today while the shop still has hours ahead.
func Coming(mt *grammar.Match, w time.Weekday) m.Days {
	n := Now(mt)
	d := Following(n.Today-1, w)
	out := m.Days{Kind: m.ByWeekday, Weekday: int8(w)}
	switch {
	case d == n.Today && !n.OpenStill:
		d += 7
	case d == n.Today:
		out.Or = 7 // who means today mostly says so
	}
	out.From, out.To = d, d+1
	return out
}

// Following is the first such weekday after a day.
func Following(d m.Day, w time.Weekday) m.Day {
	return d + 1 + m.Day((int(w)-int((d+1).Weekday())+7)%7)
}

// NextWeekday is the weekday of the next calendar week: said on a Monday, "next tuesday" is eight days away. Where the
// same weekday of this week is still to come, and is not just tomorrow, many mean that one.
func NextWeekday(mt *grammar.Match) (any, bool) {
	t := Now(mt).Today
	d := OneDay(t.Monday() + 7 + m.Day((int(As[time.Weekday](mt, 0))+6)%7))
	if d.From-7 > t+1 {
		d.Or = -7
	}
	return d, true
}

// Weekend is this week's weekend, or that of some weeks ahead.
func Weekend(t m.Day, weeks m.Day) m.Days {
	sat := t.Monday() + 5 + 7*weeks
	return m.Days{From: sat, To: sat + 2, Kind: m.Scope, Grain: m.Weekend}
}

// WeekendNear is the weekend that a day is nearest to.
func WeekendNear(d m.Day) m.Days {
	if w := d.Weekday(); w == time.Monday || w == time.Tuesday {
		d -= 7
	}
	return Weekend(d, 0)
}

// AddLength moves a day by a length of days, weeks or months.
func AddLength(d m.Day, l m.Length) m.Day {
	if l.Work {
		for n := min(l.N, 60); n > 0; n-- {
			for d++; d.Weekday() == time.Saturday || d.Weekday() == time.Sunday; {
				d++
			}
		}
		return d
	}
	switch l.Grain {
	case m.Week:
		return d + 7*m.Day(l.N)
	case m.Month:
		y, mo, day := d.Civil()
		mo += time.Month(l.N)
		first := m.Date(y, mo, 1)
		y, mo, _ = first.Civil()
		return first + m.Day(min(day, m.DaysIn(y, mo))-1)
	}
	return d + m.Day(l.N)
}
