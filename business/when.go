package business

import (
	"fmt"
	"strings"
	"time"
)

// Times that have a name.
const (
	HoursAlways  = "always"
	HoursOpen    = "open"    // during opening hours
	HoursClosed  = "closed"  // outside of them, holidays included
	HoursHoliday = "holiday" // the dates of hours.closed
)

// stretch is a span of the wall clock on some weekdays, in minutes after midnight. One that ends before it begins
// passes midnight and belongs to the day it begins on.
type stretch struct {
	days     [7]bool // by time.Weekday
	from, to int
}

// weekdays are the names of days in files, by time.Weekday.
var weekdays = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// Fits says whether now is one of the times that some words of the business file mean: "always", "open", "closed",
// "holiday", or hours of the shop's wall clock on some days, "mon-fri 12:00-13:00"; "sat,sun 22:00-06:00" passes
// midnight, "12:00-13:00" is every day. Several are told apart by semicolons. No words fit at no time.
func (b *Business) Fits(words string, now time.Time) bool {
	switch words {
	case HoursAlways:
		return true
	case HoursOpen:
		return b.IsOpen(now)
	case HoursClosed:
		return !b.IsOpen(now)
	case HoursHoliday:
		return b.ClosedDate(now)
	}
	stretches, err := parseWhen(words)
	if err != nil {
		return false // Parse refused such a file
	}
	local := now.In(b.Location())
	for _, s := range stretches {
		if s.holds(local) {
			return true
		}
	}
	return false
}

func (s *stretch) holds(local time.Time) bool {
	m, today := local.Hour()*60+local.Minute(), local.Weekday()
	if s.from < s.to {
		return s.days[today] && s.from <= m && m < s.to
	}
	yesterday := (today + 6) % 7
	return s.days[today] && m >= s.from || s.days[yesterday] && m < s.to
}

// parseWhen reads hours on days.
func parseWhen(words string) ([]stretch, error) {
	var out []stretch
	for _, part := range strings.Split(words, ";") {
		var s stretch
		fields := strings.Fields(part)
		if len(fields) == 0 || len(fields) > 2 {
			return nil, errNotWhen(words)
		}
		var err error
		if s.from, s.to, err = ParseSpan(fields[len(fields)-1]); err != nil {
			return nil, errNotWhen(words)
		}
		if s.from == s.to {
			return nil, fmt.Errorf("%s ends when it begins", quote(words))
		}
		days := "sun-sat"
		if len(fields) == 2 {
			days = fields[0]
		}
		if !s.on(days) {
			return nil, errNotWhen(words)
		}
		out = append(out, s)
	}
	return out, nil
}

func errNotWhen(words string) error {
	return fmt.Errorf("%s is not open, closed, holiday, always or hours like mon-fri 08:00-12:00", quote(words))
}

// on marks days: "mon", "mon-fri", "mon,wed-fri".
func (s *stretch) on(words string) bool {
	for _, part := range strings.Split(words, ",") {
		from, to, several := strings.Cut(part, "-")
		if !several {
			to = from
		}
		first, last := weekday(from), weekday(to)
		if first < 0 || last < 0 {
			return false
		}
		for d := first; ; d = (d + 1) % 7 {
			s.days[d] = true
			if d == last {
				break
			}
		}
	}
	return true
}

// weekday finds a day by its name in files; -1 when it is none.
func weekday(name string) int {
	for i, w := range weekdays {
		if w == name {
			return i
		}
	}
	return -1
}
