package business

import (
	"fmt"
	"time"
)

func (c *checker) notify() {
	n := &c.b.Notify
	c.distinct("notify.email", n.Email)
	for i, what := range n.Email {
		c.oneOf(fmt.Sprintf("notify.email[%d]", i), what, Emails()...)
	}
	if len(n.Email) > 0 && c.b.Profile.Owner.Email == "" {
		c.badFor("business.owner.email", "notify.email", "needs an address: fill in business.owner.email")
	}
	if n.BriefAt != "" {
		if _, err := time.Parse("15:04", n.BriefAt); err != nil {
			c.bad("notify.brief_at", "%s is not a time of day; write it like 06:30", quote(n.BriefAt))
		}
	}
}
