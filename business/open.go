package business

import (
	"slices"
	"time"
)

// Span is a half-open stretch of instants, From <= t < To.
type Span struct{ From, To time.Time }

// OpenOn gives the opening hours of the day that holds t in the shop's zone, in order; none when closed. Spans that
// touch come as one. Wall-clock times are resolved in the zone, so days on which clocks change keep their posted
// hours; a posted time that the clocks skip stands for the moment of the change.
func (b *Business) OpenOn(t time.Time) []Span {
	t = t.In(b.Location())
	if b.ClosedDate(t) {
		return nil
	}
	return spansOn(t, b.Hours.Weekday(t.Weekday()))
}

// spansOn puts the spans of a weekday on the date of t, in t's zone.
func spansOn(t time.Time, day []string) []Span {
	var out []Span
	for _, s := range day {
		from, to, err := ParseSpan(s)
		if err != nil {
			continue // Parse refused such a file
		}
		span := Span{wallClock(t, from), wallClock(t, to)}
		switch last := len(out) - 1; {
		case !span.From.Before(span.To): // skipped by a change of clocks
		case last >= 0 && out[last].To.Equal(span.From):
			out[last].To = span.To
		default:
			out = append(out, span)
		}
	}
	return out
}

// ClosedDate says whether the date of t in the shop's zone is on the list of dates closed, such as holidays.
func (b *Business) ClosedDate(t time.Time) bool {
	if len(b.Hours.Closed) == 0 {
		return false
	}
	return slices.Contains(b.Hours.Closed, t.In(b.Location()).Format(time.DateOnly))
}

// IsOpen says whether the shop is open at t.
func (b *Business) IsOpen(t time.Time) bool {
	for _, s := range b.OpenOn(t) {
		if !t.Before(s.From) && t.Before(s.To) {
			return true
		}
	}
	return false
}

// Weekday gives the spans of a weekday.
func (h *Hours) Weekday(d time.Weekday) []string {
	return [...][]string{h.Sun, h.Mon, h.Tue, h.Wed, h.Thu, h.Fri, h.Sat}[d]
}

// wallClock is the instant at which the clocks of t's zone show a number of minutes after midnight on t's date.
// A time they skip gives the moment of the change; a time they show twice gives the first.
func wallClock(t time.Time, minutes int) time.Time {
	y, m, d := t.Date()
	at := time.Date(y, m, d, 0, minutes, 0, 0, t.Location())
	if at.Hour()*60+at.Minute() == minutes%minutesOfDay {
		return at
	}
	start, end := at.ZoneBounds() // time.Date landed an hour before the change or after it
	if !end.IsZero() && end.Sub(at) < at.Sub(start) {
		return end
	}
	return start
}

// noon is the middle of t's date, from which adding days always lands on the next date, also when clocks change.
func noon(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 12, 0, 0, 0, t.Location())
}
