package business

import (
	"fmt"
	"strings"
)

// mostTogether is how many phones a carrier rings at once.
// https://www.twilio.com/docs/voice/twiml/number
const mostTogether = 10

// plan checks who answers when, and how people are rung.
func (c *checker) plan(a *Answering) {
	firsts := append([]PlanEntry{{First: a.First}}, a.Plan...)
	for i, e := range firsts {
		key := "answering.first"
		if i > 0 {
			key = fmt.Sprintf("answering.plan[%d].first", i-1)
			c.when(fmt.Sprintf("answering.plan[%d].when", i-1), e.When)
		}
		c.oneOf(key, e.First, Firsts()...)
		if (e.First == FirstPerson || e.First == FirstMissed) && len(a.Chain) == 0 {
			c.badFor("answering.chain", key, "is %s, but there is nobody in answering.chain", e.First)
		}
	}
	c.oneOf("answering.ring", a.Ring, RingInTurn, RingTogether)
	if a.Ring == RingTogether && len(a.Chain) > mostTogether {
		c.bad("answering.chain", "has %d people; at most %d phones ring together", len(a.Chain), mostTogether)
	}
	c.oneOf("answering.hand_over", a.HandOver, HandOverWarm, HandOverCold)
	c.oneOf("answering.voicemail", a.Voicemail, VoicemailLastResort, VoicemailNobodyTook, VoicemailOff)
	if a.KnownCustomers != "" {
		c.oneOf("answering.known_customers", a.KnownCustomers, FirstReceptionist, FirstPerson)
		if a.KnownCustomers == FirstPerson && len(a.Chain) == 0 {
			c.badFor("answering.chain", "answering.known_customers", "is person, but there is nobody in answering.chain")
		}
	}
}

// when checks words for times.
func (c *checker) when(key, words string) {
	switch words {
	case HoursAlways, HoursOpen, HoursClosed, HoursHoliday:
		return
	}
	if _, err := parseWhen(words); err != nil {
		c.bad(key, "%s", err)
	}
}

// person checks how long somebody's phone rings and what they take calls about.
func (c *checker) person(key string, p *Person) {
	if p.Seconds != 0 && (p.Seconds < 5 || p.Seconds > 60) {
		c.bad(key+".seconds", "must be from 5 to 60, but is %d", p.Seconds)
	}
	for i, t := range p.Topics {
		known := c.b.Service(t) != nil
		for _, topic := range Topics() {
			known = known || t == topic
		}
		if !known {
			c.bad(fmt.Sprintf("%s.topics[%d]", key, i), "%s is neither a service nor one of %s", quote(t), strings.Join(Topics(), ", "))
		}
	}
	c.distinct(key+".topics", p.Topics)
}
