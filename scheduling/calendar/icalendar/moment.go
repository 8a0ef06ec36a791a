package icalendar

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The forms of dates and times, section 3.3.4 and 3.3.5.
const (
	dateForm  = "20060102"
	localForm = "20060102T150405"
	utcForm   = "20060102T150405Z"
)

// errValue says that a value is none of its kind.
var errValue = errors.New("icalendar: not a value of its kind")

// UTC writes an instant, in whole seconds.
func UTC(t time.Time) string { return t.UTC().Format(utcForm) }

// Date writes the day of t, in t's zone.
func Date(t time.Time) string { return t.Format(dateForm) }

// moment is a date or a time as written: what a clock on the wall shows (in UTC's clothes), and where the wall is.
type moment struct {
	wall time.Time
	zone *zone
	day  bool // a date
}

// at is the instant.
func (m moment) at() time.Time { return m.zone.instant(m.wall) }

// moment reads a value of a property.
func (z *zones) moment(p *Prop, value string) (moment, error) {
	var form string
	m := moment{zone: z.floating}
	switch len(value) {
	case len(dateForm):
		form, m.day = dateForm, true
	case len(localForm):
		form = localForm
		if id := p.Param("TZID"); id != "" {
			m.zone = z.find(id)
		}
	case len(utcForm):
		form, m.zone = utcForm, inUTC
	default:
		return moment{}, fmt.Errorf("%w: a date or time of %d characters", errValue, len(value))
	}
	if form == localForm && strings.HasSuffix(value, "60") {
		value = value[:len(value)-2] + "59" // a leap second, which Go's clock doesn't have
	}
	t, err := time.Parse(form, value)
	if err != nil || t.Year() < 1 {
		return moment{}, fmt.Errorf("%w: a date or time", errValue)
	}
	m.wall = t
	return m, nil
}

// length is how long something lasts: days of the calendar, which may have 23 hours, and time.
type length struct {
	days int
	time time.Duration
}

// longestEvent is the longest that anything is believed to last, in days.
const longestEvent = 20 * 366

// after gives the instant that is so long after a moment.
func (l length) after(m moment) time.Time {
	m.wall = m.wall.AddDate(0, 0, l.days)
	return m.at().Add(l.time)
}

// parseLength reads a duration that is not negative, section 3.3.6.
func parseLength(s string) (length, error) {
	var l length
	rest, ok := strings.CutPrefix(strings.TrimPrefix(strings.ToUpper(s), "+"), "P")
	if !ok || rest == "" {
		return l, fmt.Errorf("%w: a duration", errValue)
	}
	inTime := false
	for rest != "" {
		if !inTime && rest[0] == 'T' {
			inTime, rest = true, rest[1:]
			continue
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
		if end < 1 || end > 9 {
			return l, fmt.Errorf("%w: a duration", errValue)
		}
		n, err := strconv.Atoi(rest[:end])
		if err != nil {
			return l, fmt.Errorf("%w: a duration", errValue)
		}
		switch unit := rest[end]; {
		case !inTime && unit == 'W':
			l.days += 7 * n
		case !inTime && unit == 'D':
			l.days += n
		case inTime && unit == 'H':
			l.time += time.Duration(n) * time.Hour
		case inTime && unit == 'M':
			l.time += time.Duration(n) * time.Minute
		case inTime && unit == 'S':
			l.time += time.Duration(n) * time.Second
		default:
			return l, fmt.Errorf("%w: a duration", errValue)
		}
		rest = rest[end+1:]
		if l.days > longestEvent || l.time > longestEvent*24*time.Hour || l.time < 0 {
			return l, fmt.Errorf("%w: a duration of decades", errValue)
		}
	}
	return l, nil
}
