package callbacks

import (
	"fmt"
	"strings"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/scheduling"
)

// brief tells a person on the phone whom they are about to call.
func brief(c *Callback, a *Attempt, now time.Time) string {
	if c == nil {
		return fmt.Sprintf("Your call to %s. Press 1 to call.", firstOf(a.Name, contact.National(a.Phone)))
	}
	parts := []string{Who(c)}
	if c.Urgency == scheduling.Emergency {
		parts = append(parts, "an emergency")
	}
	if what := firstOf(c.Service, clip(strings.TrimRight(c.Reason, "."), 120)); what != "" {
		parts = append(parts, what)
	}
	called := "called"
	if c.Cause == ThreadSilent {
		called = "wrote"
	}
	return fmt.Sprintf("%s, %s %s ago. Press 1 to call.", strings.Join(parts, ", "), called, spoken(now.Sub(c.MissedAt)))
}

// spoken says a length of time as one says it.
func spoken(d time.Duration) string {
	n, unit := int(d.Minutes()), "minute"
	switch {
	case d >= 48*time.Hour:
		n, unit = int(d.Hours()/24), "day"
	case d >= time.Hour:
		n, unit = int(d.Hours()), "hour"
	case n < 1:
		return "less than a minute"
	}
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf("%d %s", n, unit)
}

// sayWhen says when something is to happen.
func sayWhen(b *business.Business, at, now time.Time) string {
	at, now = at.In(b.Location()), now.In(b.Location())
	clock := at.Format("3:04 PM")
	switch y, d := at.Year(), at.YearDay(); {
	case y == now.Year() && d == now.YearDay():
		return clock
	case at.Sub(now) < 7*24*time.Hour:
		return at.Format("Monday") + " at " + clock
	}
	return at.Format("Monday, January 2") + " at " + clock
}

// aboutToCall tells a customer by text who is about to call them, in their language.
func aboutToCall(b *business.Business, p Person, language string) string {
	who, _, _ := strings.Cut(p.Name, " ")
	if language == "es" {
		return fmt.Sprintf("%s de %s le va a llamar ahora desde este número.", who, b.Profile.Name)
	}
	return fmt.Sprintf("%s from %s is about to call you from this number.", who, b.Profile.Name)
}
