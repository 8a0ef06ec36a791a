package business

import (
	"fmt"
	"time"
)

// day is a weekday's key and spans.
type day struct {
	key   string
	spans []string
}

// days lists the weekdays in the order of the file.
func (h *Hours) days() [7]day {
	return [7]day{
		{"mon", h.Mon}, {"tue", h.Tue}, {"wed", h.Wed}, {"thu", h.Thu}, {"fri", h.Fri}, {"sat", h.Sat}, {"sun", h.Sun},
	}
}

func (h *MemberHours) days() [7]day {
	return [7]day{
		{"mon", h.Mon}, {"tue", h.Tue}, {"wed", h.Wed}, {"thu", h.Thu}, {"fri", h.Fri}, {"sat", h.Sat}, {"sun", h.Sun},
	}
}

// spans checks the hours of a week and says whether there are any.
func (c *checker) spans(hours string, days [7]day) (open bool) {
	for _, d := range days {
		before := -1 // end of the span before
		for i, s := range d.spans {
			key := fmt.Sprintf("%s.%s[%d]", hours, d.key, i)
			open = true
			from, to, err := ParseSpan(s)
			switch {
			case err != nil:
				c.bad(key, "%s", err)
				continue
			case from >= to:
				c.bad(key, "%s ends before it begins; hours past midnight are two spans, to 24:00 and from 00:00 on the next day", quote(s))
				continue
			case from < before:
				c.bad(key, "%s overlaps or precedes %s; give a day's spans in order", quote(s), quote(d.spans[i-1]))
			}
			before = max(before, to)
		}
	}
	return open
}

func (c *checker) hours() {
	if !c.spans("hours", c.b.Hours.days()) {
		c.bad("hours", "the business is never open; give at least one day a span such as 08:00-17:00")
	}
	for i, s := range c.b.Hours.Closed {
		if _, err := time.Parse(time.DateOnly, s); err != nil {
			c.bad(fmt.Sprintf("hours.closed[%d]", i), "%s is not a date; write it like 2026-12-25", quote(s))
		}
	}
	c.distinct("hours.closed", c.b.Hours.Closed)
}

// longestOpen is the longest unbroken stretch of a usual week's days; touching spans count as one.
func (h *Hours) longestOpen() time.Duration {
	longest := 0
	for _, d := range h.days() {
		start, end := 0, -1
		for _, s := range d.spans {
			from, to, err := ParseSpan(s)
			if err != nil {
				continue
			}
			if from != end {
				start = from
			}
			end = to
			longest = max(longest, end-start)
		}
	}
	return time.Duration(longest) * time.Minute
}
