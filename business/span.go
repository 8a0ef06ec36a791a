package business

import (
	"fmt"
	"strconv"
	"strings"
)

// minutesOfDay is the length of a day on the wall clock.
const minutesOfDay = 24 * 60

// ParseSpan reads "08:00-17:00" into minutes after midnight, 0 to 1440. "24:00" is the end of the day. The end may
// lie before the start only for quiet hours, which pass midnight; callers that forbid it check.
func ParseSpan(s string) (from, to int, err error) {
	a, b, ok := strings.Cut(s, "-")
	if !ok {
		return 0, 0, fmt.Errorf("%q is not a span of hours; write it like 08:00-17:00", printable(s))
	}
	if from, err = parseClock(a); err != nil {
		return 0, 0, err
	}
	if to, err = parseClock(b); err != nil {
		return 0, 0, err
	}
	return from, to, nil
}

// parseClock reads "08:00" or "8:00".
func parseClock(s string) (int, error) {
	s = strings.TrimSpace(s)
	h, m, ok := strings.Cut(s, ":")
	hh, err1 := strconv.ParseUint(h, 10, 8)
	mm, err2 := strconv.ParseUint(m, 10, 8)
	if !ok || err1 != nil || err2 != nil || len(h) > 2 || len(m) != 2 || mm > 59 || hh*60+mm > minutesOfDay {
		return 0, fmt.Errorf("%q is not a time of day; write it like 08:00", printable(s))
	}
	return int(hh*60 + mm), nil
}
