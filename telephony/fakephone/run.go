package fakephone

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// maxVerbs ends a document that leads back to itself forever.
const maxVerbs = 500

// run carries out a TwiML document, and what follows from it, until the call is over.
func (c *Call) run(doc string) {
	for steps := 0; doc != ""; steps++ {
		verbs, err := ParseTwiML(doc)
		if err != nil {
			c.fail(err)
			return
		}
		if steps > maxVerbs {
			c.fail(fmt.Errorf("the TwiML never ends"))
			return
		}
		c.p.mu.Lock()
		c.documents = append(c.documents, doc)
		c.p.mu.Unlock()
		doc = ""
		for _, v := range verbs {
			next, stop := c.verb(v)
			if doc = next; stop || next != "" {
				break
			}
		}
	}
}

// verb carries out one verb. next is the document that takes over; stop ends the call.
func (c *Call) verb(v *Verb) (next string, stop bool) {
	switch v.Name {
	case "Say":
		c.hear(v.Text)
	case "Play", "Pause":
	case "Hangup":
		return "", true
	case "Reject":
		c.p.mu.Lock()
		c.status = "busy"
		c.p.mu.Unlock()
		return "", true
	case "Redirect":
		return c.follow(v.Text, nil)
	case "Gather":
		return c.gather(v)
	case "Connect":
		return c.connect(v)
	case "Dial":
		return c.dial(v)
	default:
		c.fail(fmt.Errorf("<%s> does not stand alone", v.Name))
		return "", true
	}
	return "", false
}

// follow posts to an address from TwiML and gives the document it answers with; a call that is over stops there.
func (c *Call) follow(address string, more url.Values) (next string, stop bool) {
	status := "in-progress"
	c.p.mu.Lock()
	if c.hungUp {
		status = "completed"
	}
	c.p.mu.Unlock()
	form := c.Form(status)
	for k, v := range more {
		form[k] = v
	}
	code, body, err := c.p.Webhook(address, form)
	if err == nil && code != http.StatusOK {
		err = fmt.Errorf("%s is answered %d %q", address, code, body)
	}
	if err != nil {
		c.fail(err)
		return "", true
	}
	if status == "completed" {
		if _, err := ParseTwiML(body); err != nil {
			c.fail(err)
		}
		return "", true
	}
	return body, false
}

// gather says the prompt and waits for what the caller does.
func (c *Call) gather(v *Verb) (next string, stop bool) {
	for _, k := range v.Kids {
		c.verb(k)
	}
	switch {
	case c.placed == nil || c.how == ByHand:
	case c.how == Answers:
		return c.follow(v.Attr["action"], url.Values{"Digits": {"1"}})
	default: // a voicemail presses nothing
		return "", false
	}
	for {
		var a action
		select {
		case a = <-c.actions:
		case <-c.hungUpByUs:
			return "", true
		case <-c.ctx.Done():
			return "", true
		}
		switch a.kind {
		case "hangup":
			return "", true
		case "say":
			return c.follow(v.Attr["action"], url.Values{"SpeechResult": {a.text}, "Confidence": {"0.87"}, "Language": {v.Attr["language"]}})
		case "press":
			return c.follow(v.Attr["action"], url.Values{"Digits": {strings.TrimSuffix(a.text, "#")}, "FinishedOnKey": {""}})
		case "silence":
			if v.Attr["actionOnEmptyResult"] == "true" {
				return c.follow(v.Attr["action"], nil)
			}
			return "", false
		}
	}
}

// dial rings the numbers of a <Dial>, one after the other.
func (c *Call) dial(v *Verb) (next string, stop bool) {
	type leg struct{ number, url string }
	var legs []leg
	if v.Text != "" {
		legs = append(legs, leg{v.Text, ""})
	}
	for _, k := range v.Kids {
		legs = append(legs, leg{k.Text, k.Attr["url"]})
	}
	result, bridged, child := "no-answer", false, sid("CA")
	for _, l := range legs {
		c.p.mu.Lock()
		how := c.p.people[l.number]
		c.dialled = append(c.dialled, l.number)
		c.p.mu.Unlock()
		c.note("(rings %s: %s)", l.number, how)
		switch how {
		case Answers, Voicemail:
			result, bridged = "completed", l.url == "" || c.accepts(l.url, l.number, child, how)
		case Busy:
			result = "busy"
		case OutOfOrder:
			result = "failed"
		case KeepsOn:
			c.untilHangup()
			result = "canceled"
		}
		if bridged {
			c.p.mu.Lock()
			c.handled = l.number
			c.hungUp = c.placed == nil // they talk, then both hang up; or, where we called, only the one called last
			c.p.mu.Unlock()
		}
		if result == "completed" || result == "canceled" {
			break
		}
	}
	if v.Attr["action"] == "" {
		return "", bridged
	}
	more := url.Values{"DialCallStatus": {result}, "DialCallSid": {child}, "DialBridged": {fmt.Sprint(bridged)}}
	if bridged {
		more.Set("DialCallDuration", "64")
	}
	return c.follow(v.Attr["action"], more)
}

// untilHangup lets it ring until the caller gives up.
func (c *Call) untilHangup() {
	for {
		select {
		case a := <-c.actions:
			if a.kind == "hangup" {
				return
			}
		case <-c.ctx.Done():
			return
		}
	}
}

// accepts runs the document that a person hears before the caller is put through, and says whether they took the
// call. A voicemail presses nothing.
func (c *Call) accepts(address, number, child string, how Person) bool {
	form := url.Values{
		"CallSid": {child}, "ParentCallSid": {c.SID}, "AccountSid": {c.p.o.AccountSID}, "From": {c.From}, "To": {number},
		"CallStatus": {"in-progress"}, "Direction": {"outbound-dial"}, "ApiVersion": {"2010-04-01"},
	}
	for range 5 {
		code, body, err := c.p.Webhook(address, form)
		if err == nil && code != http.StatusOK {
			err = fmt.Errorf("%s is answered %d %q", address, code, body)
		}
		var verbs []*Verb
		if err == nil {
			verbs, err = ParseTwiML(body)
		}
		if err != nil {
			c.fail(err)
			return false
		}
		again := false
		for _, v := range verbs {
			if v.Name == "Gather" {
				for _, k := range v.Kids {
					c.note("(to %s: %s)", number, k.Text)
				}
				if how == Answers {
					form.Set("Digits", "1")
					address, again = v.Attr["action"], true
					break
				}
			}
			if v.Name == "Hangup" {
				return false
			}
		}
		if !again {
			return true
		}
	}
	return false
}
