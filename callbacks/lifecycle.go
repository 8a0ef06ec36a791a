package callbacks

import (
	"time"

	"fixly/business"
	"fixly/scheduling"
)

// missed takes down that the caller was not served once more. They are called back sooner for it, never later, and a
// pause until the next attempt is over: they are at the phone.
func (c *Callback) missed(b *business.Business, d Debt) {
	c.Calls++
	c.Cause, c.MissedAt = d.Kind, later(c.MissedAt, d.At)
	c.CallID = firstOf(d.CallID, c.CallID)
	c.Name, c.Reason, c.Line = firstOf(d.Name, c.Name), firstOf(d.Reason, c.Reason), firstOf(d.Line, c.Line)
	c.RangFrom = firstOf(d.From, c.RangFrom)
	c.learn(d.Service, d.Urgency)
	c.NextAttemptAt, c.TookLeave = time.Time{}, false
	if due := Due(b, c.Urgency, d.At); due.Before(c.DueAt) || !c.ToldAt.IsZero() || c.DueAt.Before(d.At) {
		c.due(due)
	}
}

// learn takes down what is known of the work by now; urgency only rises.
func (c *Callback) learn(service string, u scheduling.Urgency) {
	c.Service = firstOf(service, c.Service)
	if weight(u) > weight(c.Urgency) {
		c.Urgency = u
	}
}

// acknowledge notes that somebody has it: their time begins to run.
func (c *Callback) acknowledge(b *business.Business, by Person, now time.Time) error {
	if !c.Owed() {
		return ErrClosed
	}
	if c.Status == Open {
		c.Status = Acknowledged
	}
	c.Owner, c.AckedAt, c.AckedBy = by, now, by.Name
	c.due(Due(b, c.Urgency, later(now, c.NextAttemptAt)))
	return nil
}

// begin notes that an attempt is under way.
func (c *Callback) begin(b *business.Business, by Person, now time.Time) error {
	switch {
	case !c.Owed():
		return ErrClosed
	case c.Status == Calling:
		return ErrCalling
	}
	c.Status, c.Owner, c.AckedAt, c.AckedBy, c.NextAttemptAt = Calling, by, now, by.Name, time.Time{}
	c.due(Due(b, c.Urgency, now))
	return nil
}

// back puts a callback whose attempt is over back into the queue. reached says that the caller was rung, whatever came of
// it; then the next attempt is spaced, and after the last it is given up.
func (c *Callback) back(b *business.Business, reached bool, now time.Time) {
	if !c.Owed() {
		return
	}
	c.Status = Acknowledged
	if !reached {
		c.due(Due(b, c.Urgency, now))
		return
	}
	c.Attempts++
	next, more := NextAttempt(b, c, now)
	if !more {
		c.close(NobodyThere, "", now)
		return
	}
	c.NextAttemptAt = next
	c.due(Due(b, c.Urgency, next))
}

// again plans another call to somebody who was reached and asked for one: it is not given up for that.
func (c *Callback) again(b *business.Business, now time.Time) {
	c.Attempts++
	next, more := NextAttempt(b, c, now)
	if !more {
		next = CallTime(b, now.Add(24*time.Hour))
	}
	c.Status, c.NextAttemptAt = Acknowledged, next
	c.due(Due(b, c.Urgency, next))
}

// plan sets when the caller is to be called next.
func (c *Callback) plan(b *business.Business, at, now time.Time) error {
	if !c.Owed() {
		return ErrClosed
	}
	c.NextAttemptAt = later(at, now)
	if c.Status != Calling {
		c.Status = Acknowledged
	}
	c.due(Due(b, c.Urgency, c.NextAttemptAt))
	return nil
}

// close ends it. by is empty when no person did.
func (c *Callback) close(o Outcome, by string, now time.Time) {
	c.Status, c.Outcome, c.ClosedBy, c.ClosedAt, c.NextAttemptAt = o.Status(), o, by, now, time.Time{}
}

// Refuse closes it because its caller wants no calls.
func (c *Callback) Refuse(at time.Time) { c.close(DoNotCall, "", at) }

// due sets the clock anew; who is told of a missed one is told of this one again.
func (c *Callback) due(at time.Time) { c.DueAt, c.ToldAt = at, time.Time{} }

// overdue says whether the backup is to be told now.
func (c *Callback) overdue(now time.Time) bool {
	return c.Owed() && c.Status != Calling && !now.Before(c.DueAt) && c.ToldAt.IsZero()
}

func weight(u scheduling.Urgency) int {
	switch u {
	case scheduling.Emergency:
		return 3
	case scheduling.Urgent:
		return 2
	case scheduling.Routine:
		return 1
	}
	return 0
}

func firstOf(ss ...string) string {
	for _, s := range ss {
		if s != "" {
			return s
		}
	}
	return ""
}
