package ledger

import (
	"fmt"
	"time"
)

// Month is a month of a statement, in the shop's zone. A booking belongs to the month in which it was counted.
type Month struct {
	Year  int
	Month time.Month
}

// MonthOf is the month that an instant lies in.
func MonthOf(t time.Time, zone *time.Location) Month {
	t = t.In(zone)
	return Month{t.Year(), t.Month()}
}

// ParseMonth reads "2026-11".
func ParseMonth(s string) (Month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil || t.Year() < 2000 || t.Year() > 2999 {
		return Month{}, fmt.Errorf("ledger: %q is no month such as 2026-11", s)
	}
	return Month{t.Year(), t.Month()}, nil
}

// Bounds are the instants at which it begins and the next one does.
func (m Month) Bounds(zone *time.Location) (from, to time.Time) {
	return time.Date(m.Year, m.Month, 1, 0, 0, 0, 0, zone), time.Date(m.Year, m.Month+1, 1, 0, 0, 0, 0, zone)
}

// Next is the month after it, Before the one before.
func (m Month) Next() Month { return m.plus(1) }

// Before is the month before it.
func (m Month) Before() Month { return m.plus(-1) }

func (m Month) plus(n int) Month {
	t := time.Date(m.Year, m.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return Month{t.Year(), t.Month()}
}

// String is "2026-11".
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year, m.Month) }

// Name is "November 2026".
func (m Month) Name() string { return fmt.Sprintf("%s %d", m.Month, m.Year) }
