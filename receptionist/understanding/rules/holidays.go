package rules

import (
	"time"

	m "fixly/receptionist/understanding/meaning"
)

// Easter is Easter Sunday by the Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).
func Easter(year int) m.Day {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	n := (a + 11*h + 22*l) / 451
	month := (h + l - 7*n + 114) / 31
	day := (h+l-7*n+114)%31 + 1
	return m.Date(year, time.Month(month), day)
}
