package fakephone

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// leg is one phone of a <Dial>.
type leg struct {
	number string
	noun   *Verb // its <Number>; nil where the <Dial> names it in its text
	sid    string
	how    Person

	result  string // as a DialCallStatus
	bridged bool
}

// attr is an attribute of the leg's <Number>.
func (l *leg) attr(name string) string {
	if l.noun == nil {
		return ""
	}
	return l.noun.Attr[name]
}

// quickly is how long, in seconds, a caller talks with nobody: a voicemail's greeting, somebody who hangs up at once.
const quickly = 20

// talks is how long a leg is connected with the caller, in seconds.
func (l *leg) talks() int {
	switch l.how {
	case Voicemail, PicksUp:
		return quickly
	}
	return 64
}

// form is what every webhook about the leg carries.
func (l *leg) form(c *Call) url.Values {
	return url.Values{
		"CallSid": {l.sid}, "ParentCallSid": {c.SID}, "AccountSid": {c.p.o.AccountSID}, "From": {c.From}, "To": {l.number},
		"CallStatus": {"in-progress"}, "Direction": {"outbound-dial"}, "ApiVersion": {"2010-04-01"},
	}
}

// dial rings the numbers of a <Dial>, all at once. The first to take the call is connected, the others stop ringing.
func (c *Call) dial(v *Verb) (next string, stop bool) {
	legs := c.legs(v)
	var took, waits *leg
	for _, l := range legs {
		c.note("(rings %s: %s)", l.number, l.how)
		switch {
		case l.how == KeepsOn:
			waits = l
		case l.how == Late:
			defer func() {
				if took != nil {
					c.comesTooLate(l)
				}
			}()
		case took == nil:
			if c.rings(l); l.bridged {
				took = l
			}
		}
	}
	result, child := "no-answer", legs[0].sid
	for _, l := range legs {
		if l.result == "completed" || result == "no-answer" && l.result != "" {
			result, child = l.result, l.sid
		}
	}
	switch {
	case took != nil:
		result, child = "completed", took.sid
		c.p.mu.Lock()
		if took.talks() > quickly && !c.p.ended[took.sid] { // else the server hung up on what had picked up
			c.handled = took.number
		}
		// They talk, then both hang up; where we called, only the one called last.
		c.hungUp = c.placed == nil && took.how != HangsUp && took.how != PicksUp && !c.p.ended[took.sid]
		c.p.mu.Unlock()
	case waits != nil:
		c.untilHangup()
		result = "canceled"
	}
	if v.Attr["action"] == "" {
		return "", took != nil
	}
	more := url.Values{"DialCallStatus": {result}, "DialCallSid": {child}, "DialBridged": {fmt.Sprint(took != nil)}}
	if took != nil {
		more.Set("DialCallDuration", strconv.Itoa(took.talks()))
	}
	return c.follow(v.Attr["action"], more)
}

func (c *Call) legs(v *Verb) []*leg {
	var out []*leg
	if v.Text != "" {
		out = append(out, &leg{number: v.Text})
	}
	for _, k := range v.Kids {
		out = append(out, &leg{number: k.Text, noun: k})
	}
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	for _, l := range out {
		l.sid, l.how = c.p.callID(), c.p.people[l.number]
		c.dialled = append(c.dialled, l.number)
	}
	c.p.changed.Broadcast()
	return out
}

// rings is one phone that rings: what it comes to.
func (c *Call) rings(l *leg) {
	switch l.how {
	case Busy:
		l.result = "busy"
	case OutOfOrder:
		l.result = "failed"
	case Forwards:
		l.result = "busy"
		c.comesBack(l)
	case Answers, HangsUp, Voicemail, Refuses, PicksUp:
		l.result = "completed"
		l.bridged = l.attr("url") == "" || c.accepts(l)
		c.detect(l)
	}
}

// accepts runs the document that a person hears before the caller is put through, and says whether they took the call.
func (c *Call) accepts(l *leg) bool {
	form, address := l.form(c), l.attr("url")
	for range 5 {
		verbs, ok := c.ask(address, form)
		if !ok {
			return false
		}
		again := false
		for _, v := range verbs {
			switch v.Name {
			case "Say":
				c.note("(to %s: %s)", l.number, v.Text)
			case "Hangup":
				return false
			case "Gather":
				for _, k := range v.Kids {
					c.note("(to %s: %s)", l.number, k.Text)
				}
				key := map[Person]string{Answers: "1", HangsUp: "1", Late: "1", Refuses: "3"}[l.how]
				if key != "" {
					form.Set("Digits", key)
					address, again = v.Attr["action"], true
				}
				if l.how == PicksUp {
					return false
				}
			}
			if again {
				break
			}
		}
		if !again {
			return true
		}
	}
	return false
}

// comesTooLate has somebody press 1 for a call that is taken.
func (c *Call) comesTooLate(l *leg) {
	if l.attr("url") != "" && c.accepts(l) {
		c.fail(fmt.Errorf("%s is put through to a caller who talks with somebody else", l.number))
	}
}

// detect reports who picked up, where the <Number> asks for that. A leg that the server hangs up on is over.
func (c *Call) detect(l *leg) {
	address, machine := l.attr("amdStatusCallback"), "machine_start"
	if l.attr("statusCallbackEvent") == "amd" { // Telnyx's way
		address, machine = l.attr("statusCallback"), "machine"
	}
	if l.attr("machineDetection") == "" || address == "" {
		return
	}
	by := "human"
	if l.how == Voicemail {
		by = machine
	}
	form := url.Values{"CallSid": {l.sid}, "AccountSid": {c.p.o.AccountSID}, "AnsweredBy": {by}, "MachineDetectionDuration": {"3200"}}
	if code, body, err := c.p.Webhook(address, form); err != nil || code/100 != 2 {
		c.fail(fmt.Errorf("the verdict on who picked up is answered %d %q, %w", code, body, err))
	}
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	if c.p.ended[l.sid] {
		fmt.Fprintf(&c.transcript, "(%s is hung up on)\n", l.number)
	}
}

// comesBack rings the line on behalf of the caller, for a phone that forwards to it.
func (c *Call) comesBack(l *leg) {
	form := c.Form("ringing")
	form.Set("CallSid", c.p.callID())
	form.Set("ForwardedFrom", l.number)
	verbs, ok := c.ask(c.p.path("/voice"), form)
	if ok && (len(verbs) != 1 || verbs[0].Name != "Reject") {
		c.fail(fmt.Errorf("a call that is our own ringing is answered: %+v", verbs))
	}
	form.Set("CallStatus", "busy")
	if code, body, err := c.p.Webhook(c.p.path("/status"), form); err != nil || code != http.StatusNoContent {
		c.fail(fmt.Errorf("%s is answered %d %q, %w", c.p.path("/status"), code, body, err))
	}
}

// ask posts to an address and reads the TwiML that it answers with.
func (c *Call) ask(address string, form url.Values) ([]*Verb, bool) {
	code, body, err := c.p.Webhook(address, clone(form))
	if err == nil && code != http.StatusOK {
		err = fmt.Errorf("%s is answered %d %q", address, code, body)
	}
	var verbs []*Verb
	if err == nil {
		verbs, err = c.p.parse(body)
	}
	if err != nil {
		c.fail(err)
		return nil, false
	}
	return verbs, true
}

func clone(v url.Values) url.Values {
	out := make(url.Values, len(v))
	for k, x := range v {
		out[k] = append([]string(nil), x...)
	}
	return out
}

// OnLeg says whether the webhook was about a phone that was rung, not about the caller's own leg.
func (w Webhook) OnLeg() bool { return w.Form.Get("ParentCallSid") != "" }
