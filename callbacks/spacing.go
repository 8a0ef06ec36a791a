package callbacks

import (
	"time"

	"fixly/business"
)

// NextAttempt is when a callback that was tried at an instant, and had so many attempts by then (c.Attempts, this one
// included), is tried again; more is false after the last attempt that the shop makes.
//
// The pauses grow, as the shop has them. From the third attempt on the caller's own hour is waited for: whoever rang at
// ten past five is more likely at the phone then than at nine. All of them lie where customers may be called.
func NextAttempt(b *business.Business, c *Callback, at time.Time) (next time.Time, more bool) {
	pauses := b.Callbacks.Pauses()
	if c.Attempts > len(pauses) {
		return time.Time{}, false
	}
	earliest := at.Add(pauses[max(c.Attempts, 1)-1])
	if c.Attempts >= 2 {
		if hour := atHourOf(b, c.FirstAt, earliest); hour.Sub(earliest) < 12*time.Hour {
			earliest = hour
		}
	}
	return CallTime(b, earliest), true
}

// BestTimes suggests up to three instants for a call to somebody, soonest first: now, where one may call now, the planned
// attempt, and the hour at which they rang, today or tomorrow.
func BestTimes(b *business.Business, c *Callback, now time.Time) []time.Time {
	var out []time.Time
	add := func(t time.Time) {
		for _, have := range out {
			if t.Sub(have).Abs() < 30*time.Minute {
				return
			}
		}
		out = append(out, t)
	}
	first := CallTime(b, now)
	if c.NextAttemptAt.After(now) {
		first = c.NextAttemptAt
	}
	add(first)
	hour := atHourOf(b, c.FirstAt, first)
	add(CallTime(b, hour))
	add(CallTime(b, atHourOf(b, c.FirstAt, hour.Add(time.Hour))))
	return out
}

// atHourOf is the first instant not before earliest at which the shop's clock shows what it showed at t.
func atHourOf(b *business.Business, t, earliest time.Time) time.Time {
	clock, day := t.In(b.Location()), earliest.In(b.Location())
	for i := range 3 {
		at := time.Date(day.Year(), day.Month(), day.Day()+i, clock.Hour(), clock.Minute(), 0, 0, b.Location())
		if !at.Before(earliest) {
			return at
		}
	}
	return earliest
}
