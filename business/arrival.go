package business

import "time"

// On is the window on the date of t, in t's zone; it may end on the next. Wall-clock times are resolved as those of the
// opening hours are. It is empty where a change of clocks skips the window whole.
func (w *Window) On(t time.Time) Span {
	from, to, err := ParseSpan(w.Hours)
	if err != nil {
		return Span{} // Parse refused such a file
	}
	ends := t
	if to <= from { // past midnight
		ends = noon(t).AddDate(0, 0, 1)
	}
	return Span{wallClock(t, from), wallClock(ends, to)}
}

// length is how long it lasts on a usual day.
func (w *Window) length() time.Duration {
	from, to, err := ParseSpan(w.Hours)
	if err != nil {
		return 0
	}
	if to <= from {
		to += minutesOfDay
	}
	return time.Duration(to-from) * time.Minute
}

// overlaps says whether two windows overlap on some clock, midnight included.
func (w *Window) overlaps(o *Window) bool {
	a, _, err := ParseSpan(w.Hours)
	b, _, err2 := ParseSpan(o.Hours)
	if err != nil || err2 != nil {
		return false
	}
	after := (b - a + minutesOfDay) % minutesOfDay  // from the beginning of w to that of o
	before := (a - b + minutesOfDay) % minutesOfDay // and back
	return time.Duration(after)*time.Minute < w.length() || time.Duration(before)*time.Minute < o.length()
}

// CrewSize is how many go to a visit, at least one.
func (s *Service) CrewSize() int { return max(1, s.Crew) }

// WorkingDays is on how many days the work is done, at least one.
func (s *Service) WorkingDays() int { return max(1, s.Days) }
