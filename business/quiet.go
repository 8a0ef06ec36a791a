package business

import (
	"slices"
	"time"
)

// legalHours are when nobody is to be sent what sells something, where they are: before 8 a.m. and after 9 p.m.
// (47 CFR 64.1200(c)(1)).
const legalHours = "21:00-08:00"

// QuietHours says whether texts that can wait must wait at now: the time on the shop's wall clock lies within
// follow_ups.quiet_hours (its beginning does, its end doesn't).
func (b *Business) QuietHours(now time.Time) bool {
	return quietAt(b.FollowUps.QuietHours, now, b.Location())
}

// NextAllowed is the first instant from now on outside quiet hours: now itself, or the end of the quiet hours that
// now lies in.
func (b *Business) NextAllowed(now time.Time) time.Time {
	return nextAllowed(b.FollowUps.QuietHours, now, b.Location())
}

// NextAllowedIn is NextAllowed by the clocks of somebody who may be in any of some zones: it is quiet where it is quiet in
// one of them. selling adds the hours in which the law lets nobody be sent what sells something.
func (b *Business) NextAllowedIn(now time.Time, selling bool, zones ...*time.Location) time.Time {
	spans := []string{b.FollowUps.QuietHours}
	if selling {
		spans = append(spans, legalHours)
	}
	at := now
	for range maxSteps {
		before := at
		for _, s := range spans {
			for _, z := range zones {
				at = nextAllowed(s, at, z)
			}
		}
		if at.Equal(before) {
			return at
		}
	}
	return at // zones so far apart that it is always quiet somewhere
}

// maxSteps is how often quiet hours can end in one zone and go on in another before a day is over, with room to spare.
const maxSteps = 8

func quietAt(span string, now time.Time, zone *time.Location) bool {
	from, to, err := ParseSpan(span)
	if err != nil {
		return false
	}
	local := now.In(zone)
	m := local.Hour()*60 + local.Minute()
	from, to = from%minutesOfDay, to%minutesOfDay
	if from <= to {
		return from <= m && m < to
	}
	return m >= from || m < to
}

func nextAllowed(span string, now time.Time, zone *time.Location) time.Time {
	if !quietAt(span, now, zone) {
		return now
	}
	_, to, err := ParseSpan(span)
	if err != nil {
		return now
	}
	day := now.In(zone)
	for range 3 { // today or tomorrow; where clocks go back within quiet hours, possibly the day after
		for _, end := range showings(wallClock(day, to%minutesOfDay)) {
			if end.After(now) && !quietAt(span, end, zone) {
				return end
			}
		}
		day = noon(day).AddDate(0, 0, 1)
	}
	return now
}

// showings are the instants at which the clock shows what it shows at t, in order: two where it is put back over that time, of
// which t may be either.
func showings(t time.Time) []time.Time {
	_, at := t.Zone()
	_, before := t.Add(-2 * time.Hour).Zone()
	_, after := t.Add(2 * time.Hour).Zone()
	out := []time.Time{t}
	for _, other := range []int{before, after} {
		again := t.Add(time.Duration(at-other) * time.Second)
		if !again.Equal(t) && again.Hour() == t.Hour() && again.Minute() == t.Minute() {
			out = append(out, again)
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}
