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
