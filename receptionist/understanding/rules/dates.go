package rules

import (
	"strconv"
	"strings"
	"time"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// DayNumber is a day of the month given as an ordinal or a number.
func DayNumber(mt *grammar.Match, i int) int {
	if o := As[m.Ordinal](mt, i); o.N > 0 {
		return o.N
	}
	return As[m.Number](mt, i).N
}

// Date is a day of a month: of the year given, else the coming one.
func Date(mt *grammar.Match, month time.Month, day, year int) m.Days {
	t := Now(mt).Today
	y, this, _ := t.Civil()
	if year > 0 {
		return DayOfMonth(year, month, day)
	}
	d := DayOfMonth(y, month, day)
	if !d.Wrong && d.From < t || d.Wrong && month < this { // the coming February may have a 29th
		d = DayOfMonth(y+1, month, day)
	}
	return d
}

// DayOfMonth is a day by its date; one that does not exist is marked as wrong.
func DayOfMonth(year int, month time.Month, day int) m.Days {
	first := m.Date(year, month, 1)
	y, mo, _ := first.Civil()
	if day < 1 || day > m.DaysIn(y, mo) {
		return m.Days{Wrong: true}
	}
	return OneDay(first + m.Day(day-1))
}

// WeekdayAndNumber makes the coming day of a number that falls on a weekday, of a rule's first two captures: "tuesday
// the first".
func WeekdayAndNumber(mt *grammar.Match) (any, bool) {
	w := Coming(mt, As[time.Weekday](mt, 0))
	d := ComingDate(mt, DayNumber(mt, 1))
	if d.Wrong {
		return d, true
	}
	both, ok := w.Same(d, Now(mt).Today)
	both.Kind, both.Or = m.Fixed, 0
	return both, ok
}

// InScope is a day by its number in the month of a capture, said by its name (the coming one) or its place ("next
// month").
func InScope(mt *grammar.Match, i, day int) m.Days {
	if mo, ok := mt.Value(i).(time.Month); ok {
		return Date(mt, mo, day, 0)
	}
	y, mo, _ := As[m.Days](mt, i).From.Civil()
	return DayOfMonth(y, mo, day)
}

// ByMonthDay makes the coming day of the number that a rule's first capture, an ordinal, says.
func ByMonthDay(mt *grammar.Match) (any, bool) { return ComingDate(mt, As[m.Ordinal](mt, 0).N), true }

// ComingDate is the coming day of that number in a month that has it.
func ComingDate(mt *grammar.Match, n int) m.Days {
	t := Now(mt).Today
	y, mo, _ := t.Civil()
	for i := range 13 {
		d := DayOfMonth(y, mo+time.Month(i), n)
		if !d.Wrong && d.From >= t {
			d.Kind, d.MonthDay = m.ByMonthDay, int8(n)
			return d
		}
	}
	return m.Days{Wrong: true}
}

// DateFigures reads "11/25" and "11/25/2026", month first as Americans write.
func DateFigures(mt *grammar.Match) (any, bool) {
	g := As[m.Group](mt, 0)
	if g.Kind != m.Figures || !strings.ContainsRune(g.Text, '/') {
		return nil, false
	}
	parts := strings.Split(g.Text, "/")
	if len(parts) > 3 {
		return nil, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v > 9999 {
			return nil, false
		}
		n[i] = v
	}
	if n[2] > 0 && n[2] < 100 {
		n[2] += 2000
	}
	if n[0] > 12 && n[1] >= 1 && n[1] <= 12 {
		n[0], n[1] = n[1], n[0] // day first, as others write
	}
	if n[0] < 1 || n[0] > 12 || n[1] < 1 {
		return nil, false
	}
	return Date(mt, time.Month(n[0]), n[1], n[2]), true
}
