package callbacks

import (
	"fmt"
	"strings"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/scheduling"
)

// What the shop's people read is in English, with the customer's own words in it.

// overdueText tells somebody of a call that was not returned by its time.
func overdueText(b *business.Business, c *Callback, to Person, now time.Time) string {
	since := "Nobody has it yet."
	switch {
	case c.AckedBy != "" && to.Phone == c.Owner.Phone:
		since = "You have had it since " + clockAt(b, c.AckedAt) + "."
	case c.AckedBy != "":
		since = c.AckedBy + " has had it since " + clockAt(b, c.AckedAt) + "."
	case to.Phone != c.Owner.Phone:
		since = "It was for " + c.Owner.Name + "."
	}
	return fmt.Sprintf("STILL OWED A CALL, waiting %s: %s. %s Reply MINE if you have it.", waited(now.Sub(c.MissedAt)), About(c), since)
}

// silentText tells who has it of somebody who wrote and fell silent.
func silentText(b *business.Business, c *Callback) string {
	return fmt.Sprintf("Owed a call: %s. They wrote and fell silent at %s. Reply MINE if you have it.", About(c), clockAt(b, c.MissedAt))
}

// howDidItGo asks who called what came of it.
func howDidItGo(c *Callback) string {
	return fmt.Sprintf("How did it go with %s? Reply BOOKED, TALKED, NO ANSWER, LATER or DROP.", Who(c))
}

// About names a callback in a line: who, how to reach them, what it is about.
func About(c *Callback) string {
	parts := []string{Who(c)}
	if c.Name != "" {
		parts[0] += " " + contact.National(c.Phone)
	}
	if c.Urgency == scheduling.Emergency && !strings.Contains(c.Reason, "EMERGENCY") {
		parts = append(parts, "EMERGENCY")
	}
	if what := firstOf(c.Reason, c.Service); what != "" {
		parts = append(parts, strings.TrimRight(what, "."))
	}
	return strings.Join(parts, ", ")
}

// Who names the caller: by name, or else by number.
func Who(c *Callback) string { return firstOf(c.Name, contact.National(c.Phone)) }

func clockAt(b *business.Business, t time.Time) string { return t.In(b.Location()).Format("3:04 pm") }

// waited says how long somebody has waited.
func waited(d time.Duration) string {
	switch m := int(d.Minutes()); {
	case m < 60:
		return fmt.Sprintf("%d min", m)
	case m < 48*60:
		return fmt.Sprintf("%d h", m/60)
	default:
		return fmt.Sprintf("%d days", m/(24*60))
	}
}
