package business

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

const dayLength = 24 * time.Hour

func (c *checker) team() {
	if len(c.b.Team) == 0 {
		c.bad("team", "needs at least one technician")
	}
	c.phones()
	names := make([]string, len(c.b.Team))
	for i, m := range c.b.Team {
		key := fmt.Sprintf("team[%d]", i)
		names[i] = m.Name
		if len(m.Skills) == 0 {
			c.bad(key+".skills", "needs at least one skill")
		}
		c.distinct(key+".skills", m.Skills)
		c.spans(key+".hours", m.Hours.days())
		c.daysOff(key+".off", m.Off)
		if m.Home != "" && m.HomeZIP() == "" {
			c.bad(key+".home", "%s has no ZIP code at its end; write five digits in quotes, or an address that ends in them", quote(m.Home))
		}
		c.count(key+".daily_cap", m.DailyCap, maxCount)
		if err := c.b.Team[i].loadZone(); err != nil {
			c.bad(key+".timezone", "%s is not a time zone; use an IANA name such as America/Chicago", quote(m.Timezone))
		}
	}
	c.distinctNames("team", names)
}

func (c *checker) daysOff(key string, off []string) {
	c.distinct(key, off)
	for i, s := range off {
		if _, _, err := ParseDays(s); err != nil && s != "" {
			c.bad(fmt.Sprintf("%s[%d]", key, i), "%s", err)
		}
	}
}

func (c *checker) services() {
	if len(c.b.Services) == 0 {
		c.bad("services", "needs at least one service")
	}
	longest := c.b.Hours.longestOpen()
	names := make([]string, len(c.b.Services))
	for i, s := range c.b.Services {
		key := fmt.Sprintf("services[%d]", i)
		names[i] = s.Name
		c.length(key+".duration", s.Duration, time.Minute, dayLength)
		if s.Duration.Std() > longest && longest > 0 {
			c.badFor("hours", key+".duration", "%s does not fit into any day; the longest stretch of opening hours is %s", s.Duration, Duration(longest))
		}
		c.required(key+".price", s.Price)
		if c.required(key+".skill", s.Skill) && len(c.b.Team) > 0 && len(c.b.Skilled(&s)) == 0 {
			c.badFor("team", key+".skill", "nobody in the team has the skill %s; add it to a technician or change the service", quote(s.Skill))
		}
		c.distinct(key+".for", s.For)
		c.rulesOf(key, &s)
	}
	c.distinctNames("services", names)
}

// distinctNames refuses empty and repeated names in a list of things.
func (c *checker) distinctNames(list string, names []string) {
	first := map[string]int{}
	for i, n := range names {
		key := fmt.Sprintf("%s[%d].name", list, i)
		if !c.required(key, n) {
			continue
		}
		if j, again := first[fold(n)]; again {
			c.bad(key, "%s is already the name of %s[%d]", quote(n), list, j)
			continue
		}
		first[fold(n)] = i
	}
}

func (c *checker) scheduling() {
	s := &c.b.Scheduling
	c.length("scheduling.arrival_window", s.ArrivalWindow, 15*time.Minute, 12*time.Hour)
	c.length("scheduling.travel_buffer", s.TravelBuffer, 0, 12*time.Hour)
	c.length("scheduling.notice", s.Notice, 0, 60*dayLength)
	c.length("scheduling.horizon", s.Horizon, dayLength, 366*dayLength)
	c.distinct("scheduling.approval", s.Approval)
	for i, a := range s.Approval {
		if a != "" && !slices.Contains(Approvals(), a) {
			c.bad(fmt.Sprintf("scheduling.approval[%d]", i), "must be %s, but is %s", strings.Join(Approvals(), " or "), quote(a))
		}
	}
	c.length("scheduling.approval_reminder", s.ApprovalReminder, 0, dayLength)
	c.length("scheduling.approval_deadline", s.ApprovalDeadline, 0, 7*dayLength)
	if s.Notice >= s.Horizon && s.Horizon > 0 {
		c.badFor("scheduling.horizon", "scheduling.notice", "%s leaves nothing to offer within the horizon of %s", s.Notice, s.Horizon)
	}
	c.length("scheduling.start_buffer", s.StartBuffer, 0, 12*time.Hour)
	c.count("scheduling.daily_cap", s.DailyCap, maxCount)
	c.windows()
}

// count requires a number from 0, which sets no limit, to most.
func (c *checker) count(key string, n, most int) {
	if n < 0 || n > most {
		c.bad(key, "must be from 0 to %d, but is %d", most, n)
	}
}

// length requires a length of time in whole minutes from least to most.
func (c *checker) length(key string, d Duration, least, most time.Duration) {
	switch t := d.Std(); {
	case t < least || t > most:
		c.bad(key, "must be from %s to %s, but is %s", Duration(least), Duration(most), d)
	case t%time.Minute != 0:
		c.bad(key, "must be in whole minutes, but is %s", d)
	}
}

var zipForm = regexp.MustCompile(`^[0-9]{5}$`)

// states are the two-letter codes of USPS Publication 28, appendix B, for states, the District and territories.
var states = strings.Fields(`
	AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA
	RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI`)

func (c *checker) area() {
	a := &c.b.ServiceArea
	if len(a.ZIPs) == 0 {
		c.bad("service_area.zips", "needs at least one ZIP code")
	}
	c.distinct("service_area.zips", a.ZIPs)
	for i, z := range a.ZIPs {
		if z != "" && !zipForm.MatchString(z) {
			c.bad(fmt.Sprintf("service_area.zips[%d]", i), "%s is not a ZIP code; write five digits in quotes", quote(z))
		}
	}
	c.distinct("service_area.cities", a.Cities)
	if c.required("service_area.state", a.State) && !slices.Contains(states, a.State) {
		c.bad("service_area.state", "%s is not a state; use the two letters of the post office, such as IL", quote(a.State))
	}
}
