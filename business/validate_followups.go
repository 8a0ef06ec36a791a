package business

import (
	"fmt"
	"time"
)

// maxTouches is how often somebody is written to about one thing who doesn't answer: beyond it, it is a nuisance.
const maxTouches = 5

// laterTexts checks what is sent some days after.
func (c *checker) laterTexts() {
	f := &c.b.FollowUps
	c.length("follow_ups.review_after", f.ReviewAfter, 0, 14*dayLength)
	c.cadence("follow_ups.leads", f.Leads)
	c.cadence("follow_ups.estimates", f.Estimates)
	c.seasonal()
}

// mostMonths is after how many months somebody can still be offered work: a month before what is sold may not be texted to
// them any more (see consent.Standing).
const mostMonths = 17

// seasonal checks what is offered again: each service once, at a time of year or some months after.
func (c *checker) seasonal() {
	first := map[string]int{}
	for i, s := range c.b.FollowUps.Seasonal {
		key := fmt.Sprintf("follow_ups.seasonal[%d]", i)
		if c.required(key+".service", s.Service) {
			j, again := first[fold(s.Service)]
			switch {
			case again:
				c.bad(key+".service", "%s is already follow_ups.seasonal[%d]", quote(s.Service), j)
			case c.b.Service(s.Service) == nil:
				c.badFor("services", key+".service", "%s is none of the services", quote(s.Service))
			default:
				first[fold(s.Service)] = i
			}
		}
		switch _, _, ok := monthDay(s.Season); {
		case s.Season == "" && s.AfterMonths == 0:
			c.bad(key+".season", "is required, or after_months")
		case s.Season != "" && s.AfterMonths != 0:
			c.bad(key+".after_months", "goes by season already; give one of the two")
		case s.Season != "" && !ok:
			c.bad(key+".season", "%s is no month and day of every year; write it like 10-01", quote(s.Season))
		case s.AfterMonths < 0 || s.AfterMonths > mostMonths:
			c.bad(key+".after_months", "must be between 1 and %d, but is %d", mostMonths, s.AfterMonths)
		}
	}
}

// cadence checks when texts about one thing are sent: each later than the one before, on days of their own.
func (c *checker) cadence(key string, at []Duration) {
	if len(at) > maxTouches {
		c.bad(key, "at most %d, but there are %d", maxTouches, len(at))
	}
	for i, d := range at {
		own := fmt.Sprintf("%s[%d]", key, i)
		c.length(own, d, time.Hour, 90*dayLength)
		if i > 0 && d.Std() < at[i-1].Std()+dayLength {
			c.bad(own, "must be a day or more after the one before")
		}
	}
}
