package business

import (
	"fmt"
	"strconv"
	"strings"
)

// ParseSpan reads "08:00-17:00" into minutes after midnight. "24:00" is the end of the day. The end may lie
// before the start only for quiet hours, which pass midnight; callers that forbid it check.
func ParseSpan(s string) (from, to int, err error) {
	a, b, ok := strings.Cut(s, "-")
	if !ok {
		return 0, 0, fmt.Errorf("%q is not a span of hours; write it like 08:00-17:00", s)
	}
	if from, err = parseClock(a); err != nil {
		return 0, 0, err
	}
	if to, err = parseClock(b); err != nil {
		return 0, 0, err
	}
	return from, to, nil
}

func parseClock(s string) (int, error) {
	h, m, ok := strings.Cut(strings.TrimSpace(s), ":")
	hh, err1 := strconv.Atoi(h)
	mm, err2 := strconv.Atoi(m)
	if !ok || err1 != nil || err2 != nil || len(m) != 2 || hh < 0 || mm < 0 || mm > 59 || hh*60+mm > 24*60 {
		return 0, fmt.Errorf("%q is not a time of day; write it like 08:00", strings.TrimSpace(s))
	}
	return hh*60 + mm, nil
}
