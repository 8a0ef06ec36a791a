package dashboard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The calendar is drawn in rows of a quarter of an hour. The pages' policy allows no styles in a page, so each place is
// a class: gridStyles has them all.

const (
	quarter      = 15 // minutes of a row
	quartersADay = 24 * 60 / quarter
	maxLanes     = 6 // things side by side; more share a lane
)

// rowSpan is what something covers of a day: rows from, included, to, excluded; at least one.
type rowSpan struct{ from, to int }

// rowsOf is what an interval covers of a day by the clock on the wall; false when nothing of it.
func rowsOf(day, from, to time.Time) (rowSpan, bool) {
	next := day.AddDate(0, 0, 1)
	if !from.Before(next) || !day.Before(to) {
		return rowSpan{}, false
	}
	s := rowSpan{wallMinute(day, next, from) / quarter, (wallMinute(day, next, to) + quarter - 1) / quarter}
	// On the day the clocks go back an hour comes twice, and something may end before it began by the clock.
	s.to = max(s.to, s.from+1)
	return s, true
}

// wallMinute is how many minutes after midnight the clock shows at t, within the day from midnight to midnight.
func wallMinute(midnight, next, t time.Time) int {
	t = t.In(midnight.Location())
	switch {
	case !t.After(midnight):
		return 0
	case !t.Before(next):
		return 24 * 60
	}
	return t.Hour()*60 + t.Minute()
}

// class is the place of a stretch on a calendar whose first row is one of the day's.
func (s rowSpan) class(first int) string { return fmt.Sprintf("r%d s%d", s.from-first, s.to-s.from) }

// lane is a place beside others that are there at the same time.
type lane struct{ at, of int }

func (l lane) class() string {
	if l.of == 1 {
		return ""
	}
	return fmt.Sprintf(" l%dof%d", l.at, l.of)
}

// lanes finds each stretch a lane of its own among those that it overlaps, if only through others.
func lanes(all []rowSpan) []lane {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(all[a].from, all[b].from), cmp.Compare(all[b].to, all[a].to))
	})
	out := make([]lane, len(all))
	var cluster []int // what is in each other's way by now
	var ends []int    // of the last thing in each lane
	finish := func() {
		for _, i := range cluster {
			out[i].of = min(len(ends), maxLanes)
			out[i].at %= maxLanes
		}
		cluster, ends = nil, nil
	}
	for _, i := range order {
		if len(ends) > 0 && slices.Max(ends) <= all[i].from {
			finish()
		}
		free := slices.IndexFunc(ends, func(end int) bool { return end <= all[i].from })
		if free < 0 {
			free = len(ends)
			ends = append(ends, 0)
		}
		ends[free] = all[i].to
		out[i].at = free
		cluster = append(cluster, i)
	}
	finish()
	return out
}

// gridStyles is the style sheet with a class for each place on the calendar.
func gridStyles() []byte {
	var b strings.Builder
	for i := range quartersADay {
		fmt.Fprintf(&b, ".r%d{grid-row-start:%d}.s%d{grid-row-end:span %d}\n", i, i+1, i+1, i+1)
	}
	for of := 2; of <= maxLanes; of++ {
		for at := range of {
			fmt.Fprintf(&b, ".l%dof%d{margin-left:calc(100%%*%d/%d);width:calc(100%%/%d)}\n", at, of, at, of, of)
		}
	}
	return []byte(b.String())
}
