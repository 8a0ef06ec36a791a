package scheduling

import (
	"fmt"
	"time"
)

// Reason is why a time is not open, from a closed list. It is kept with the call and told to the caller.
type Reason string

// The reasons, in the order in which rules are asked. The later one is, the nearer the time was to being open.
const (
	UnknownService Reason = "unknown_service" // the business doesn't do that
	NobodySkilled  Reason = "nobody_skilled"  // nobody, or not the technician asked for, has the skill
	ClosedDay      Reason = "closed_day"      // no opening hours that day, or a date closed
	ClosedHours    Reason = "closed_hours"    // the visit doesn't fit into that day's opening hours there
	Past           Reason = "past"            // over already
	TooSoon        Reason = "too_soon"        // before the notice the business wants
	BeyondHorizon  Reason = "beyond_horizon"  // further ahead than the business books
	ForEmergencies Reason = "for_emergencies" // the arrival window there is kept for emergencies
	OffWindow      Reason = "off_window"      // visits begin with the arrival windows, which this is none of
	OffDuty        Reason = "off_duty"        // nobody with the skill works then
	DayFull        Reason = "day_full"        // the day has as many jobs as it may
	WindowFull     Reason = "window_full"     // the arrival window has as many jobs as it may
	Full           Reason = "full"            // everyone with the skill is busy
	Avoided        Reason = "avoided"         // open, but among the times to avoid
	OffGrid        Reason = "off_grid"        // open, but visits are offered to begin on the half hour
)

// Yields says whether the owner's word is enough to have a time in spite of the reason. Where nobody could be there, or
// the time is over, no word helps.
func (r Reason) Yields() bool {
	switch r {
	case ClosedDay, ClosedHours, TooSoon, BeyondHorizon, ForEmergencies, OffWindow, OffDuty, DayFull, WindowFull:
		return true
	}
	return false
}

// nearness orders reasons for choosing the one to tell when several wanted times are not open.
var nearness = map[Reason]int{
	UnknownService: 0, NobodySkilled: 1, ClosedDay: 2, ClosedHours: 3, Past: 4, TooSoon: 5, BeyondHorizon: 6, ForEmergencies: 7, OffWindow: 8,
	OffDuty: 9, DayFull: 10, WindowFull: 11, Full: 12, Avoided: 13, OffGrid: 14,
}

// Refusal says why a wanted time is not open, and what is instead. As an error it is ErrClosed, or ErrTaken when others
// have it: Full, WindowFull and DayFull. No storage was touched then, so the transaction remains good.
type Refusal struct {
	Reason Reason
	// Wanted is the time that was judged: the interval asked for, or the start to be booked as From with To zero. Its
	// date is the closed day, for one.
	Wanted Interval
	// Alternatives are the nearest open times, soonest first, as Offers chooses them. They may be none.
	Alternatives []Slot
}

// Error tells the reason for logs and for the API's users.
func (r *Refusal) Error() string {
	at := ""
	if !r.Wanted.From.IsZero() {
		at = " " + r.Wanted.From.Format(time.RFC3339)
	}
	return fmt.Sprintf("%v: %s%s", r.Unwrap(), r.Reason, at)
}

// Unwrap gives ErrTaken or ErrClosed.
func (r *Refusal) Unwrap() error {
	switch r.Reason {
	case Full, WindowFull, DayFull:
		return ErrTaken
	}
	return ErrClosed
}

// check asks the rules about one start, the skill and who is free aside; "" when they allow it, or yield.
func (s *search) check(start time.Time) Reason {
	if r := s.asks(start); !s.anyway || !r.Yields() {
		return r
	}
	if start.Before(s.now) {
		return Past
	}
	return ""
}

// asks is the first rule that is against a start.
func (s *search) asks(start time.Time) Reason {
	start = start.In(s.b.Location())
	switch {
	case !s.emergency && !s.openFor(start):
		if len(s.b.OpenOn(start)) == 0 {
			return ClosedDay
		}
		return ClosedHours
	case start.Before(s.now):
		return Past
	case start.Before(s.earliest):
		return TooSoon
	case start.After(s.latest):
		return BeyondHorizon
	}
	if !s.fixed() {
		return ""
	}
	switch w, span := windowAt(s.b, start); {
	case w != nil && w.EmergenciesOnly:
		return ForEmergencies
	case w == nil || !start.Equal(span.From):
		return OffWindow
	}
	return ""
}

// nobody is why nobody can have a visit that the rules allow.
func (s *search) nobody(techs []technician, start time.Time) Reason {
	if s.anyOnDuty(techs, start) {
		return Full
	}
	return OffDuty
}

// openFor says whether the whole visit lies in the opening hours.
func (s *search) openFor(start time.Time) bool {
	end := start.Add(s.duration)
	for _, span := range openSpans(s.b, start.Add(-s.duration), end) {
		if !start.Before(span.From) && !end.After(span.To) {
			return true
		}
	}
	return false
}

// whyNot finds why nothing of a wanted interval is open. It asks each start that the opening hours would allow and
// takes the reason of the one nearest to being open.
func (s *search) whyNot(w Interval, techs []technician) Reason {
	if !w.To.IsZero() && !w.To.After(s.now) {
		return Past
	}
	if today := midnight(s.now); w.From.Before(today) {
		w.From = today
	}
	if w.From.After(s.latest) {
		return BeyondHorizon
	}
	if w.To.IsZero() || w.To.After(s.latest) {
		w.To = s.latest.Add(1)
	}
	s.rewind(techs)
	why := ClosedDay
	raise := func(r Reason) {
		if nearness[r] > nearness[why] {
			why = r
		}
	}
	judge := func(start time.Time) {
		switch r := s.check(start); {
		case r != "":
			raise(r)
		case s.crowded(start) != "":
			raise(s.crowded(start))
		case s.choose(techs, start) == nil:
			raise(s.nobody(techs, start))
		case !s.asksFor(start):
			raise(Avoided)
		default:
			raise(OffGrid)
		}
	}
	none := true
	for start := range s.starts(w.From, w.To.Add(-1)) {
		none = false
		judge(start)
	}
	if none {
		judge(w.From)
		for day := noon(w.From.In(s.b.Location())); midnight(day).Before(w.To); day = day.AddDate(0, 0, 1) {
			if len(s.b.OpenOn(day)) > 0 {
				raise(ClosedHours)
				break
			}
		}
	}
	return why
}
