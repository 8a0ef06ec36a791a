package es

import (
	"time"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

// holidays reads the holidays of the United States as Spanish speakers call them, and those they brought.
func holidays(s *grammar.Spec) {
	on := func(month time.Month, day int) func(int) m.Day {
		return func(y int) m.Day { return m.Date(y, month, day) }
	}
	nth := func(n int, w time.Weekday, month time.Month) func(int) m.Day {
		return func(y int) m.Day { return rules.Following(m.Date(y, month, 1)-1, w) + m.Day(7*(n-1)) }
	}
	for _, h := range []struct {
		name, pattern string
		day           func(year int) m.Day
	}{
		{"thanksgiving", "(acción de gracias|thanksgiving|sanksgivin|san givin|san guivin|día del pavo)", nth(4, time.Thursday, time.November)},
		{"black friday", "(viernes negro|black friday)", func(y int) m.Day { return nth(4, time.Thursday, time.November)(y) + 1 }},
		{"christmas", "(navidad|christmas)", on(time.December, 25)},
		{"christmas eve", "(nochebuena|noche buena|víspera de navidad)", on(time.December, 24)},
		{"new year's day", "(año nuevo|primero de año)", on(time.January, 1)},
		{"new year's eve", "(noche vieja|nochevieja|fin de año|víspera de año nuevo)", on(time.December, 31)},
		{"epiphany", "(día de [los] reyes|reyes magos)", on(time.January, 6)},
		{"independence day", "((4|cuatro) de julio|día de la independencia|independence day)", on(time.July, 4)},
		{"labor day", "(día del trabajo|día del trabajador|labor day)", nth(1, time.Monday, time.September)},
		{"memorial day", "(día de los caídos|día de la recordación|memorial day)", func(y int) m.Day { return rules.Following(m.Date(y, time.June, 1)-8, time.Monday) }},
		{"veterans day", "(día de los veteranos|día del veterano|veterans day)", on(time.November, 11)},
		{"columbus day", "(día de la raza|día de colón|columbus day)", nth(2, time.Monday, time.October)},
		{"presidents day", "(día de los presidentes|día del presidente|presidents day)", nth(3, time.Monday, time.February)},
		{"martin luther king day", "[día de] martin luther king", nth(3, time.Monday, time.January)},
		{"valentine's day", "(san valentín|día de san valentín|día del amor [y la amistad]|día de los enamorados)", on(time.February, 14)},
		{"halloween", "(halloween|noche de brujas)", on(time.October, 31)},
		{"day of the dead", "día de [los] muertos", on(time.November, 2)},
		{"easter", "([domingo de] pascua|[domingo de] resurrección)", rules.Easter},
		{"good friday", "viernes santo", func(y int) m.Day { return rules.Easter(y) - 2 }},
		{"mother's day", "día de (las madres|la madre)", nth(2, time.Sunday, time.May)},
		{"father's day", "día (de los padres|del padre)", nth(3, time.Sunday, time.June)},
		{"juneteenth", "juneteenth", on(time.June, 19)},
	} {
		s.Add(grammar.Rule{Name: h.name, Kind: m.KDays, Pattern: "[el|en] [día de] " + h.pattern, Make: func(mt *grammar.Match) (any, bool) {
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
