package business

import (
	"fmt"
	"time"
)

// Bounds of the rules for booking: what lies beyond is a slip of the pen.
const (
	maxCount = 1000
	maxCrew  = 2
)

// MaxDays is on how many days the work of one service may be done.
const MaxDays = 10

// windows checks the arrival windows: named, apart, and within the opening hours of some day unless they are for
// emergencies alone.
func (c *checker) windows() {
	names := make([]string, len(c.b.Scheduling.Windows))
	for i, w := range c.b.Scheduling.Windows {
		key := fmt.Sprintf("scheduling.windows[%d]", i)
		names[i] = w.Name
		c.count(key+".capacity", w.Capacity, maxCount)
		from, _, err := ParseSpan(w.Hours)
		switch {
		case err != nil:
			c.bad(key+".hours", "%s", err)
			continue
		case from == minutesOfDay:
			c.bad(key+".hours", "%s begins with the next day; write 00:00", quote(w.Hours))
			continue
		case w.length() < 15*time.Minute || w.length() > 12*time.Hour:
			c.bad(key+".hours", "must last from 15m to 12h, but %s lasts %s", quote(w.Hours), Duration(w.length()))
			continue
		}
		for j := range i {
			if other := &c.b.Scheduling.Windows[j]; w.overlaps(other) {
				c.bad(key+".hours", "%s overlaps scheduling.windows[%d]", quote(w.Hours), j)
				break
			}
		}
		if !w.EmergenciesOnly && !c.b.Hours.everOpenAt(from) {
			c.badFor("hours", key+".hours", "the business is never open at the beginning of %s", quote(w.Hours))
		}
	}
	c.distinctNames("scheduling.windows", names)
}

// rulesOf checks how the work of a service is booked.
func (c *checker) rulesOf(key string, s *Service) {
	c.count(key+".crew", s.Crew, maxCrew)
	if s.Crew <= maxCrew && s.Crew > len(c.b.Team) && len(c.b.Team) > 0 {
		c.badFor("team", key+".crew", "a crew of %d needs as many technicians; the team has %d", s.Crew, len(c.b.Team))
	}
	c.count(key+".days", s.Days, MaxDays)
	if s.QuoteFirst == "" {
		return
	}
	switch first := c.b.Service(s.QuoteFirst); {
	case first == nil:
		c.bad(key+".quote_first", "%s is none of the services", quote(s.QuoteFirst))
	case fold(first.Name) == fold(s.Name):
		c.bad(key+".quote_first", "a service can't come before itself")
	case first.QuoteFirst != "":
		c.bad(key+".quote_first", "%s wants a visit of another service first itself", quote(s.QuoteFirst))
	}
}

func (c *checker) overbooking() {
	if e := &c.b.Emergencies; e.Overbook || e.OverbookWithin != 0 {
		c.length("emergencies.overbook_within", e.OverbookWithin, 0, dayLength)
	}
}

// everOpenAt says whether the shop is open at a minute of the day on some day of a usual week.
func (h *Hours) everOpenAt(minute int) bool {
	for _, d := range h.days() {
		for _, s := range d.spans {
			if from, to, err := ParseSpan(s); err == nil && from <= minute && minute < to {
				return true
			}
		}
	}
	return false
}
