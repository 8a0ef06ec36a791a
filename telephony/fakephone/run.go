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
		verbs, err := c.p.parse(doc)
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
	case "Record":
		return c.record(v)
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
		if _, err := c.p.parse(body); err != nil {
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
