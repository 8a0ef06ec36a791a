package followup_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fixly/followup"
	"fixly/telephony"
)

// try works the job of a call once.
func (c *caller) try(out telephony.Outgoing) {
	c.t.Helper()
	work(c, followup.WorkerPlaceCall(c.deps), followup.PlaceCall{BusinessID: out.BusinessID, CallID: out.ID})
}

// runs works the queue for a while.
func (c *caller) runs(long time.Duration) {
	c.t.Helper()
	end := c.clock.Now().Add(long)
	for {
		for {
			worked, err := c.queue.Work(c.t.Context(), c.clock.Now())
			if err != nil {
				c.t.Fatal(err)
			}
			if !worked {
				break
			}
		}
		next, ok := c.queue.Next()
		if !ok || next.After(end) {
			return
		}
		c.clock.Advance(max(0, next.Sub(c.clock.Now())))
	}
}

// reports has the carrier name the nth call that it placed, as its webhooks do.
func (c *caller) reports(nth int) {
	c.t.Helper()
	x := c.exchange.placed[nth-1]
	if err := c.deps.Calls.Placed(c.t.Context(), telephony.Ref{BusinessID: x.BusinessID, ID: x.ID, CarrierID: x.CarrierID, To: x.To}); err != nil {
		c.t.Fatal(err)
	}
}

// settled finishes both calls and checks that each is known by its own id at the carrier, which placed no more.
func (c *caller) settled(calls ...telephony.Outgoing) {
	c.t.Helper()
	for i := range calls {
		calls[i] = c.place(calls[i])
	}
	if len(c.exchange.placed) != len(calls) {
		c.t.Errorf("%d calls are placed for %d", len(c.exchange.placed), len(calls))
	}
	for _, x := range c.exchange.placed {
		i := slices.IndexFunc(calls, func(o telephony.Outgoing) bool { return o.ID == x.ID })
		if i < 0 || calls[i].CarrierID != x.CarrierID || calls[i].State != telephony.CallPlaced {
			c.t.Errorf("%s is call %d, which is left as %+v", x.CarrierID, i+1, calls)
		}
	}
}

// Two pages ring one phone, and of both the carrier's answer is lost.
func TestCallsInDoubtAreToldApart(t *testing.T) {
	for _, order := range [][]int{{1, 2}, {2, 1}} {
		for _, when := range []string{"at once", "after a look", "late"} {
			t.Run(fmt.Sprint(when, order), func(t *testing.T) {
				eachCaller(t, func(c *caller) {
					c.exchange.fails = []func(*exchange, telephony.Outgoing) (string, error){answerLost, answerLost}
					first := c.wants("first", owner)
					c.clock.Advance(time.Second)
					second := c.wants("second", owner)
					c.try(second) // the later of them is placed first
					c.try(first)
					switch when {
					case "after a look": // they wait for their carrier to name them
						c.clock.Advance(20 * time.Second)
						c.try(second)
						c.try(first)
						if a, b := c.now(first), c.now(second); a.State != telephony.CallPlacing || b.State != telephony.CallPlacing {
							c.t.Errorf("a guess is made: %+v, %+v", a, b)
						}
					case "late": // they go by age, which is wrong here
						c.runs(2 * time.Minute)
						if a, b := c.now(first), c.now(second); a.CarrierID != "CA1" || !a.Found || b.CarrierID != "CA2" || !b.Found {
							c.t.Errorf("found as %+v, %+v", a, b)
						}
					}
					for _, nth := range order {
						c.reports(nth)
					}
					c.runs(time.Second)
					if a, b := c.now(first), c.now(second); when == "late" && (a.State != telephony.CallPlaced || b.State != telephony.CallPlaced) {
						c.t.Errorf("nobody looks whose id the other's was: %+v, %+v", a, b)
					}
					c.settled(first, second)
					if a, b := c.now(first), c.now(second); a.Found || b.Found {
						c.t.Errorf("named, and in doubt still: %+v, %+v", a, b)
					}
				})
			})
		}
	}
}

// Of two pages to one phone only one reached the carrier: the other is placed anew, whichever it is, and as soon as its
// carrier has named the one.
func TestOneOfTwoCallsInDoubtIsPlacedAnew(t *testing.T) {
	for lost := range 2 {
		for _, named := range []bool{true, false} {
			t.Run(fmt.Sprint(lost, named), func(t *testing.T) {
				eachCaller(t, func(c *caller) {
					fails := []func(*exchange, telephony.Outgoing) (string, error){answerLost, answerLost}
					fails[lost] = requestLost
					c.exchange.fails = fails
					first := c.wants("first", owner)
					c.clock.Advance(time.Second)
					second := c.wants("second", owner)
					c.try(first)
					c.try(second)
					if named {
						c.reports(1)
						c.settled(first, second)
						return
					}
					a, b := c.place(first), c.place(second)
					if len(c.exchange.placed) != 2 || a.CarrierID == "" || b.CarrierID == "" || a.CarrierID == b.CarrierID {
						c.t.Errorf("%d calls are placed: %+v, %+v", len(c.exchange.placed), a, b)
					}
				})
			})
		}
	}
}

// An answer of the carrier's comes when a look-up has taken its call for another's.
func TestAnAnswerTakesItsIDBack(t *testing.T) {
	eachCaller(t, func(c *caller) {
		c.exchange.fails = []func(*exchange, telephony.Outgoing) (string, error){
			requestLost,
			func(x *exchange, o telephony.Outgoing) (string, error) { // while the carrier is at it, the other is looked up
				id := x.accept(o)
				x.mu.Unlock()
				defer x.mu.Lock()
				c.try(c.now(telephony.Outgoing{BusinessID: o.BusinessID, ID: x.first}))
				return id, nil
			},
		}
		first := c.wants("first", owner)
		c.exchange.first = first.ID
		c.try(first)
		c.clock.Advance(40 * time.Second) // no report is waited for any more
		second := c.wants("second", owner)
		c.try(second)
		c.settled(first, second)
	})
}
