package business

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// most is the highest percentage and the greatest worth that a ranking takes; products of them stay far from overflow.
const (
	mostPercent = 1000
	mostWorth   = 10_000_000
	mostPauses  = 20
)

func (c *checker) callbacks() {
	k := &c.b.Callbacks
	for _, p := range []struct{ key, name string }{{"callbacks.owner", k.Owner}, {"callbacks.backup", k.Backup}} {
		if p.name != "" && c.b.PersonNamed(p.name) == nil {
			c.badFor("answering.chain", p.key, "%s is nobody in answering.chain", quote(p.name))
		}
	}
	if k.Backup != "" && strings.EqualFold(k.Backup, k.Owner) {
		c.bad("callbacks.backup", "%s has the calls already; name somebody else", quote(k.Backup))
	}
	c.length("callbacks.due", k.Due, 0, 7*dayLength)
	c.length("callbacks.emergency_due", k.EmergencyDue, 0, dayLength)
	c.length("callbacks.silent", k.Silent, 0, dayLength)
	if len(k.Spacing) > mostPauses {
		c.bad("callbacks.spacing", "has %d pauses; more than %d attempts are pestering", len(k.Spacing), mostPauses)
	}
	for i, d := range k.Spacing {
		c.length(fmt.Sprintf("callbacks.spacing[%d]", i), d, time.Minute, 30*dayLength)
	}
	c.ranking()
}

func (c *checker) ranking() {
	given, r := c.b.Callbacks.Ranking, c.b.Callbacks.Ranking.Assumed()
	within := func(key string, n, least, most int) {
		if n != 0 && (n < least || n > most) {
			c.bad("callbacks.ranking."+key, "must be from %d to %d, but is %d", least, most, n)
		}
	}
	within("under_5m", given.Under5m, 1, 100)
	within("again", given.Again, 100, mostPercent)
	within("tried", given.Tried, 1, 100)
	within("wrote", given.Wrote, 100, mostPercent)
	within("took_leave", given.TookLeave, 1, 100)
	within("landline", given.Landline, 100, mostPercent)
	within("planned", given.Planned, 1, 100)
	within("urgent", given.Urgent, 100, mostPercent)
	within("emergency", given.Emergency, 100, mostPercent)
	within("worth", given.Worth, 1, mostWorth)
	// A caller who has waited longer is never the better chance.
	falling := []struct {
		key string
		n   int
	}{{"under_5m", r.Under5m}, {"under_10m", r.Under10m}, {"under_30m", r.Under30m}, {"under_60m", r.Under60m}, {"late", r.Late}}
	for i, x := range falling[1:] {
		if x.n < 1 || x.n > falling[i].n {
			c.bad("callbacks.ranking."+x.key, "must be from 1 to %d, which %s has, but is %d", falling[i].n, falling[i].key, x.n)
		}
	}
	if r.Emergency < r.Urgent {
		c.bad("callbacks.ranking.emergency", "is %d, less than urgent, which is %d", r.Emergency, r.Urgent)
	}
	var named []string
	for i, s := range given.Services {
		key := fmt.Sprintf("callbacks.ranking.services[%d]", i)
		if c.b.Service(s.Name) == nil {
			c.badFor("services", key+".name", "%s is none of services", quote(s.Name))
		}
		if slices.Contains(named, fold(s.Name)) {
			c.bad(key+".name", "%s is named twice", quote(s.Name))
		}
		named = append(named, fold(s.Name))
		if s.Worth < 1 || s.Worth > mostWorth {
			c.bad(key+".worth", "must be from 1 to %d, but is %d", mostWorth, s.Worth)
		}
	}
}
