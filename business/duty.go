package business

import (
	"fmt"
	"strings"
	"time"
)

// ParseDays reads a date, "2026-12-24", or the first and the last of several, "2026-12-24..2026-12-31". The two come
// back as dates in UTC, both included.
func ParseDays(s string) (first, last time.Time, err error) {
	from, to, several := strings.Cut(s, "..")
	if !several {
		to = from
	}
	first, err = time.Parse(time.DateOnly, from)
	if err == nil {
		last, err = time.Parse(time.DateOnly, to)
	}
	switch {
	case err != nil:
		return first, last, fmt.Errorf("%s is not a date; write it like 2026-12-24, or several like 2026-12-24..2026-12-31", quote(s))
	case last.Before(first):
		return first, last, fmt.Errorf("%s ends before it begins", quote(s))
	}
	return first, last, nil
}

// IsOff says whether the date of t, in t's own zone, is one of the member's days off.
func (m *Member) IsOff(t time.Time) bool {
	if len(m.Off) == 0 {
		return false
	}
	date := t.Format(time.DateOnly)
	for _, s := range m.Off {
		first, last, err := ParseDays(s)
		// Parse refused such a file. Dates in this form sort as texts do.
		if err == nil && date >= first.Format(time.DateOnly) && date <= last.Format(time.DateOnly) {
			return true
		}
	}
	return false
}

// HasHours says whether the member works other hours than the shop.
func (m *Member) HasHours() bool {
	for _, d := range m.Hours.days() {
		if len(d.spans) > 0 {
			return true
		}
	}
	return false
}

// OnDuty gives the hours that a member with hours of their own works on the date of t, in t's own zone, in order, as
// OpenOn does for the shop.
func (m *Member) OnDuty(t time.Time) []Span {
	if m.IsOff(t) {
		return nil
	}
	h := &m.Hours
	week := [...][]string{h.Sun, h.Mon, h.Tue, h.Wed, h.Thu, h.Fri, h.Sat}
	return spansOn(t, week[t.Weekday()])
}
