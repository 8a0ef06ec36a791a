package business

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Bounds of paging: what lies beyond is a slip of the pen.
const (
	maxCallAfter = 30 * time.Minute
	maxNextAfter = time.Hour
	maxRounds    = 10
)

// onCall checks the rota and how people are paged.
func (c *checker) onCall() {
	o := &c.b.OnCallPlan
	names := make([]string, len(o.People))
	phones := map[string]int{}
	ours := c.ownNumbers()
	for i, p := range o.People {
		key := fmt.Sprintf("on_call.people[%d]", i)
		names[i] = p.Name
		c.required(key+".name", p.Name)
		if c.phone(key+".phone", p.Phone) {
			j, again := phones[p.Phone]
			switch {
			case ours[p.Phone] != "":
				c.bad(key+".phone", "%s is %s; ringing it would call ourselves", p.Phone, ours[p.Phone])
			case again:
				c.bad(key+".phone", "%s is already the phone of on_call.people[%d]", p.Phone, j)
			default:
				phones[p.Phone] = i
			}
		}
		for j, days := range p.Off {
			if _, _, err := ParseDays(days); err != nil {
				c.bad(fmt.Sprintf("%s.off[%d]", key, j), "%s", err)
			}
		}
	}
	c.distinctNames("on_call.people", names)
	if _, _, _, err := o.changes(); err != nil {
		c.bad("on_call.changes", "%s", err)
	}
	if o.Since != "" {
		if _, err := time.Parse(time.DateOnly, o.Since); err != nil {
			c.bad("on_call.since", "%s is not a date; write it like 2026-12-24", quote(o.Since))
		}
	}
	for i, s := range o.Swaps {
		key := fmt.Sprintf("on_call.swaps[%d]", i)
		if _, _, err := ParseDays(s.Days); err != nil {
			c.bad(key+".days", "%s", err)
		}
		if !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, s.Person) }) {
			c.badFor("on_call.people", key+".person", "%s is none of on_call.people", quote(s.Person))
		}
	}
	callAfter, nextAfter, _ := o.Paging()
	switch {
	case callAfter > maxCallAfter:
		c.bad("on_call.call_after", "must be from 0m to %s, but is %s", Duration(maxCallAfter), o.CallAfter)
	case nextAfter > maxNextAfter || nextAfter < time.Minute:
		c.bad("on_call.next_after", "must be from 1m to %s, but is %s", Duration(maxNextAfter), o.NextAfter)
	case callAfter >= nextAfter:
		c.bad("on_call.call_after", "must be less than next_after (%s), or nobody is called before the next one is paged", Duration(nextAfter))
	}
	c.count("on_call.rounds", o.Rounds, maxRounds)
}
