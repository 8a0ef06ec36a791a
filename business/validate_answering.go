package business

import (
	"fmt"
	"slices"
	"strings"
)

func (c *checker) answering() {
	a := &c.b.Answering
	c.plan(a)
	if a.RingSeconds < 5 || a.RingSeconds > 60 {
		c.bad("answering.ring_seconds", "must be from 5 to 60, but is %d", a.RingSeconds)
	}
	ours := c.ownNumbers()
	if whose := ours[c.b.Profile.Owner.Phone]; whose != "" {
		c.bad("business.owner.phone", "%s is %s; the owner's texts would come back to us", c.b.Profile.Owner.Phone, whose)
	}
	people := map[string]string{}
	for i, p := range a.Chain {
		key := fmt.Sprintf("answering.chain[%d]", i)
		c.required(key+".name", p.Name)
		c.when(key+".hours", p.Hours)
		c.person(key, &p)
		if !c.phone(key+".phone", p.Phone) {
			continue
		}
		switch {
		case ours[p.Phone] != "":
			c.bad(key+".phone", "%s is %s; ringing it would call ourselves", p.Phone, ours[p.Phone])
		case people[p.Phone] != "":
			c.bad(key+".phone", "%s is already the phone of %s", p.Phone, people[p.Phone])
		default:
			people[p.Phone] = key
		}
	}
	if people[c.b.Profile.Owner.Phone] == "" {
		people[c.b.Profile.Owner.Phone] = "business.owner"
	}
	listed := map[string]string{}
	for _, list := range []struct {
		key     string
		numbers []string
	}{{"answering.blocked", a.Blocked}, {"answering.vip", a.VIP}, {"answering.bypass", a.Bypass}} {
		for i, n := range list.numbers {
			key := fmt.Sprintf("%s[%d]", list.key, i)
			if !c.phone(key, n) {
				continue
			}
			switch {
			case listed[n] != "":
				c.bad(key, "%s is already %s", n, listed[n])
			case ours[n] != "":
				c.bad(key, "%s is %s", n, ours[n])
			case list.key == "answering.blocked" && people[n] != "":
				c.bad(key, "%s is the phone of %s", n, people[n])
			}
			listed[n] = key
		}
	}
}

// ownNumbers gives for each number of the business the key of its line.
func (c *checker) ownNumbers() map[string]string {
	m := map[string]string{}
	for i, l := range c.b.Lines {
		if l.Number != "" {
			m[l.Number] = fmt.Sprintf("our own number (lines[%d])", i)
		}
	}
	return m
}

// oneOf requires one of a closed list of words.
func (c *checker) oneOf(key, value string, words ...string) {
	if !slices.Contains(words, value) {
		c.bad(key, "must be %s, but is %s", strings.Join(words, " or "), quote(value))
	}
}
