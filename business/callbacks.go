package business

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Callbacks says who calls back the callers who were not served, by when, and how the queue of them is ranked. What is
// left out (zero) is as the methods below have it, so that a file without the section keeps working.
type Callbacks struct {
	// Owner is the name of someone in answering.chain who has the calls owed; empty: the first of the chain who takes calls
	// then, for an emergency the first who is on call.
	Owner string `yaml:"owner" json:"owner"`
	// Backup is the name of who is told when one was not called back in time; empty: the next of the chain, else the owner
	// of the business.
	Backup string `yaml:"backup" json:"backup"`
	// Due is how long a caller may wait, counted from when somebody takes calls; 0: 15 minutes. EmergencyDue is the same for
	// an emergency, counted from the call; 0: 5 minutes.
	Due          Duration `yaml:"due" json:"due"`
	EmergencyDue Duration `yaml:"emergency_due" json:"emergency_due"`
	// Spacing is how long after each attempt that came to nothing the next is made. When the last has come to nothing, it is
	// given up. Empty: 30m, 3h, 24h, 2d, so five attempts.
	Spacing []Duration `yaml:"spacing" json:"spacing"`
	// Silent is how long after the last text of a thread that has come to nothing its writer is owed a call; 0: an hour.
	Silent  Duration `yaml:"silent" json:"silent"`
	Ranking Ranking  `yaml:"ranking" json:"ranking"`
}

// Ranking is what is assumed about the chance of a callback and what it is worth. Chances are whole percent, factors
// percent of what they change; 0 stands for the value named beside each. None of them is measured: they order the queue
// until the shop's own curve says better.
type Ranking struct {
	// The chance that a call made so long after theirs ends in a job.
	Under5m  int `yaml:"under_5m" json:"under_5m"`   // 40
	Under10m int `yaml:"under_10m" json:"under_10m"` // 30
	Under30m int `yaml:"under_30m" json:"under_30m"` // 20
	Under60m int `yaml:"under_60m" json:"under_60m"` // 12
	Late     int `yaml:"late" json:"late"`           // 6

	Again     int `yaml:"again" json:"again"`           // 120: of the chance, for each further call of theirs, at most three
	Tried     int `yaml:"tried" json:"tried"`           // 60: of the chance, for each attempt of ours that came to nothing
	Wrote     int `yaml:"wrote" json:"wrote"`           // 150: of the chance, when they have written since
	TookLeave int `yaml:"took_leave" json:"took_leave"` // 25: of the chance, when what they wrote was a goodbye
	Landline  int `yaml:"landline" json:"landline"`     // 130: of the chance, when a call is the only way to reach them
	Planned   int `yaml:"planned" json:"planned"`       // 20: of the chance, while the next attempt is planned for later

	Urgent    int `yaml:"urgent" json:"urgent"`       // 150: of what it is worth
	Emergency int `yaml:"emergency" json:"emergency"` // 300: of what it is worth

	// Worth is what a job is worth whose service isn't known, or has no price, in whole units of billing.currency: 250.
	// Services says it of one service; else the first sum in its price counts.
	Worth    int            `yaml:"worth" json:"worth"`
	Services []ServiceWorth `yaml:"services" json:"services"`
}

// ServiceWorth is what a job of a service is worth.
type ServiceWorth struct {
	Name  string `yaml:"name" json:"name"`
	Worth int    `yaml:"worth" json:"worth"` // whole units of billing.currency
}

// Assumed is the ranking with what was left out filled in.
func (r Ranking) Assumed() Ranking {
	for _, x := range []struct {
		value *int
		usual int
	}{
		{&r.Under5m, 40},
		{&r.Under10m, 30},
		{&r.Under30m, 20},
		{&r.Under60m, 12},
		{&r.Late, 6},
		{&r.Again, 120},
		{&r.Tried, 60},
		{&r.Wrote, 150},
		{&r.TookLeave, 25},
		{&r.Landline, 130},
		{&r.Planned, 20},
		{&r.Urgent, 150},
		{&r.Emergency, 300},
		{&r.Worth, 250},
	} {
		if *x.value == 0 {
			*x.value = x.usual
		}
	}
	return r
}

// DueIn is how long a caller may wait for a callback.
func (c Callbacks) DueIn(emergency bool) time.Duration {
	switch {
	case emergency && c.EmergencyDue > 0:
		return c.EmergencyDue.Std()
	case emergency:
		return 5 * time.Minute
	case c.Due > 0:
		return c.Due.Std()
	}
	return 15 * time.Minute
}

// SilentAfter is how long a thread of texts is quiet until its writer is owed a call.
func (c Callbacks) SilentAfter() time.Duration {
	if c.Silent > 0 {
		return c.Silent.Std()
	}
	return time.Hour
}

// Pauses are those between attempts, one fewer than there are attempts.
func (c Callbacks) Pauses() []time.Duration {
	if len(c.Spacing) == 0 {
		return []time.Duration{30 * time.Minute, 3 * time.Hour, 24 * time.Hour, 48 * time.Hour}
	}
	out := make([]time.Duration, len(c.Spacing))
	for i, d := range c.Spacing {
		out[i] = d.Std()
	}
	return out
}

var sum = regexp.MustCompile(`[0-9][0-9,]*`)

// WorthOf is what a job of a service is worth, in whole units of the billing currency.
func (b *Business) WorthOf(service string) int {
	r := b.Callbacks.Ranking.Assumed()
	for _, s := range r.Services {
		if service != "" && strings.EqualFold(s.Name, service) {
			return s.Worth
		}
	}
	if s := b.Service(service); s != nil {
		if n, err := strconv.Atoi(strings.ReplaceAll(sum.FindString(s.Price), ",", "")); err == nil && n > 0 {
			return n
		}
	}
	return r.Worth
}
