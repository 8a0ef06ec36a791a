package flow_test

import (
	"testing"

	"fixly/business"
	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// A visit that waits for the owner is put down, never booked, and its goodbye says so.
func TestPutDownForTheOwner(t *testing.T) {
	c := newScript(t, monday)
	c.w.b.Service("Leak repair").Approval = true
	c.untilReadBack()
	c.say(yes())
	if v := c.expect(flow.TellPutDown); v.Person != "Mike" || len(v.Windows) != 1 {
		t.Errorf("told %+v", v)
	}
	c.refute(flow.TellBooked)
	if e := c.effect(flow.DoBook); e == nil || e.Job.Status != scheduling.StatusTentative {
		t.Errorf("done: %+v", c.d.Effects)
	}
	if c.d.Outcome != "booked" || c.d.Reason != flow.WhyPutDown {
		t.Errorf("came to %s because of %s", c.d.Outcome, c.d.Reason)
	}
	c.say(intent(understanding.IntentRepeat))
	c.expect(flow.TellPutDown)
	c.say(no())
	c.expect(flow.TellByeWaiting)
	c.refute(flow.TellByeBooked)
}

// Where new customers wait, who had a visit before doesn't.
func TestNewCustomersWaitForTheOwner(t *testing.T) {
	for _, known := range []bool{true, false} {
		c := newScript(t, monday)
		c.w.b.Scheduling.Approval = []string{business.ApproveNewCustomers}
		if known {
			j := scheduling.Job{ID: "job_0", Status: scheduling.StatusCompleted, Slot: scheduling.Slot{Start: at(t, "2026-10-01 08:00")}, WindowEnd: at(t, "2026-10-01 10:00")}
			j.Customer.Name, j.Customer.Phone = "Karen Whitfield", caller
			c.w.jobs = append(c.w.jobs, j)
			c.say(problem("Leak repair", "water dripping under the sink"))
			c.say(choice(1)) // the name is on file
			c.say(yes())
			c.say(lives("1842 North Damen Avenue", "60647"))
		} else {
			c.untilReadBack()
		}
		c.say(yes())
		if known {
			c.expect(flow.TellBooked)
		} else {
			c.expect(flow.TellPutDown)
		}
	}
}

// Another time that the customer chooses for a visit that waits has the owner asked again.
func TestAVisitThatWaitsIsMovedByItsCustomer(t *testing.T) {
	c := newScript(t, monday)
	j := scheduling.Job{
		ID: "job_1", Status: scheduling.StatusTentative, Service: "Leak repair", WindowEnd: at(t, "2026-11-25 12:00"),
		Slot: scheduling.Slot{Technician: "Luis Ortega", Start: at(t, "2026-11-25 10:00"), End: at(t, "2026-11-25 11:30")},
	}
	j.Customer.Name, j.Customer.Phone = "Karen Whitfield", caller
	c.w.jobs = append(c.w.jobs, j)
	c.say(intent(understanding.IntentStatus))
	c.expect(flow.TellStatusWaiting)
	c.say(intent(understanding.IntentReschedule))
	c.expect(flow.AskWhen)
	c.say(c.wish("2026-11-27 00:00", "2026-11-28 00:00"))
	c.say(choice(0))
	c.expect(flow.TellPutDown)
	c.refute(flow.TellMoved)
	if e := c.effect(flow.DoMove); e == nil || e.Job.Status != scheduling.StatusTentative {
		t.Errorf("done: %+v", c.d.Effects)
	}
}
