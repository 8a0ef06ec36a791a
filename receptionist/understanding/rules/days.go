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
			return m.Days{From: d.From + w0, To: d.From + w1, Kind: m.Scope, Grain: m.Week}, true
		case d.Grain == m.Month && d.To-d.From >= 28:
			return m.Days{From: d.From + m0, To: min(d.From+m1, d.To), Kind: m.Scope, Grain: m.Month}, true
		}
		return nil, false
	}
}

// OneDay is a day alone.
func OneDay(d m.Day) m.Days { return m.Days{From: d, To: d + 1} }

// Coming is a weekday named alone: the coming one; today while the shop still has hours ahead.
func Coming(mt *grammar.Match, w time.Weekday) m.Days {
	n := Now(mt)
	d := Following(n.Today-1, w)
	if d == n.Today && !n.OpenStill {
		d += 7
	}
	return m.Days{From: d, To: d + 1, Kind: m.ByWeekday, Weekday: int8(w)}
}

// Following is the first such weekday after a day.
func Following(d m.Day, w time.Weekday) m.Day {
	return d + 1 + m.Day((int(w)-int((d+1).Weekday())+7)%7)
}

// NextWeekday is the weekday of the next calendar week: said on a Monday, "next tuesday" is eight days away.
func NextWeekday(mt *grammar.Match) (any, bool) {
	return OneDay(Now(mt).Today.Monday() + 7 + m.Day((int(As[time.Weekday](mt, 0))+6)%7)), true
}

// AddLength moves a day by a length of days, weeks or months.
func AddLength(d m.Day, l m.Length) m.Day {
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
