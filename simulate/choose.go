package simulate

import (
	"strings"
	"time"
)

// mostRefusals is how often a caller asks for what they wished before taking something else.
const mostRefusals = 2

// choose takes one of the times that were offered, or turns them down.
func (c *caller) choose(h heard) string {
	if len(h.offers) == 0 { // "which one?", of those named before
		h.offers = c.offers
	}
	c.offers = h.offers
	if len(h.offers) == 0 {
		c.unclear++
		return c.when()
	}
	if c.manner == Refuses && c.refused == 0 && c.goal != Emergency && !c.wish.soon {
		c.refused++
		return c.refuseFirst(h.offers)
	}
	if c.manner == ChangesMind && !c.changed && c.goal != Emergency && chance(c.r, 0.5) {
		return c.changeMind()
	}
	for i, o := range h.offers {
		if c.wish.suits(o) {
			return c.take(h.offers, i)
		}
	}
	if c.refused >= mostRefusals || c.goal == Emergency || h.cannot && c.refused > 0 {
		c.compromise = true
		return c.take(h.offers, 0)
	}
	c.refused++
	refuse := "refuse"
	if len(h.offers) == 1 {
		refuse = "refuse_one"
	}
	return c.instead(refuse)
}

// instead turns down what was offered and says what would suit, as two things that can be told apart.
func (c *caller) instead(refuse string) string {
	c.told["when"] = true
	return c.say(refuse) + ", " + c.say("instead", pick(c.r, c.wish.ways))
}

// refuseFirst turns the first offers down by whim, asking for something that narrows nothing but what comes next.
func (c *caller) refuseFirst(offers []offer) string {
	last := offers[len(offers)-1]
	if c.wish.any && chance(c.r, 0.5) {
		c.wish.accept = []interval{{From: last.from.Add(time.Minute)}}
		return c.say("later")
	}
	c.wish = c.t.wish(&calendar{c.r, c.now})
	return c.instead("refuse")
}

// changeMind wishes for another time.
func (c *caller) changeMind() string {
	c.changed = true
	c.accepted = nil
	for c.wish = c.t.wish(&calendar{c.r, c.now}); len(c.wish.accept) != 1 || c.wish.hour >= 0; {
		c.wish = c.t.wish(&calendar{c.r, c.now})
	}
	return c.say("change_time", pick(c.r, c.wish.ways))
}

// take says which of the offers is taken.
func (c *caller) take(offers []offer, i int) string {
	o := offers[i]
	c.accepted = &o
	if len(offers) == 1 {
		return c.say("one_offer")
	}
	if chance(c.r, 0.4) {
		return c.pickByName(offers, i)
	}
	switch {
	case i == 0:
		return c.say("first")
	case i == 1:
		return c.say("second")
	}
	return c.say("last")
}

// pickByName names the time that is taken, by as little as tells it from the others.
func (c *caller) pickByName(offers []offer, i int) string {
	o := offers[i]
	sameDay, sameHour := 0, 0
	for _, x := range offers {
		if x.from.YearDay() == o.from.YearDay() {
			sameDay++
		}
		if x.from.Hour()%12 == o.from.Hour()%12 {
			sameHour++
		}
	}
	day, clock := c.dayName(o.from), c.t.clock(o.from)
	switch {
	case sameDay == 1 && chance(c.r, 0.6):
		return c.say("pick_day", day)
	case sameHour == 1 && chance(c.r, 0.6):
		return c.say("pick_clock", clock)
	}
	return c.say("pick_both", day, clock)
}

// naming says a time in full.
func (c *caller) naming(o offer) string {
	return strings.Replace(strings.Replace(c.s.talk["pick_both"][0], "%s", c.dayName(o.from), 1), "%s", c.t.clock(o.from), 1)
}

func (c *caller) dayName(t time.Time) string { return c.t.day(t, c.now) }

// clockSaid says a time of day: "ten", "ten thirty".
func clockSaid(t time.Time) string {
	hour := smallNumbers[(t.Hour()+11)%12+1]
	if t.Minute() == 0 {
		if t.Hour() == 12 {
			return "noon"
		}
		return hour
	}
	return hour + " " + cardinal(t.Minute())
}
