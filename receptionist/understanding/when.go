package understanding

import (
	"slices"
	"time"

	m "fixly/receptionist/understanding/meaning"
)

// momentLength is how long the interval is that stands for a clock time, in minutes.
const momentLength = 60

// openHours are the first opening and last closing of a day.
func (r *timeReader) openHours(d m.Day) m.OpenHours { return r.u.now.Hours[d.Weekday()] }

// when resolves what was folded into intervals of the shop's zone.
func (r *timeReader) when() When {
	var out When
	if len(r.wanted) == 0 && len(r.pending) > 0 {
		r.wanted = append(r.wanted, wish{hours: r.pending})
	}
	out.Impossible = r.wrong
	for _, w := range r.wanted {
		out.DaySaid = out.DaySaid || w.hasDays
		out.HoursSaid = out.HoursSaid || len(w.hours) > 0
		for _, h := range w.hours {
			if h.Moment {
				out.Kind = TimeMoment
			}
		}
		out.Wanted = appendNew(out.Wanted, r.intervals(w))
		out.Other = append(out.Other, r.otherReading(w)...)
	}
	for _, w := range r.excluded {
		out.Excluded = appendNew(out.Excluded, r.intervals(w))
	}
	if r.beyondOffers() {
		out.Wanted = r.afterOffers(out.Wanted)
	}
	switch {
	case len(out.Wanted) > 0:
		if out.Kind == TimeNone {
			out.Kind = TimeDay
		}
	case r.special == m.Soonest:
		out.Kind = TimeSoonest
		out.Wanted = []TimeInterval{{From: r.u.ctx.Now.In(r.u.zone)}}
	case r.special == m.Any:
		out.Kind = TimeAny
	case r.special == m.Later:
		out.Kind = TimeLater
	case r.special == m.Earlier:
		out.Kind = TimeEarlier
	}
	return out
}

// beyondOffers says whether days are wished for that lie after the times on the table: "anything later this week".
func (r *timeReader) beyondOffers() bool {
	if r.special != m.Later || len(r.u.ctx.Offers) == 0 || len(r.wanted) == 0 {
		return false
	}
	for _, w := range r.wanted {
		if !w.hasDays || len(w.hours) > 0 {
			return false
		}
	}
	pick, _ := r.u.pickWords()
	return pick == nil // "the later one on tuesday" takes one
}

// afterOffers is what of some stretches lies after the day of the last time on the table, or else after that time.
func (r *timeReader) afterOffers(in []TimeInterval) []TimeInterval {
	last := r.u.ctx.Offers[extreme(r.u.ctx.Offers, false)].In(r.u.zone)
	if out := after((m.DayOf(last)+1).At(0, r.u.zone), in); len(out) > 0 {
		return out
	}
	return after(last.Add(time.Minute), in)
}

func after(last time.Time, in []TimeInterval) []TimeInterval {
	var out []TimeInterval
	for _, i := range in {
		if i.From.Before(last) {
			i.From = last
		}
		if i.To.IsZero() || i.From.Before(i.To) {
			out = append(out, i)
		}
	}
	return out
}

func appendNew(have, more []TimeInterval) []TimeInterval {
	for _, i := range more {
		if !slices.Contains(have, i) {
			have = append(have, i)
		}
	}
	return have
}

// intervals are the stretches of time that a wish means.
func (r *timeReader) intervals(w wish) []TimeInterval {
	zone := r.u.zone
	if !w.hasDays {
		var out []TimeInterval
		for _, h := range w.hours {
			out = append(out, r.soonestDay(h))
		}
		return out
	}
	if len(w.hours) == 0 {
		i := TimeInterval{From: w.days.From.At(0, zone)}
		if w.days.Ahead {
			i.From = later(i.From, r.u.ctx.Now.In(zone))
		}
		if w.days.To > 0 {
			i.To = w.days.To.At(0, zone)
		}
		return []TimeInterval{i}
	}
	to := w.days.To
	if to == 0 {
		to = w.days.From + 14
	}
	several := to-w.days.From > 1
	var out []TimeInterval
	for d := w.days.From; d < to && len(out) < 62; d++ {
		if several && (d < r.u.now.Today || r.openHours(d).To == 0) {
			continue
		}
		for _, h := range w.hours {
			out = append(out, r.onDay(h, d))
		}
	}
	return out
}

// otherReading is what a wish means on the day that was rather not meant, where its day has two readings.
func (r *timeReader) otherReading(w wish) []TimeInterval {
	if !w.hasDays {
		return nil
	}
	readings := w.days.Readings()
	if len(readings) < 2 {
		return nil
	}
	w.days = readings[1]
	return r.intervals(w)
}

// soonestDay puts hours without a day on the first open day on which they still lie ahead.
func (r *timeReader) soonestDay(h m.Hours) TimeInterval {
	now := r.u.ctx.Now
	d := r.u.now.Today
	for i := range m.Day(8) {
		t := r.onDay(h, d+i)
		ahead := t.To.After(now)
		if h.Moment && !h.Vague {
			ahead = !t.From.Before(now)
		}
		if ahead && (r.openHours(d+i).To > 0 || i == 7) {
			return t
		}
	}
	return r.onDay(h, d+1)
}

// onDay puts hours on a day.
func (r *timeReader) onDay(h m.Hours, d m.Day) TimeInterval {
	twelve := h.Twelve
	h = h.Settle(r.openHours(d))
	if twelve && d == r.u.now.Today && h.Limit != m.Before && h.End() <= r.u.now.Minute && h.End()+12*60 <= 20*60 {
		h.From, h.To = h.From+12*60, h.To+12*60 // "today from seven to seven thirty", said at ten
	}
	from, to := h.From, h.End()
	switch {
	case h.Moment && h.Vague:
		from, to = from-30, from+momentLength
	case h.Moment:
		to = from + momentLength
	case h.Vague:
		from, to = max(0, from-30), min(to+30, 24*60)
	}
	out := TimeInterval{From: d.At(from, r.u.zone), To: d.At(to, r.u.zone)}
	if h.Limit == m.Before && d == r.u.now.Today { // "by two", said in the morning, begins now
		if now := r.u.ctx.Now.In(r.u.zone).Truncate(time.Minute); now.Before(out.To) {
			out.From = later(out.From, now)
		}
	}
	return out
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// On reads a wish that named no day as being about the days of an earlier one: "in the morning", after "tuesday".
// A wish that names days is returned as it is.
func (w When) On(earlier When) When {
	if w.DaySaid || !w.HoursSaid || !earlier.DaySaid || len(w.Wanted) == 0 {
		return w
	}
	out := w
	out.DaySaid = true
	out.Wanted, out.Other = onDays(w.Wanted, earlier.Wanted), onDays(w.Wanted, earlier.Other)
	return out
}

// onDays puts hours on each day of some stretches.
func onDays(hours, stretches []TimeInterval) []TimeInterval {
	var out []TimeInterval
	for _, e := range stretches {
		if e.From.IsZero() {
			continue
		}
		end := e.To
		if limit := e.From.AddDate(0, 0, 14); end.IsZero() || end.After(limit) {
			end = limit
		}
		y, mo, d := e.From.Date()
		for day := time.Date(y, mo, d, 0, 0, 0, 0, e.From.Location()); day.Before(end); day = day.AddDate(0, 0, 1) {
			for _, h := range hours {
				out = appendNew(out, []TimeInterval{onSameClock(h, day)})
			}
		}
	}
	return out
}

// onSameClock moves an interval to another day at the same wall-clock times.
func onSameClock(i TimeInterval, day time.Time) TimeInterval {
	y, mo, d := day.Date()
	at := func(t time.Time, plus int) time.Time {
		return time.Date(y, mo, d+plus, t.Hour(), t.Minute(), 0, 0, t.Location())
	}
	out := TimeInterval{From: at(i.From, 0)}
	if !i.To.IsZero() {
		plus := 0
		if i.To.Day() != i.From.Day() {
			plus = 1
		}
		out.To = at(i.To, plus)
	}
	return out
}
