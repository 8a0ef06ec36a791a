package scheduling

import (
	"iter"
	"slices"
	"time"

	"fixly/business"
)

// fixed says whether visits begin with the arrival windows of the shop. Emergencies don't.
func (s *search) fixed() bool { return len(s.b.Scheduling.Windows) > 0 && !s.emergency }

// startsOfWindows gives the beginnings of the arrival windows from from to to, both included, at which a visit keeps
// within the opening hours, in order.
func (s *search) startsOfWindows(from, to time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		if to.Before(from) {
			return
		}
		last := noon(to.In(s.b.Location()))
		for day := noon(from.In(s.b.Location())); !day.After(last); day = day.AddDate(0, 0, 1) {
			for _, start := range s.windowsOn(day) {
				if !start.Before(from) && !start.After(to) && s.openFor(start) && !yield(start) {
					return
				}
			}
		}
	}
}

// windowsOn are the beginnings of a date's windows that are not for emergencies alone, in order.
func (s *search) windowsOn(day time.Time) []time.Time {
	var out []time.Time
	for i := range s.b.Scheduling.Windows {
		w := &s.b.Scheduling.Windows[i]
		if span := w.On(day); !w.EmergenciesOnly && span.From.Before(span.To) {
			out = append(out, span.From)
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.CompactFunc(out, time.Time.Equal) // a change of clocks may let two begin at once
}

// windowAt is the arrival window that an instant lies in, with its place in time; nil when it lies in none. One that
// began the day before may go on past midnight.
func windowAt(b *business.Business, t time.Time) (*business.Window, business.Span) {
	t = t.In(b.Location())
	for _, day := range []time.Time{t, noon(t).AddDate(0, 0, -1)} {
		for i := range b.Scheduling.Windows {
			w := &b.Scheduling.Windows[i]
			if span := w.On(day); !t.Before(span.From) && t.Before(span.To) {
				return w, span
			}
		}
	}
	return nil, business.Span{}
}

// afterEmergencies is the first instant from t on that lies in no window kept for emergencies.
func afterEmergencies(b *business.Business, t time.Time) time.Time {
	for range b.Scheduling.Windows { // one may follow upon another
		if w, span := windowAt(b, t); w != nil && w.EmergenciesOnly {
			t = span.To
		}
	}
	return t.In(b.Location())
}

// load is how many visits there are, to keep windows and days from having more than they may.
type load struct {
	b      *business.Business
	visits []time.Time // when each begins, in order: once for a crew, once on each day
}

// newLoad counts; nothing where the shop sets no limits.
func newLoad(b *business.Business, busy []Busy) load {
	l := load{b: b}
	if !limited(b) {
		return l
	}
	type visit struct {
		id   string
		from int64
	}
	seen := make(map[visit]bool, len(busy))
	for _, stretch := range busy {
		v := visit{stretch.Visit, stretch.From.UnixMilli()}
		if stretch.Visit == "" || seen[v] {
			continue
		}
		seen[v] = true
		l.visits = append(l.visits, stretch.From)
	}
	slices.SortFunc(l.visits, time.Time.Compare)
	return l
}

// limited says whether windows or days of the shop have a limit.
func limited(b *business.Business) bool {
	return b.Scheduling.DailyCap > 0 || slices.ContainsFunc(b.Scheduling.Windows, func(w business.Window) bool { return w.Capacity > 0 })
}

// counted says whether what may be booked depends on how many visits there are, or on whose they are: the calendar has to
// be locked then before it is read.
func counted(b *business.Business) bool {
	return limited(b) || b.Emergencies.Overbook || slices.ContainsFunc(b.Team, func(m business.Member) bool { return m.DailyCap > 0 })
}

// full says why no further visit may begin at a time; "" when one may. Emergencies are bounded by the windows that are
// theirs alone.
func (l *load) full(start time.Time, emergency bool) Reason {
	if l.b == nil || !limited(l.b) {
		return ""
	}
	w, span := windowAt(l.b, start)
	if w != nil && w.Capacity > 0 && (w.EmergenciesOnly || !emergency) && countBetween(l.visits, span.From, span.To) >= w.Capacity {
		return WindowFull
	}
	if most := l.b.Scheduling.DailyCap; most > 0 && !emergency {
		day := midnight(start.In(l.b.Location()))
		if countBetween(l.visits, day, midnight(noon(day).AddDate(0, 0, 1))) >= most {
			return DayFull
		}
	}
	return ""
}

// crowded says why no visit may begin at a start for the number of others.
func (s *search) crowded(start time.Time) Reason {
	if s.anyway {
		return ""
	}
	return s.load.full(start, s.emergency)
}

// uncapped says that nobody has too many visits for this one.
func (s *search) uncapped() bool { return s.emergency || s.anyway }

// roomLater says whether the days after the first have room for one more.
func (s *search) roomLater(parts []Interval) bool {
	return s.uncapped() || !slices.ContainsFunc(parts[1:], func(p Interval) bool { return s.load.full(p.From, false) != "" })
}
