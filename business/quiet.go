package business

import "time"

// QuietHours says whether texts that can wait must wait at now: the time on the shop's wall clock lies within
// follow_ups.quiet_hours (its beginning does, its end doesn't).
func (b *Business) QuietHours(now time.Time) bool {
	from, to, err := ParseSpan(b.FollowUps.QuietHours)
	if err != nil {
		return false
	}
	local := now.In(b.Location())
	m := local.Hour()*60 + local.Minute()
	from, to = from%minutesOfDay, to%minutesOfDay
	if from <= to {
		return from <= m && m < to
	}
	return m >= from || m < to
}

// NextAllowed is the first instant from now on outside quiet hours: now itself, or the end of the quiet hours that
// now lies in.
func (b *Business) NextAllowed(now time.Time) time.Time {
	if !b.QuietHours(now) {
		return now
	}
	_, to, err := ParseSpan(b.FollowUps.QuietHours)
	if err != nil {
		return now
	}
	day := now.In(b.Location())
	for range 3 { // today or tomorrow; where clocks go back within quiet hours, possibly the day after
		end := wallClock(day, to%minutesOfDay)
		for _, end := range []time.Time{end, onceMore(end)} {
			if end.After(now) && !b.QuietHours(end) {
				return end
			}
		}
		day = noon(day).AddDate(0, 0, 1)
	}
	return now
}

// onceMore is when the clock shows what it shows at t again, because it was put back; t where it never does.
func onceMore(t time.Time) time.Time {
	_, before := t.Zone()
	_, after := t.Add(2 * time.Hour).Zone()
	again := t.Add(time.Duration(before-after) * time.Second)
	if again.Hour() != t.Hour() || again.Minute() != t.Minute() {
		return t
	}
	return again
}
