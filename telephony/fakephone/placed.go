package fakephone

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// newPlaced is a call that the server under test asked for.
func (p *Phone) newPlaced(form url.Values) *Call {
	c := p.newCall(form.Get("From"))
	p.mu.Lock()
	defer p.mu.Unlock()
	c.placed, c.status = form, "queued"
	return c
}

// placedForm is the parameters that every webhook about a call that was placed carries.
func (c *Call) placedForm(status string) url.Values {
	from, to := c.placed.Get("From"), c.placed.Get("To")
	v := url.Values{
		"CallSid": {c.SID}, "AccountSid": {c.p.o.AccountSID}, "From": {from}, "To": {to}, "Caller": {from}, "Called": {to},
		"CallStatus": {status}, "Direction": {"outbound-api"}, "ApiVersion": {"2010-04-01"},
	}
	for k, x := range c.extra {
		v[k] = x
	}
	return v
}

// Rung waits until the server has called a number for the nth time, the first being 0, and gives that call. Of a person
// ByHand it is answered by now or soon: Hears, Presses and HangsUp are what they do.
func (p *Phone) Rung(number string, nth int) *Call {
	p.t.Helper()
	var found *Call
	ok := p.wait(func() bool {
		n := 0
		for _, c := range p.calls {
			if c.placed == nil || c.placed.Get("To") != number {
				continue
			}
			if n == nth {
				found = c
				return true
			}
			n++
		}
		return false
	})
	if !ok {
		p.t.Fatalf("%s is not called for the %dth time", number, nth+1)
	}
	return found
}

// ring is a call that was placed, from its first ring to its last report.
func (c *Call) ring() {
	c.p.mu.Lock()
	c.how = c.p.people[c.placed.Get("To")]
	how := c.how
	c.p.mu.Unlock()
	c.report("initiated")
	c.report("ringing")
	switch how {
	case Answers, Voicemail, ByHand:
		c.pickUp(how)
	case Forwards:
		c.forward()
	case Busy:
		c.endPlaced("busy")
	case OutOfOrder:
		c.endPlaced("failed")
	case KeepsOn:
		select {
		case <-c.hungUpByUs:
			c.endPlaced("canceled")
		case <-c.ctx.Done():
		}
	default:
		c.endPlaced("no-answer")
	}
}

// pickUp runs what the server wants to happen on the call.
func (c *Call) pickUp(how Person) {
	doc := c.placed.Get("Twiml")
	if c.placed.Get("MachineDetection") != "" {
		doc = c.detected(how)
	}
	c.report("answered")
	if address := c.placed.Get("Url"); doc == "" {
		status, body, err := c.p.Webhook(address, c.Form("in-progress"))
		if err == nil && status != http.StatusOK {
			err = fmt.Errorf("%s is answered %d %q", address, status, body)
		}
		if err != nil {
			c.fail(err)
		}
		doc = body
	}
	c.run(doc)
	c.endPlaced("completed")
}

// detected finds out who picked up. Twilio says so as it asks for the TwiML; Telnyx tells the status callback, and runs what
// that answers.
func (c *Call) detected(how Person) (doc string) {
	by := "human"
	if how == Voicemail {
		by = "machine_start"
	}
	if !c.p.speaksTelnyx() {
		c.extra.Set("AnsweredBy", by)
		return c.placed.Get("Twiml")
	}
	form := c.Form("in-progress")
	form.Set("AnsweredBy", strings.TrimSuffix(by, "_start"))
	status, body, err := c.p.Webhook(c.placed.Get("StatusCallback"), form)
	if err != nil || status/100 != 2 {
		c.fail(fmt.Errorf("the verdict on who picked up is answered %d %q, %w", status, body, err))
	}
	return body
}

// forward has the phone's carrier call the line instead, and ends as that call does.
func (c *Call) forward() {
	in := c.p.newCall(c.placed.Get("From"), "ForwardedFrom", c.placed.Get("To"))
	go in.live()
	if !c.p.wait(func() bool { return in.over }) {
		in.cut()
	}
	c.p.mu.Lock()
	busy := in.status == "busy"
	c.p.mu.Unlock()
	if busy {
		c.endPlaced("busy")
		return
	}
	c.endPlaced("completed")
}

// endPlaced reports the end of a call that was placed.
func (c *Call) endPlaced(status string) {
	c.report(status)
	c.note("(the call is over: %s)", status)
	c.p.mu.Lock()
	c.over = true
	c.p.changed.Broadcast()
	c.p.mu.Unlock()
}

// report tells the server the state of the call, where it asked to be told.
func (c *Call) report(status string) {
	c.p.mu.Lock()
	c.status = status
	silent := c.p.api.silentCalls
	c.p.changed.Broadcast()
	c.p.mu.Unlock()
	event := status
	if !slices.Contains([]string{"initiated", "ringing", "answered"}, status) {
		event = "completed"
	}
	asked := c.placed["StatusCallbackEvent"]
	if len(asked) == 0 {
		asked = []string{"completed"}
	}
	address := c.placed.Get("StatusCallback")
	if address == "" || silent || !slices.Contains(asked, event) || c.ctx.Err() != nil {
		return
	}
	if status == "answered" {
		status = "in-progress"
	}
	code, body, err := c.p.Webhook(address, c.Form(status))
	if c.ctx.Err() != nil || c.p.t.Context().Err() != nil {
		return // the test is over
	}
	if err == nil && code != http.StatusNoContent {
		err = fmt.Errorf("%s is answered %d %q", strings.TrimSpace(address), code, body)
	}
	if err != nil {
		c.fail(err)
	}
}
