package en

import (
	"time"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// holidays reads the holidays that people in the United States name when they make appointments.
func holidays(s *grammar.Spec) {
	on := func(month time.Month, day int) func(int) m.Day {
		return func(y int) m.Day { return m.Date(y, month, day) }
	}
	nth := func(n int, w time.Weekday, month time.Month) func(int) m.Day {
		return func(y int) m.Day { return following(m.Date(y, month, 1)-1, w) + m.Day(7*(n-1)) }
	}
	for _, h := range []struct {
		name, pattern string
		day           func(year int) m.Day
	}{
		{"thanksgiving", "(thanksgiving|turkey|thanks giving) [day]", nth(4, time.Thursday, time.November)},
		{"black friday", "black friday", func(y int) m.Day { return nth(4, time.Thursday, time.November)(y) + 1 }},
		{"christmas", "(christmas|xmas) [day]", on(time.December, 25)},
		{"christmas eve", "(christmas|xmas) eve", on(time.December, 24)},
		{"new year's day", "(new years|new year 's|new year) [day]", on(time.January, 1)},
		{"new year's eve", "(new years|new year 's|new year) eve", on(time.December, 31)},
		{"independence day", "(independence day|[the] fourth of july|[the] 4th of july|july fourth|july 4th)", on(time.July, 4)},
		{"labor day", "labor day", nth(1, time.Monday, time.September)},
		{"memorial day", "memorial day", func(y int) m.Day { return following(m.Date(y, time.June, 1)-8, time.Monday) }},
		{"veterans day", "(veterans|veteran 's) day", on(time.November, 11)},
		{"columbus day", "(columbus|indigenous people 's|indigenous peoples) day", nth(2, time.Monday, time.October)},
		{"presidents day", "(presidents|president 's) day", nth(3, time.Monday, time.February)},
		{"martin luther king day", "[dr|doctor] (martin luther king|martin luther kings|mlk) [junior|jr] ['s] day", nth(3, time.Monday, time.January)},
		{"valentine's day", "(valentines [day]|valentine 's [day]|valentine day)", on(time.February, 14)},
		{"st patrick's day", "(st|saint) (patricks|patrick 's|patrick|pattys|patty 's|paddys|paddy 's) day", on(time.March, 17)},
		{"halloween", "halloween", on(time.October, 31)},
		{"juneteenth", "juneteenth", on(time.June, 19)},
		{"easter", "easter [sunday]", easter},
		{"easter monday", "easter (monday|mon)", func(y int) m.Day { return easter(y) + 1 }},
		{"good friday", "good friday", func(y int) m.Day { return easter(y) - 2 }},
		{"cyber monday", "cyber monday", func(y int) m.Day { return nth(4, time.Thursday, time.November)(y) + 4 }},
		{"flag day", "flag day", on(time.June, 14)},
		{"cinco de mayo", "cinco de mayo", on(time.May, 5)},
		{"election day", "election day", func(y int) m.Day { return nth(1, time.Monday, time.November)(y) + 1 }},
		{"groundhog day", "groundhog day", on(time.February, 2)},
		{"boxing day", "boxing day", on(time.December, 26)},
		{"mother's day", "(mothers|mother 's) day", nth(2, time.Sunday, time.May)},
		{"father's day", "(fathers|father 's) day", nth(3, time.Sunday, time.June)},
	} {
		s.Add(grammar.Rule{Name: h.name, Kind: m.KDays, Pattern: h.pattern, Make: func(mt *grammar.Match) (any, bool) {
			t := now(mt).Today
			y, _, _ := t.Civil()
			d := h.day(y)
			if d < t {
				d = h.day(y + 1)
			}
			return m.Days{From: d, To: d + 1, Holiday: true}, true
		}})
	}
}
