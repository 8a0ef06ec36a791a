package rules

import (
	"strconv"
	"strings"

	m "fixly/receptionist/understanding/meaning"
)

// At is a time on the twelve-hour clock.
func At(hour, minute int) m.Hours {
	t := hour%12*60 + minute
	return m.Hours{From: t, To: t, Moment: true, Twelve: true}
}

// ClockFigures reads "3:30", "14:00" and "09:45". Figures with a leading zero or above twelve are 24-hour times.
func ClockFigures(w string) (m.Hours, bool) {
	hh, mm, _ := strings.Cut(w, ":")
	mm, _, _ = strings.Cut(mm, ":")
	h, err1 := strconv.Atoi(hh)
	n, err2 := strconv.Atoi(mm)
	if err1 != nil || err2 != nil || len(mm) != 2 || len(hh) > 2 || h > 24 || n > 59 {
		return m.Hours{}, false
	}
	if h >= 1 && h <= 12 && hh[0] != '0' {
		return At(h, n), true
	}
	t := h%24*60 + n
	return m.Hours{From: t, To: t, Moment: true}, true
}
