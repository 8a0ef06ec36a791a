package scheduling

import (
	"time"

	"fixly/business"
)

// The grids that visits are offered on, in minutes of the shop's wall clock. Booking asks for whole minutes only: an
// owner may well want a quarter past.
const (
	grid          = 30
	emergencyGrid = 15
)

// openSpans gives the opening hours of the dates from the one that holds from to the one after to, in order. Hours
// that go on over midnight are one span.
func openSpans(b *business.Business, from, to time.Time) []business.Span {
	var out []business.Span
	last := noon(to.In(b.Location())).AddDate(0, 0, 1)
	for day := noon(from.In(b.Location())); !day.After(last); day = day.AddDate(0, 0, 1) {
		out = joinSpans(out, b.OpenOn(day))
	}
	return out
}

// joinSpans appends the spans of a day, the first to the last of the day before where they touch.
func joinSpans(spans, day []business.Span) []business.Span {
	for _, s := range day {
		if n := len(spans); n > 0 && spans[n-1].To.Equal(s.From) {
			spans[n-1].To = s.To
			continue
		}
		spans = append(spans, s)
	}
	return spans
}

// noon is the middle of t's date, from which adding days always lands on the next date, also when clocks change.
func noon(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 12, 0, 0, 0, t.Location())
}

// midnight is the beginning of t's date.
func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// onGrid is the first instant from t on at which the wall clock of t's zone shows a multiple of step minutes past
// the hour.
func onGrid(t time.Time, step int) time.Time {
	if past := time.Duration(t.Second())*time.Second + time.Duration(t.Nanosecond()); past > 0 {
		t = t.Add(time.Minute - past)
	}
	if off := t.Minute() % step; off > 0 {
		t = t.Add(time.Duration(step-off) * time.Minute)
	}
	return t
}
