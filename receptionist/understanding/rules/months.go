package rules

import (
	"time"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// Place finds a day in the month that begins with first. n counts from the month's beginning; 0 is the last.
type Place func(mt *grammar.Match, first m.Day, n int) m.Day

// WeekdayIn is the place of the weekday that a rule's second capture says: "the last friday of october".
func WeekdayIn(mt *grammar.Match, first m.Day, n int) m.Day {
	return nth(first, n, As[time.Weekday](mt, 1))
}

// WeekendIn is the place of a weekend.
func WeekendIn(_ *grammar.Match, first m.Day, n int) m.Day { return nth(first, n, time.Saturday) }

func nth(first m.Day, n int, w time.Weekday) m.Day {
	if n == 0 {
		return Following(NextMonth(first)-8, w)
	}
	return Following(first-1, w) + m.Day(7*(n-1))
}

// WeekIn is the place of a week, by its Monday. A week belongs to the month that has its Thursday.
func WeekIn(_ *grammar.Match, first m.Day, n int) m.Day {
	if n == 0 {
		return (NextMonth(first) - 4).Monday()
	}
	return (first + 3).Monday() + m.Day(7*(n-1))
}

// LastDayIn is the place of the last day.
func LastDayIn(_ *grammar.Match, first m.Day, _ int) m.Day { return NextMonth(first) - 1 }

// Placed makes the days at a place, some days long and of a kind, in the month that a capture says: by its name, as
// days of their own ("next month"), or not at all: the coming one in which the place lies ahead. The first capture says
// which of several, as an ordinal.
func Placed(month int, place Place, length m.Day, kind m.Days) func(*grammar.Match) (any, bool) {
	return func(mt *grammar.Match) (any, bool) {
		n, t := As[m.Ordinal](mt, 0).N, Now(mt).Today
		first, named := MonthOf(t), true
		switch v := mt.Value(month).(type) {
		case time.Month:
			y, mo, _ := t.Civil()
			if v < mo {
				y++
			}
			first = m.Date(y, v, 1)
		case m.Days:
			first = v.From
		default:
			named = false
		}
		for {
			d := kind
			d.From = place(mt, first, n)
			d.To = d.From + length
			switch {
			case n > 0 && d.From >= NextMonth(first):
				return m.Days{Wrong: true}, true // there is no fifth friday
			case named || d.To > t:
				return d, true
			}
			first = NextMonth(first)
		}
	}
}

// PartOfThisMonth makes a part of this month, in days from its first, or of the next once it is over; to 0 is the end.
func PartOfThisMonth(from, to m.Day) func(*grammar.Match) (any, bool) {
	return func(mt *grammar.Match) (any, bool) {
		t := Now(mt).Today
		for first := MonthOf(t); ; first = NextMonth(first) {
			end := NextMonth(first)
			if to > 0 {
				end = first + to
			}
			if end > t {
				return m.Days{From: first + from, To: end, Kind: m.Scope, Grain: m.Month}, true
			}
		}
	}
}

// MonthOf is the first of a day's month.
func MonthOf(d m.Day) m.Day {
	y, mo, _ := d.Civil()
	return m.Date(y, mo, 1)
}

// NextMonth is the first of the month after the one that begins with first.
func NextMonth(first m.Day) m.Day {
	y, mo, _ := first.Civil()
	return m.Date(y, mo+1, 1)
}
