package business

import (
	"fmt"
	"time"
)

func (c *checker) threads() {
	c.length("threads.takeover_idle", c.b.Threads.TakeoverIdle, 0, 7*dayLength)
	c.length("threads.answer_within", c.b.Threads.AnswerWithin, 0, 12*time.Hour)
}

// phones checks the numbers of the team: who writes from one is believed to be that technician.
func (c *checker) phones() {
	ours, first := c.ownNumbers(), map[string]int{}
	for i, m := range c.b.Team {
		key := fmt.Sprintf("team[%d].phone", i)
		if m.Phone == "" || !c.phone(key, m.Phone) {
			continue
		}
		j, again := first[m.Phone]
		switch {
		case ours[m.Phone] != "":
			c.bad(key, "%s is %s", m.Phone, ours[m.Phone])
		case again:
			c.bad(key, "%s is already the phone of team[%d]", m.Phone, j)
		}
		first[m.Phone] = i
	}
}
